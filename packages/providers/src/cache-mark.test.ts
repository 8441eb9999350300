import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '@trunkline/contracts';
import { adapterOf } from './registry.js';
import type { ChatAdapter } from './types.js';

const anthropics: ChatRequest = {
  messages: [
    { role: 'system', content: 'Rules', cache_control: { type: 'ephemeral' } },
    { role: 'user', content: [{ type: 'text', text: 'Book', cache_control: { type: 'ephemeral' } }] },
    { role: 'assistant', content: [{ type: 'text', text: 'Yes', cache_control: { type: 'ephemeral' } }] },
    { role: 'user', content: 'And?' },
  ],
};
const openAis: ChatRequest = {
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Book', prompt_cache_breakpoint: { mode: 'explicit', ttl: '12h' } },
        { type: 'text', text: 'And?' },
      ],
    },
  ],
};
const MARK = { prompt_cache_breakpoint: { mode: 'explicit' } };

function bodyOf(chat: ChatAdapter | undefined, model: string, request: ChatRequest): Record<string, unknown> {
  const call = { request, model, stream: false, outputTokenLimit: null, maxOutputTokens: 1000 };
  const built = chat?.buildRequest(call);
  if (built?.kind !== 'built') throw new Error(built?.failure.message);
  return JSON.parse(built.request.body) as Record<string, unknown>;
}

describe('marks of what to cache', () => {
  it("become OpenAI's where its models take them, on prompts alone", () => {
    expect(bodyOf(adapterOf('openai')?.chat, 'gpt-5.6-sol', anthropics)['messages']).toEqual([
      { role: 'system', content: [{ type: 'text', text: 'Rules', ...MARK }] },
      { role: 'user', content: [{ type: 'text', text: 'Book', ...MARK }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Yes' }] },
      { role: 'user', content: 'And?' },
    ]);
    expect(bodyOf(adapterOf('openai')?.chatVia?.responses, 'gpt-5.6-sol', anthropics)['input']).toMatchObject(
      [
        { role: 'system', content: [{ type: 'input_text', text: 'Rules', ...MARK }] },
        { role: 'user', content: [{ type: 'input_text', text: 'Book', ...MARK }] },
        { role: 'assistant', content: [{ type: 'output_text', text: 'Yes' }] },
        { role: 'user', content: [{ type: 'input_text', text: 'And?' }] },
      ],
    );
  });

  it('do not go to models before, nor to others that host them', () => {
    for (const [id, model] of [
      ['openai', 'gpt-5.5'],
      ['azure-openai', 'gpt-5.6'],
    ] as const)
      expect(JSON.stringify(bodyOf(adapterOf(id)?.chat, model, anthropics))).not.toMatch(/cache/);
  });

  it("become Anthropic's where those are taken", () => {
    const block = { type: 'text', text: 'Book', cache_control: { type: 'ephemeral', ttl: '1h' } };
    const rest = { type: 'text', text: 'And?' };
    for (const id of ['anthropic', 'openrouter'])
      expect(bodyOf(adapterOf(id)?.chat, 'claude-sonnet-4-5', openAis)['messages']).toEqual([
        { role: 'user', content: [block, rest] },
      ]);
    expect(
      bodyOf(adapterOf('bedrock')?.chat, 'anthropic.claude-sonnet-4-5-20250929-v1:0', openAis)['messages'],
    ).toEqual([
      {
        role: 'user',
        content: [{ text: 'Book' }, { cachePoint: { type: 'default', ttl: '1h' } }, { text: 'And?' }],
      },
    ]);
  });

  it('of a client of OpenAI go there as they are', () => {
    for (const chat of [adapterOf('openai')?.chat, adapterOf('openai')?.chatVia?.responses])
      expect(JSON.stringify(bodyOf(chat, 'gpt-5.6', openAis))).toContain(
        '"prompt_cache_breakpoint":{"mode":"explicit","ttl":"12h"}',
      );
  });
});
