import { describe, expect, it } from '@jest/globals';
import { CLAUDE_REASONING_FORMAT, readCarriedState, type ChatEvent } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import type { SseEvent } from '@trunkline/providers';
import fc from 'fast-check';
import type { AnswerFacts, WholeAnswer } from '../chat-door.js';
import { BlockCollector } from './collect-blocks.js';
import { MessagesPrinter } from './messages-printer.js';
import { printMessage } from './print-message.js';

const facts: AnswerFacts = {
  id: 'chatcmpl-1',
  requestId: 'req',
  createdSeconds: 1,
  model: 'm',
  finishReason: 'stop',
  usage: {
    'input.text': 5,
    'cache_read.text': 3,
    'cache_write_1h.text': 2,
    'output.text': 7,
    'reasoning.text': 4,
  },
  usageObject: {
    prompt_tokens: 10,
    completion_tokens: 11,
    total_tokens: 21,
    prompt_tokens_details: { cached_tokens: 3, cache_write_tokens: 2, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 4, audio_tokens: 0 },
    cost: 0.5,
    is_byok: false,
    cost_details: {
      upstream_inference_cost: null,
      upstream_inference_prompt_cost: 0.1,
      upstream_inference_completions_cost: 0.4,
    },
  },
  additions: {
    provider: 'p',
    trunkline: {
      attempts: [],
      rescued: false,
      dropped: [],
      cache: 'off',
      route: { model: 'a/m', provider: 'p', reason: 'r' },
    },
  },
};

const start: ChatEvent = { type: 'start', id: 'chatcmpl-1', model: 'm', createdSeconds: 1 };
const text = (said: string): ChatEvent => ({ type: 'text', choice: 0, text: said });
const call = (index: number, id: string): ChatEvent => ({
  type: 'tool_call_start',
  choice: 0,
  index,
  id,
  name: `f${index}`,
  kind: 'function',
});
const args = (index: number, said: string): ChatEvent => ({
  type: 'tool_call_arguments',
  choice: 0,
  index,
  text: said,
});
const thought = (index: number, said: string, format: string | null = null): ChatEvent => ({
  type: 'reasoning',
  choice: 0,
  index,
  text: said,
  format,
});

type Event = Record<string, unknown> & { type: string };

function read(sent: string): Event[] {
  return sent
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const [name = '', data = ''] = frame.split('\n');
      const event = JSON.parse(data.replace('data: ', '')) as Event;
      expect(name).toBe(`event: ${event.type}`);
      return event;
    });
}

function say(events: ChatEvent[], printer = new MessagesPrinter([]), end = facts): Event[] {
  return read(events.map((event) => printer.print(event)).join('') + printer.close(end));
}

/** The content as a client puts it together; fails where the order is not Anthropic's. */
function contentOf(events: readonly Event[]): Record<string, unknown>[] {
  const collector = new BlockCollector();
  let open: number | null = null;
  let count = 0;
  expect(events[0]?.type).toBe('message_start');
  expect(events.slice(-2).map(({ type }) => type)).toEqual(['message_delta', 'message_stop']);
  for (const event of events.slice(1, -2)) {
    if (event.type === 'content_block_start') {
      expect([open, event['index']]).toEqual([null, count]);
      open = count;
      count += 1;
    } else {
      expect(event['index']).toBe(open);
      if (event.type === 'content_block_stop') open = null;
      else expect(event.type).toBe('content_block_delta');
    }
    collector.add(event);
  }
  expect(open).toBeNull();
  return collector.end();
}

