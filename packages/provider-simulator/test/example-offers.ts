import type { OffersDocument } from '../src/index.js';

const chat = {
  endpoints: ['chat'],
  contextWindow: 128_000,
  maxOutputTokens: 16_384,
  reasoning: false,
  tools: true,
  vision: true,
};

/** Offers that have one model for each thing that a test is about. */
export const EXAMPLE_OFFERS: OffersDocument = {
  providers: {
    openai: {
      protocol: 'openai',
      models: {
        'gpt-4o-mini': chat,
        'o4-mini': { ...chat, reasoning: true },
        small: { ...chat, contextWindow: 100 },
        blind: { ...chat, vision: false, tools: false },
        embedder: { endpoints: ['embeddings'] },
        'gpt-pro': { ...chat, endpoints: ['responses'], reasoning: true },
        'plain-responder': { ...chat, endpoints: ['responses'] },
      },
    },
    'azure-openai': {
      protocol: 'azure-openai',
      models: {
        'gpt-4o': chat,
        'gpt-pro': { ...chat, endpoints: ['responses'], reasoning: true },
      },
    },
    deepseek: {
      protocol: 'openai',
      models: { 'deepseek-chat': chat, 'deepseek-reasoner': { ...chat, reasoning: true } },
    },
    groq: { protocol: 'openai', models: { llama: { ...chat, reasoning: true } } },
    openrouter: { protocol: 'openai', models: { 'openai/gpt-4o-mini': { ...chat, reasoning: true } } },
    cerebras: { protocol: 'openai', models: { llama: chat } },
    anthropic: {
      protocol: 'anthropic',
      models: {
        'claude-sonnet-5-5': {
          endpoints: ['messages'],
          contextWindow: 200_000,
          maxOutputTokens: 64_000,
          reasoning: true,
          tools: true,
          vision: true,
        },
      },
    },
    google: {
      protocol: 'gemini',
      models: {
        'gemini-2.5-flash': { ...chat, contextWindow: 1_048_576, maxOutputTokens: 65_536, reasoning: true },
        'gemini-3.1-pro-preview': { ...chat, reasoning: true },
        'gemma-2-27b-it': { ...chat, tools: false, vision: false },
      },
    },
    vertex: {
      protocol: 'vertex',
      models: {
        'gemini-2.5-flash': { ...chat, reasoning: true },
        'gemini-3.1-pro-preview': { ...chat, reasoning: true },
        'claude-opus-4-5@20251101': { ...chat, endpoints: ['messages'], reasoning: true },
        'meta/llama-4-maverick-17b-128e-instruct-maas': chat,
      },
    },
    'azure-foundry': {
      protocol: 'azure-openai',
      models: { 'claude-opus-4-5': { ...chat, endpoints: ['messages'], reasoning: true } },
    },
    cohere: {
      protocol: 'cohere',
      models: {
        'command-a-03-2025': { ...chat, vision: false },
        'command-a-reasoning-08-2025': { ...chat, reasoning: true },
      },
    },
    bedrock: {
      protocol: 'bedrock',
      models: {
        'global.anthropic.claude-sonnet-4-5-20250929-v1:0': { ...chat, reasoning: true },
        'amazon.nova-lite-v1:0': chat,
        'meta.llama3-8b-instruct-v1:0': { ...chat, vision: false },
        'openai.gpt-oss-120b-1:0': { ...chat, reasoning: true },
      },
    },
    nobody: { protocol: 'unknown', models: {} },
  },
};

/** Fast enough for tests; the default pace has tests of its own. */
export const QUICK = { firstTokenMs: 2, gapMs: 0, plainMs: 1 };
