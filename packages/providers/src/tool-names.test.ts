import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '@trunkline/contracts';
import { SseFramer } from './framing/index.js';
import { adapterOf } from './registry.js';
import { fittingToolNames } from './tool-names.js';
import type { ChatAdapter } from './types.js';

const LONG = `mcp__${'customer-data'.repeat(6)}__list`;
const DOTTED = 'files.read/all';

function chatOf(provider: string): ChatAdapter {
  const chat = adapterOf(provider)?.chat;
  if (!chat) throw new Error('no chat');
  return chat;
}

function requestWith(...names: string[]): ChatRequest {
  const [first = ''] = names;
  const call = { id: 'call_1', type: 'function' as const, function: { name: first, arguments: '{}' } };
  return {
    messages: [
      { role: 'user', content: 'Go' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_1', content: 'done' },
    ],
    tools: names.map((name) => ({ type: 'function', function: { name, parameters: { type: 'object' } } })),
    tool_choice: { type: 'function', function: { name: first } },
  };
}

function sent(chat: ChatAdapter, request: ChatRequest): string {
  const call = { request, model: 'm', stream: false, outputTokenLimit: null, maxOutputTokens: null };
  const built = chat.buildRequest(call);
  if (built.kind === 'refused') throw new Error(built.failure.message);
  return built.request.body;
}

describe('names of tools', () => {
  it.each(['openai', 'anthropic', 'google', 'cohere', 'mistral', 'deepseek'])(
    'that %s refuses go out as such that it takes, the same wherever they stand, and come back as they were',
    (provider) => {
      const request = requestWith(LONG, DOTTED, 'plain');
      const chat = fittingToolNames(chatOf(provider), request);
      const body = sent(chat, request);
      const names = [...body.matchAll(/"name":"([^"]+)"/g)].map(([, name]) => name ?? '');
      for (const name of names) expect(name).toMatch(/^[A-Za-z_][\w.-]{0,63}$/);
      expect(names).not.toContain(LONG);
      const [renamed = ''] = names.filter((name) => name.startsWith('mcp__'));
      expect(names.filter((name) => name === renamed).length).toBeGreaterThan(1);
    },
  );

  it('are their own again in answers, whole and streamed', () => {
    const request = requestWith(LONG);
    const chat = fittingToolNames(chatOf('openai'), request);
    expect(sent(chat, requestWith(LONG, 'plain'))).toContain('"name":"plain"');
    const renamed = /"name":"(mcp__[^"]+)"/.exec(sent(chat, request))?.[1];
    const call = { id: 'c', type: 'function', function: { name: renamed, arguments: '{}' } };
    const message = { role: 'assistant', content: null, tool_calls: [call] };
    const choices = [{ index: 0, message, finish_reason: 'tool_calls' }];
    const parsed = chat.parseAnswer(JSON.stringify({ id: 'x', model: 'm', choices }));
    expect(parsed).toMatchObject({
      answer: { choices: [{ message: { tool_calls: [{ function: { name: LONG } }] } }] },
    });
    expect('passthroughReader' in chat).toBe(false);
    const decoder = chat.decoder({ choices: 1 });
    const framer = new SseFramer();
    const chunk = (delta: object, finish: string | null): string =>
      `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
    const bytes = chunk({ tool_calls: [{ index: 0, ...call }] }, null) + chunk({}, 'tool_calls');
    const events = framer.push(Buffer.from(bytes)).flatMap((frame) => decoder.push(frame));
    expect(events).toContainEqual(expect.objectContaining({ type: 'tool_call_start', name: LONG }));
  });

  it('that a provider takes change nothing', () => {
    const google = chatOf('google');
    expect(fittingToolNames(google, requestWith('plain', 'files.read'))).toBe(google);
    const openai = chatOf('openai');
    expect(fittingToolNames(openai, requestWith('plain', '1-2'))).toBe(openai);
  });

  it('that differ in what is refused alone stay apart', () => {
    const request = requestWith('a.b', 'a/b', '世界');
    const body = sent(fittingToolNames(chatOf('anthropic'), request), request);
    const names = [...body.matchAll(/"name":"([^"]+)","input_schema"/g)].map(([, name]) => name);
    expect(new Set(names).size).toBe(3);
  });
});