describe('a stream of Messages', () => {
  it('has one start, its blocks in order, usage and cost in message_delta, and an end', () => {
    const events = say([start, thought(0, 'hm'), text('Hi'), text('!'), call(0, 'a'), args(0, '{"x":1}')]);
    expect(contentOf(events)).toMatchObject([
      { type: 'thinking', thinking: 'hm' },
      { type: 'text', text: 'Hi!' },
      { type: 'tool_use', id: 'a', name: 'f0', input: { x: 1 } },
    ]);
    expect(events[0]).toMatchObject({
      message: { id: 'chatcmpl-1', model: 'm', role: 'assistant', content: [] },
    });
    expect(events.at(-2)).toMatchObject({
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: {
        input_tokens: 5,
        cache_read_input_tokens: 3,
        cache_creation_input_tokens: 2,
        cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 2 },
        output_tokens: 11,
        cost: 0.5,
        is_byok: false,
      },
      provider: 'p',
    });
  });

  it('says what is known of the usage before the first content at the start', () => {
    const [first] = say([start, { type: 'usage', usage: { 'input.text': 9 } }, text('Hi')]);
    expect(first).toMatchObject({ message: { usage: { input_tokens: 9, output_tokens: 0 } } });
  });

  it('never opens two blocks, however calls are interleaved', () => {
    const events = say([
      start,
      call(0, 'a'),
      call(1, 'b'),
      args(1, '{"y":'),
      args(0, '{"x":'),
      text('between'),
      args(0, '1}'),
      args(1, '2}'),
    ]);
    expect(contentOf(events)).toEqual([
      { type: 'tool_use', id: 'a', name: 'f0', input: { x: 1 } },
      { type: 'tool_use', id: 'b', name: 'f1', input: { y: 2 } },
      { type: 'text', text: 'between' },
    ]);
  });

  it('keeps every piece of calls, texts and thoughts in any order that providers send', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('text' as const), said: fc.string({ minLength: 1 }) }),
        fc.record({ kind: fc.constant('thought' as const), said: fc.string({ minLength: 1 }) }),
        fc.record({ kind: fc.constant('args' as const), of: fc.nat({ max: 2 }) }),
      ),
    );
    fc.assert(
      fc.property(pieces, (said) => {
        const inputs = ['{"a":"}"}', '{}', '{"b":[{"c":1}]}'].map((one) => one.split(''));
        const events: ChatEvent[] = [start, call(0, 'c0'), call(1, 'c1'), call(2, 'c2')];
        for (const piece of said) {
          if (piece.kind === 'text') events.push(text(piece.said));
          else if (piece.kind === 'thought') events.push(thought(0, piece.said));
          else {
            const next = inputs[piece.of]?.shift();
            if (next !== undefined) events.push(args(piece.of, next));
          }
        }
        for (const [of, rest] of inputs.entries()) events.push(args(of, rest.join('')));
        const blocks = contentOf(say(events));
        const calls = blocks.filter(({ type }) => type === 'tool_use');
        expect(Object.fromEntries(calls.map(({ id, input }) => [id, input]))).toEqual({
          c0: { a: '}' },
          c1: {},
          c2: { b: [{ c: 1 }] },
        });
        const all = (kind: string, field: string) =>
          blocks
            .filter(({ type }) => type === kind)
            .map((block) => block[field])
            .join('');
        const wanted = (kind: string) =>
          said.flatMap((piece) => (piece.kind === kind && 'said' in piece ? [piece.said] : [])).join('');
        expect(all('text', 'text')).toBe(wanted('text'));
        expect(all('thinking', 'thinking')).toBe(wanted('thought'));
      }),
    );
  });

  it('gives Claude’s signatures as they are and those of others in an envelope', () => {
    const own = CLAUDE_REASONING_FORMAT;
    const blocks = contentOf(
      say([
        start,
        thought(0, 'a', own),
        { type: 'reasoning_signature', choice: 0, index: 0, signature: 'EqMB', format: own },
        { type: 'reasoning_encrypted', choice: 0, index: 1, data: 'opaque', format: own, id: null },
        thought(2, 'summary', 'openai-responses-v1'),
        {
          type: 'reasoning_encrypted',
          choice: 0,
          index: 2,
          data: 'gAAA',
          format: 'openai-responses-v1',
          id: 'rs_1',
        },
        {
          type: 'reasoning_encrypted',
          choice: 0,
          index: 3,
          data: 'CiQB',
          format: 'google-gemini-v1',
          id: 'c',
        },
        thought(4, 'deep'),
        text('ok'),
      ]),
    );
    expect(blocks.map(({ type }) => type)).toEqual([
      'thinking',
      'redacted_thinking',
      'thinking',
      'thinking',
      'text',
      'redacted_thinking',
    ]);
    expect([blocks[0]?.['signature'], blocks[1]?.['data']]).toEqual(['EqMB', 'opaque']);
    expect(readCarriedState(String(blocks[2]?.['signature']))).toEqual({
      format: 'openai-responses-v1',
      kind: 'encrypted',
      data: 'gAAA',
      id: 'rs_1',
      index: 2,
    });
    expect(readCarriedState(String(blocks[5]?.['data']))).toMatchObject({ data: 'CiQB', id: 'c' });
    expect(readCarriedState(String(blocks[3]?.['signature']))).toMatchObject({
      kind: 'unsigned',
      format: null,
    });
  });

  it('tells what a provider says of an answer that it stopped beside it, and not as its text', () => {
    const explained: ChatEvent = { type: 'refusal', choice: 0, text: 'Not safe.', isExplanation: true };
    const events = say([start, text('So'), explained]);
    expect(contentOf(events)).toMatchObject([{ type: 'text', text: 'So' }]);
    expect(events.at(-2)).toMatchObject({
      delta: { stop_details: { type: 'refusal', explanation: 'Not safe.' } },
    });
  });

  it('tells the words in which a model refuses as text, also beside a filter, and never what its provider says of it', () => {
    const refusal = 'I cannot help with that.';
    const text = [{ type: 'text', text: refusal }];
    const told = { stop_reason: 'refusal', stop_details: { type: 'refusal', explanation: refusal } };
    const ended = { ...facts, finishReason: 'content_filter' as const };
    const message = { role: 'assistant' as const, content: null, refusal };
    const choice = { index: 0, message, finish_reason: 'content_filter' as const, logprobs: null };
    const answer = { id: 'a', object: 'chat.completion' as const, created: 1, model: 'm', choices: [choice] };
    for (const isExplained of [false, true]) {
      const content = isExplained ? [] : text;
      const event: ChatEvent = { type: 'refusal', choice: 0, text: refusal };
      const events = say(
        [start, isExplained ? { ...event, isExplanation: true } : event],
        new MessagesPrinter([]),
        ended,
      );
      expect(contentOf(events)).toEqual(content);
      expect(events.at(-2)).toMatchObject({ delta: told });
      const whole = { answer, native: null, nativeFinishReason: 'content_filter', isExplained };
      expect(JSON.parse(printMessage(whole as unknown as WholeAnswer, ended, []))).toMatchObject({
        content,
        ...told,
      });
    }
  });

  it('tells a refusal in words and a cited page', () => {
    const events = say([
      start,
      {
        type: 'annotation',
        choice: 0,
        annotation: {
          type: 'url_citation',
          url_citation: { url: 'https://a.example', title: 'A', start_index: 0, end_index: 0 },
        },
      },
      { type: 'refusal', choice: 0, text: 'No.' },
    ]);
    expect(contentOf(events)).toMatchObject([
      {
        type: 'text',
        text: 'No.',
        citations: [{ type: 'web_search_result_location', url: 'https://a.example' }],
      },
    ]);
    expect(events.at(-2)).toMatchObject({
      delta: { stop_reason: 'end_turn', stop_details: { type: 'refusal', explanation: 'No.' } },
    });
  });

  it('ends an answer without content as a message without content', () => {
    const events = say([start], new MessagesPrinter([]), { ...facts, finishReason: 'length' });
    expect(events.map(({ type }) => type)).toEqual(['message_start', 'message_delta', 'message_stop']);
    expect(events[1]).toMatchObject({ delta: { stop_reason: 'max_tokens' } });
  });

  it('says that it waits for a call, whatever the provider called that', () => {
    const call: ChatEvent = {
      type: 'tool_call_start',
      choice: 0,
      index: 0,
      id: 'a',
      name: 'f',
      kind: 'function',
    };
    const finish: ChatEvent = { type: 'finish', choice: 0, reason: 'tool_calls', native: 'end_turn' };
    const ended = { ...facts, finishReason: 'tool_calls' };
    expect(say([start, call, finish], new MessagesPrinter([]), ended).at(-2)).toMatchObject({
      delta: { stop_reason: 'tool_use' },
    });
  });

  it('names the sequence at which it stopped where only one was given', () => {
    const finish: ChatEvent = { type: 'finish', choice: 0, reason: 'stop', native: 'stop_sequence' };
    expect(say([start, text('a'), finish], new MessagesPrinter(['END'])).at(-2)).toMatchObject({
      delta: { stop_reason: 'stop_sequence', stop_sequence: 'END' },
    });
    expect(say([start, text('a'), finish], new MessagesPrinter(['A', 'B'])).at(-2)).toMatchObject({
      delta: { stop_reason: 'stop_sequence', stop_sequence: null },
    });
  });

  it('ends with the dialect’s own error where it broke off, and never cleanly', () => {
    const printer = new MessagesPrinter([]);
    printer.print(start);
    printer.print(text('Hi'));
    const [error, ...rest] = read(printer.fail(new AppError('provider_overloaded'), facts));
    expect(rest).toEqual([]);
    expect(error).toMatchObject({ type: 'error', error: { type: 'overloaded_error' }, request_id: 'req' });
  });
});

