import { describe, expect, it } from '@jest/globals';
import { printCarriedState } from '@trunkline/contracts';
import type { ChatCall } from '../types.js';
import { buildMessagesRequest } from './request.js';

const said = { model: 'anthropic/x', max_tokens: 2000, messages: [{ role: 'user', content: 'Hi' }] };

function build(body: Record<string, unknown>, more: Partial<ChatCall> = {}, betas?: string) {
  const headers = betas === undefined ? {} : { 'anthropic-beta': betas };
  const built = buildMessagesRequest({
    request: { messages: [{ role: 'user', content: 'Hi' }] },
    native: { protocol: 'anthropic-messages', body: { ...said, ...body }, headers },
    model: 'claude-sonnet-4-5',
    stream: false,
    outputTokenLimit: null,
    maxOutputTokens: 64_000,
    ...more,
  });
  if (built.kind === 'refused') return { refused: built.failure.param };
  const { body: text, dropped, headers: sent } = built.request;
  return { body: JSON.parse(text) as Record<string, unknown>, dropped, beta: sent['anthropic-beta'] };
}

describe('a request that its client wrote for Messages', () => {
  it('goes on as it was written, but for the model and what is ours', () => {
    const body = {
      brand_new: { a: 1 },
      context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] },
      service_tier: 'standard_only',
      system: [{ type: 'text', text: 's', cache_control: { type: 'ephemeral' } }],
      tools: [{ type: 'web_search_20250305', name: 'web_search' }],
      stream: false,
    };
    const own = { models: ['a/b'], provider: { sort: 'price' }, trunkline: { rescue: false } };
    const { stream: _stream, ...kept } = body;
    expect(build({ ...body, ...own })).toEqual({
      body: { ...said, ...kept, model: 'claude-sonnet-4-5' },
      dropped: [],
      beta: undefined,
    });
  });

  it('streams where the call streams', () => {
    expect(build({ stream: true }, { stream: true }).body).toMatchObject({ stream: true });
  });

  it('passes the betas that are declared and says which are not', () => {
    const betas = 'interleaved-thinking-2025-05-14, fast-mode-2026-02-01,context-1m-2025-08-07,x';
    expect(build({}, {}, betas)).toMatchObject({
      beta: 'interleaved-thinking-2025-05-14,context-1m-2025-08-07',
      dropped: ['anthropic-beta: fast-mode-2026-02-01', 'anthropic-beta: x'],
    });
  });

  it('stays within the offer’s limit and the wallet’s, and the budget within the limit', () => {
    const thinking = { type: 'enabled', budget_tokens: 1500 };
    expect(build({ max_tokens: 99_000 })).toMatchObject({
      body: { max_tokens: 64_000 },
      dropped: ['max_tokens'],
    });
    expect(build({ thinking }, { outputTokenLimit: 1200 }).body).toMatchObject({
      max_tokens: 1200,
      thinking: { budget_tokens: 1199 },
    });
    expect(build({ thinking }, { outputTokenLimit: 500 }).body).not.toHaveProperty('thinking');
  });

  it('thinks where the model’s name asks for it and the request says nothing', () => {
    const messages = [{ role: 'user' as const, content: 'Hi' }];
    const wish = { request: { messages, reasoning: { enabled: true } } };
    expect(build({ max_tokens: 8_000 }, wish).body).toMatchObject({ thinking: { type: 'enabled' } });
    const thinking = { type: 'disabled' };
    expect(build({ thinking }, wish).body).toMatchObject({ thinking });
  });

  it('leaves out thinking of other makers, and the budget that would ask for it', () => {
    const state = { format: 'google-gemini-v1', kind: 'encrypted', data: 'C', id: null, index: 0 } as const;
    const foreign = printCarriedState(state);
    const turn = [
      { type: 'thinking', thinking: 'own', signature: 'EqMB' },
      { type: 'thinking', thinking: 'theirs', signature: foreign },
      { type: 'thinking', thinking: 'cut', signature: '' },
      { type: 'redacted_thinking', data: foreign },
      { type: 'redacted_thinking', data: 'opaque' },
      { type: 'tool_use', id: 'functions.f:0', name: 'f', input: {} },
    ];
    const result = { type: 'tool_result', tool_use_id: 'functions.f:0', content: 'x' };
    const messages = [
      ...said.messages,
      { role: 'assistant', content: turn },
      { role: 'user', content: [result] },
    ];
    const built = build({ messages, thinking: { type: 'enabled', budget_tokens: 1100 } });
    expect(built.dropped).toEqual(['reasoning_details']);
    expect(built.body?.['messages']).toEqual([
      ...said.messages,
      { role: 'assistant', content: [turn[0], turn[4], { ...turn[5], id: 'functions_f_0' }] },
      { role: 'user', content: [{ ...result, tool_use_id: 'functions_f_0' }] },
    ]);
    const without = [
      said.messages[0],
      { role: 'assistant', content: turn.slice(1, 4).concat(turn[5] ?? []) },
    ];
    const lost = build({
      messages: [...without, { role: 'user', content: [result] }],
      thinking: { type: 'enabled', budget_tokens: 1100 },
    });
    expect(lost.dropped).toEqual(['reasoning_details', 'thinking']);
    expect(lost.body).not.toHaveProperty('thinking');
  });

  it('may name what is kept there where the credential is the tenant’s own', () => {
    const body = { container: 'container_1', speed: 'fast', inference_geo: 'us' };
    const built = build(body, { ownCredential: true });
    expect([built.body, built.dropped]).toEqual([{ ...said, ...body, model: 'claude-sonnet-4-5' }, []]);
  });

  it.each([
    [{ container: 'container_1' }, 'container'],
    [{ container: { id: 'container_1' } }, 'container.id'],
    [{ container: { skills: [{ type: 'custom', skill_id: 's' }] } }, 'container.skills.0'],
    [{ user_profile_id: 'p' }, 'user_profile_id'],
    [{ diagnostics: { previous_message_id: 'msg' } }, 'diagnostics.previous_message_id'],
    [{ inference_geo: 'us' }, 'inference_geo'],
    [
      {
        messages: [{ role: 'user', content: [{ type: 'document', source: { type: 'file', file_id: 'f' } }] }],
      },
      'messages.0.content.0.source.file_id',
    ],
    [
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'tool_result', content: [{ type: 'image', source: { type: 'file', file_id: 'f' } }] },
            ],
          },
        ],
      },
      'messages.0.content.0.content.0.source.file_id',
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'container_upload', file_id: 'f' }] }] },
      'messages.0.content.0.file_id',
    ],
  ])('is refused for %j, which is somebody’s at the provider', (body, param) => {
    expect(build(body)).toEqual({ refused: param });
  });
});

describe('ids of calls in a request for Messages', () => {
  it('are each said once, as another maker may have counted anew in every turn', () => {
    const call = { role: 'assistant', content: [{ type: 'tool_use', id: 'f:0', name: 'f', input: {} }] };
    const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'f:0', content: 'x' }] };
    expect(build({ messages: [call, result, call, result] }).body).toMatchObject({
      messages: [
        { content: [{ id: 'f_0' }] },
        { content: [{ tool_use_id: 'f_0' }] },
        { content: [{ id: 'f_0_2' }] },
        { content: [{ tool_use_id: 'f_0_2' }] },
      ],
    });
  });
});
