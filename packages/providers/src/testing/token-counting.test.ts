import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '@trunkline/contracts';
import { adapterOf } from '../registry.js';
import type { ChatAdapter, ChatCall } from '../types.js';

const REQUEST: ChatRequest = {
  model: 'a/b',
  max_tokens: 99,
  temperature: 0.5,
  stop: ['x'],
  user: 'u',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hi' },
  ],
  tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }],
};

function asked(chat: ChatAdapter | undefined, model: string, more: Partial<ChatCall> = {}) {
  const limits = { outputTokenLimit: null, maxOutputTokens: null };
  const call = { request: REQUEST, model, stream: false, ...limits, ...more };
  const built = chat?.buildRequest(call);
  if (built?.kind !== 'built' || !chat?.tokenCounting) throw new Error('not counted');
  const { path, body } = chat.tokenCounting.requestFor(built.request, call);
  return { path, body: JSON.parse(body) as Record<string, unknown> };
}

describe('counting the tokens of a prompt', () => {
  it('sends Anthropic the prompt alone, as the client wrote it', () => {
    const body = {
      model: 'a/b',
      max_tokens: 9,
      stream: true,
      metadata: { user_id: 'u' },
      system: 'Be brief.',
      messages: [{ role: 'user', content: 'Hi' }],
      thinking: { type: 'enabled', budget_tokens: 2000 },
      of_tomorrow: 1,
    };
    const native = { protocol: 'anthropic-messages' as const, body };
    expect(asked(adapterOf('anthropic')?.chat, 'claude-sonnet-4-5', { native })).toEqual({
      path: '/messages/count_tokens',
      body: {
        model: 'claude-sonnet-4-5',
        system: 'Be brief.',
        messages: body.messages,
        thinking: { type: 'enabled', budget_tokens: 2000 },
        of_tomorrow: 1,
      },
    });
  });

  it("asks Vertex's counter of Claude, and names the model in the body", () => {
    const { path, body } = asked(adapterOf('vertex')?.chatVia?.messages, 'claude-opus-4-5@20251101');
    expect(path).toBe('/publishers/anthropic/models/count-tokens:rawPredict');
    expect(Object.keys(body).sort()).toEqual(['anthropic_version', 'messages', 'model', 'system', 'tools']);
    expect(body['model']).toBe('claude-opus-4-5@20251101');
  });

  it('asks Foundry beside its Messages', () => {
    const { path } = asked(adapterOf('azure-foundry')?.chatVia?.messages, 'claude-opus-4-5');
    expect(path).toBe('/anthropic/v1/messages/count_tokens');
  });

  it.each([
    ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'anthropic.claude-sonnet-4-5-20250929-v1%3A0'],
    ['anthropic.claude-3-haiku-20240307-v1:0', 'anthropic.claude-3-haiku-20240307-v1%3A0'],
  ])('asks Bedrock for the model behind %s', (model, counted) => {
    const { path, body } = asked(adapterOf('bedrock')?.chat, model);
    expect(path).toBe(`/model/${counted}/count-tokens`);
    const { converse } = body['input'] as { converse: object };
    expect(Object.keys(converse).sort()).toEqual(['messages', 'system', 'toolConfig']);
  });

  it('sends Google the whole request, and Vertex what it knows of it', () => {
    const { path, body } = asked(adapterOf('google')?.chat, 'gemini-2.5-flash');
    expect(path).toBe('/models/gemini-2.5-flash:countTokens');
    expect(body).toMatchObject({ generateContentRequest: { model: 'models/gemini-2.5-flash' } });
    const vertex = asked(adapterOf('vertex')?.chat, 'gemini-2.5-flash');
    expect(vertex.path).toBe('/publishers/google/models/gemini-2.5-flash:countTokens');
    expect(Object.keys(vertex.body)).toEqual(['contents', 'systemInstruction', 'tools', 'generationConfig']);
  });

  it.each([
    ['anthropic', '{"input_tokens":12}', 12],
    ['google', '{"totalTokens":12}', 12],
    ['bedrock', '{"inputTokens":12}', 12],
    ['anthropic', '{"input_tokens":"12"}', null],
    ['google', '<html>', null],
    ['bedrock', 'null', null],
  ])('reads what %s says: %s', (id, said, tokens) => {
    expect(adapterOf(id)?.chat?.tokenCounting?.read(said)).toBe(tokens);
  });
});