const frame = (
  event: Record<string, unknown> & { type: string },
  name: string | null = event.type,
): SseEvent => {
  const data = JSON.stringify(event);
  return { event: name, data, source: Buffer.from(data), start: 0, end: data.length };
};

describe('an upstream that speaks Messages', () => {
  const messageStart = frame({
    type: 'message_start',
    message: {
      id: 'msg_1',
      model: 'claude',
      content: [],
      usage: { input_tokens: 99, service_tier: 'priority' },
    },
  });
  const usage: ChatEvent = { type: 'usage', usage: { 'input.text': 4 } };

  it('passes its frames but for the usage, which is ours, and the end, which waits', () => {
    const printer = new MessagesPrinter([]);
    const [first] = read(printer.follow(messageStart, [usage]) ?? '');
    expect(first).toMatchObject({ message: { id: 'msg_1', usage: { input_tokens: 4 } } });
    expect(JSON.stringify(first)).not.toContain('priority');
    const block = {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'server_tool_use', id: 's' },
    };
    expect(printer.follow(frame(block), [])).toBeNull();
    const delta = { type: 'content_block_delta', index: 0, delta: { type: 'brand_new_delta' } };
    expect(printer.follow(frame(delta), [])).toBeNull();
    expect(printer.follow(frame({ type: 'content_block_stop', index: 0 }), [])).toBeNull();
    expect(printer.follow(frame({ type: 'ping' }), [])).toBeNull();
    const last = {
      type: 'message_delta',
      delta: { stop_reason: 'stop_sequence', stop_sequence: 'B', container: null },
      usage: { output_tokens: 99 },
      context_management: { applied_edits: [] },
    };
    expect(printer.follow(frame(last), [])).toBe('');
    expect(printer.follow(frame({ type: 'message_stop' }), [])).toBe('');
    const [end, stop] = read(printer.close(facts));
    expect(end).toMatchObject({
      delta: { stop_reason: 'stop_sequence', stop_sequence: 'B', container: null },
      usage: { output_tokens: 11 },
      context_management: { applied_edits: [] },
      provider: 'p',
    });
    expect(stop).toEqual({ type: 'message_stop' });
  });

  it('begins once, though the upstream says its start twice', () => {
    const printer = new MessagesPrinter([]);
    expect(printer.follow(messageStart, [usage])).not.toBe('');
    expect(printer.follow(messageStart, [])).toBe('');
  });

  it('has its frames named where it does not name them itself', () => {
    const printer = new MessagesPrinter([]);
    printer.follow(messageStart, []);
    const delta = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'a' } };
    expect(read(printer.follow(frame(delta, null), []) ?? '')).toEqual([delta]);
  });

  it('is gone on with by another: open text goes on, and indexes run on', () => {
    const printer = new MessagesPrinter([]);
    const sent: Event[] = read(printer.follow(messageStart, []) ?? '');
    const events = [
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'thinking', thinking: '', signature: '' },
      },
      { type: 'content_block_stop', index: 0 },
      { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Hel' } },
    ];
    for (const event of events) {
      printer.follow(frame(event), []);
      sent.push(event);
    }
    const rest = [
      printer.resume(),
      ...[start, text('lo'), call(0, 'a'), args(0, '{}')].map((e) => printer.print(e)),
    ];
    sent.push(...read(rest.join('') + printer.close({ ...facts, finishReason: 'tool_calls' })));
    expect(contentOf(sent)).toEqual([
      { type: 'thinking', thinking: '', signature: '' },
      { type: 'text', text: 'Hello' },
      { type: 'tool_use', id: 'a', name: 'f0', input: {} },
    ]);
    expect(sent.at(-2)).toMatchObject({ delta: { stop_reason: 'tool_use' } });
  });

  it('closes thinking that broke off without a signature when another starts over', () => {
    const printer = new MessagesPrinter([]);
    const sent: Event[] = read(printer.follow(messageStart, []) ?? '');
    const opened = {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'thinking', thinking: '', signature: '' },
    };
    printer.follow(frame(opened), []);
    sent.push(opened);
    const rest = [printer.resume(), ...[start, thought(0, 'again'), text('ok')].map((e) => printer.print(e))];
    sent.push(...read(rest.join('') + printer.close(facts)));
    expect(contentOf(sent)).toMatchObject([
      { type: 'thinking', signature: '' },
      { type: 'thinking', thinking: 'again' },
      { type: 'text', text: 'ok' },
    ]);
  });
});
