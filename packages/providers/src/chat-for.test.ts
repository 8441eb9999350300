import { describe, expect, it } from '@jest/globals';
import { chatFor, chatsFor } from './chat-for.js';
import { anthropic } from './adapters/anthropic/index.js';
import { groq } from './adapters/groq.js';
import { openai } from './adapters/openai.js';
import { vertex } from './adapters/vertex/index.js';

const offer = (endpoints: string[], providerModel = 'm') => ({ endpoints, providerModel });

describe('the way to chat with an offer', () => {
  it("is the provider's own where the offer has its endpoint", () => {
    expect(chatFor(openai, offer(['responses', 'chat']))).toBe(openai.chat);
    expect(chatFor(anthropic, offer(['messages']))).toBe(anthropic.chat);
  });

  it('is another that the adapter has where it has not', () => {
    expect(chatFor(openai, offer(['responses']))?.protocol).toBe('openai-responses');
  });

  it("is the one in the client's protocol where the offer has it", () => {
    const both = offer(['chat', 'responses']);
    expect(chatFor(openai, both, 'openai-responses')?.protocol).toBe('openai-responses');
    expect(chatFor(openai, both, 'openai-chat')).toBe(openai.chat);
    expect(chatFor(openai, both, 'anthropic-messages')).toBe(openai.chat);
    expect(chatFor(openai, offer(['chat']), 'openai-responses')).toBe(openai.chat);
    expect(chatFor(anthropic, offer(['messages']), 'openai-responses')).toBe(anthropic.chat);
  });

  it('has others behind it, for what it cannot say', () => {
    const protocols = (offered: string[], preferred?: 'openai-responses') =>
      chatsFor(openai, offer(offered), preferred).map(({ protocol }) => protocol);
    expect(protocols(['chat', 'responses'])).toEqual(['openai-chat', 'openai-responses']);
    expect(protocols(['chat', 'responses'], 'openai-responses')).toEqual(['openai-responses', 'openai-chat']);
    expect(protocols(['chat'])).toEqual(['openai-chat']);
    expect(protocols(['embeddings'])).toEqual([]);
  });

  it('is told by the name where the provider has several ways at one endpoint', () => {
    expect(chatFor(vertex, offer(['chat'], 'gemini-2.5-pro'))?.protocol).toBe('gemini-generate');
    expect(chatFor(vertex, offer(['chat'], 'meta/llama-4-maverick-17b-128e-instruct-maas'))?.protocol).toBe(
      'openai-chat',
    );
    expect(chatFor(vertex, offer(['messages'], 'claude-opus-5@default'))?.protocol).toBe(
      'anthropic-messages',
    );
  });

  it('is none where no endpoint of the offer is spoken', () => {
    expect(chatFor(openai, offer(['embeddings']))).toBeUndefined();
    expect(chatFor(groq, offer(['responses']))).toBeUndefined();
    expect(chatFor(anthropic, offer(['chat']))).toBeUndefined();
  });
});
