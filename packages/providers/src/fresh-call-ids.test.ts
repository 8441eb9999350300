import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '@trunkline/contracts';
import { FreshCallIds, freshlyCalling } from './fresh-call-ids.js';
import { SseFramer } from './framing/index.js';
import { adapterOf } from './registry.js';

const call = (id: string) => ({ id, type: 'function' as const, function: { name: 'list', arguments: '{}' } });
const turn = (...ids: string[]): ChatRequest['messages'] => [
  { role: 'assistant', content: null, tool_calls: ids.map(call) },
  ...ids.map((id) => ({ role: 'tool' as const, tool_call_id: id, content: 'x' })),
];
const request: ChatRequest = {
  messages: [{ role: 'user', content: 'Hi' }, ...turn('functions.list:0', 'functions.list:1', 'abc')],
};
const moonshot = adapterOf('moonshot')?.chat;
if (!moonshot) throw new Error('no chat');

const delta = (...calls: object[]) => ({
  id: 'c',
  object: 'chat.completion.chunk',
  model: 'kimi-k3',
  created: 1,
  choices: [{ index: 0, delta: { tool_calls: calls }, finish_reason: null }],
});
const framesOf = (...values: object[]) =>
  new SseFramer().push(Buffer.from(values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('')));

describe('ids of new calls', () => {
  it.each([
    ['functions.list:0', 'functions.list:2'],
    ['functions.other:0', 'functions.other:0'],
    ['abc', 'abc_2'],
    ['new', 'new'],
  ])('where the conversation has had some: %s becomes %s', (id, fresh) => {
    const known = new Set(['functions.list:0', 'functions.list:1', 'abc']);
    expect(new FreshCallIds(known).of(id)).toBe(fresh);
  });

  it('differ from each other too', () => {
    const ids = new FreshCallIds(new Set(['f:0']));
    expect([ids.of('f:0'), ids.of('f:1'), ids.of('f:0')]).toEqual(['f:1', 'f:2', 'f:3']);
  });
});

describe('an answer whose calls have ids of the conversation', () => {
  it('is read as it is where the conversation has had no call', () => {
    expect(freshlyCalling(moonshot, { messages: [{ role: 'user', content: 'Hi' }] })).toBe(moonshot);
  });

  it('has others as a whole', () => {
    const message = {
      role: 'assistant',
      content: null,
      tool_calls: [call('functions.list:0'), call('functions.get:1')],
    };
    const body = {
      id: 'c',
      model: 'k',
      created: 1,
      choices: [{ index: 0, message, finish_reason: 'tool_calls' }],
    };
    const parsed = freshlyCalling(moonshot, request).parseAnswer(JSON.stringify(body));
    if (parsed.kind === 'failed') throw new Error('failed');
    expect(parsed.answer.choices[0]?.message.tool_calls?.map(({ id }) => id)).toEqual([
      'functions.list:2',
      'functions.get:1',
    ]);
  });

  it('has others as events', () => {
    const decoder = freshlyCalling(moonshot, request).decoder({ choices: 1 });
    const frames = framesOf(
      delta({ index: 0, ...call('functions.list:0') }),
      delta({
        index: 1,
        id: 'functions.list:1',
        type: 'function',
        function: { name: 'list', arguments: '{' },
      }),
      delta({ index: 1, id: 'functions.list:1', function: { arguments: '}' } }),
    );
    const starts = frames.flatMap((frame) =>
      decoder.push(frame).filter((event) => event.type === 'tool_call_start'),
    );
    expect(starts.map(({ id }) => id)).toEqual(['functions.list:2', 'functions.list:3']);
  });

  it('has others in a stream that is forwarded, whose frames pass but for the one that says the id', () => {
    const reader = freshlyCalling(moonshot, request).passthroughReader?.({ choices: 1 });
    if (!reader) throw new Error('no reader');
    const first = {
      index: 0,
      id: 'functions.list:0',
      type: 'function',
      function: { name: 'list', arguments: '' },
    };
    const reads = framesOf(
      delta(first),
      delta({ index: 0, function: { arguments: '{"a":' } }),
      delta({ index: 0, function: { arguments: '1}' } }),
    ).map((frame) => reader.read(frame));
    expect(reads).toMatchObject([
      {
        kind: 'print',
        chunk: { choices: [{ delta: { tool_calls: [{ ...first, id: 'functions.list:2' }] } }] },
      },
      { kind: 'forward' },
      { kind: 'forward' },
    ]);
  });

  it('passes byte for byte where its ids are new', () => {
    const reader = freshlyCalling(moonshot, request).passthroughReader?.({ choices: 1 });
    const first = { index: 0, id: 'call_1', type: 'function', function: { name: 'list', arguments: '' } };
    expect(framesOf(delta(first)).map((frame) => reader?.read(frame))).toMatchObject([{ kind: 'forward' }]);
  });

  it('is told apart in what the next turn sends, calls and results alike', () => {
    const next = { messages: [...request.messages, ...turn('functions.list:2')] };
    const limits = { stream: false, outputTokenLimit: null, maxOutputTokens: null };
    const built = freshlyCalling(moonshot, next).buildRequest({ request: next, model: 'kimi-k3', ...limits });
    if (built.kind !== 'built') throw new Error('refused');
    const { messages } = JSON.parse(built.request.body) as ChatRequest;
    expect(messages.flatMap((one) => (one.role === 'tool' ? [one.tool_call_id] : []))).toEqual([
      'functions.list:0',
      'functions.list:1',
      'abc',
      'functions.list:2',
    ]);
  });
});
