import { describe, expect, it } from '@jest/globals';
import { SseFramer } from '../framing/index.js';
import type { PassthroughFrame, PassthroughReader } from '../types.js';
import { defineOpenAiCompatible } from './define.js';

const chat = defineOpenAiCompatible({
  id: 'x',
  name: 'X',
  baseUrl: 'https://x/v1',
  docsUrl: 'https://x',
}).chat;

function start(choices = 1) {
  const reader = chat?.passthroughReader?.({ choices }) as PassthroughReader;
  const framer = new SseFramer();
  const frame = (data: unknown) => {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    const [event] = framer.push(Buffer.from(`data: ${text}\n\n`));
    if (!event) throw new Error('no frame');
    return event;
  };
  return { reader, read: (data: unknown): PassthroughFrame => reader.read(frame(data)) };
}

function chunk(delta: unknown, finish: string | null = null, extra: object = {}, index = 0) {
  const choices = [{ index, delta, finish_reason: finish, ...extra }];
  return { id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm', choices };
}

describe('reading a stream that passes', () => {
  it('takes a call that never says of what for a broken one', () => {
    const { read } = start();
    const call = { index: 0, id: 'a', type: 'function', function: { arguments: '{}' } };
    read(chunk({ tool_calls: [call] }));
    expect(read(chunk({}, 'tool_calls'))).toMatchObject({
      kind: 'failed',
      failure: { outcome: 'malformed' },
    });
  });

  it('reads a whole answer in one chunk as a delta, and behind deltas not again', () => {
    const whole = { index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' };
    expect(start().read({ id: 'c1', choices: [whole] })).toMatchObject({
      hasContent: true,
      chunk: { choices: [{ delta: { content: 'Hi' }, finish_reason: 'stop' }] },
    });
    const { reader, read } = start();
    read(chunk({ content: 'Hi' }));
    expect(read({ id: 'c1', choices: [whole] })).toMatchObject({ chunk: { choices: [{ delta: {} }] } });
    expect(reader.sent.text).toBe('Hi');
  });

  it('takes a call that breaks off before [DONE] for a cut, where no finish was told', () => {
    const call = (args: string) =>
      chunk({
        tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: args } }],
      });
    const cut = start();
    cut.read(call('{"a'));
    expect(cut.read('[DONE]')).toMatchObject({ kind: 'failed', failure: { outcome: 'truncated' } });
    const whole = start();
    whole.read(call('{"a":1}'));
    expect(whole.read('[DONE]')).toEqual({ kind: 'done' });
  });

  it.each([
    'insufficient_system_resource',
    'ERROR',
    'aborted',
    'timeout',
    'function_call_filter: MALFORMED_FUNCTION_CALL',
  ])('takes an answer that %s ended for a failure', (reason) => {
    const { read } = start();
    read(chunk({ content: 'Hi' }));
    expect(read(chunk({}, reason))).toMatchObject({ kind: 'failed', failure: { outcome: 'server_error' } });
  });

  it('counts for itself where more is reported than can be', () => {
    const { reader, read } = start();
    read({ ...chunk({ content: 'Hi' }), usage: { prompt_tokens: 7, completion_tokens: 9e11 } });
    expect(reader.usage).toBeNull();
  });

  it('does not forget what was reported for counts of nothing behind it', () => {
    const { reader, read } = start();
    const nothing = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
    read({ ...chunk({ content: 'Hi' }), usage: nothing });
    expect(reader.usage).toBeNull();
    read({ ...chunk({}, 'stop'), usage: { prompt_tokens: 7, completion_tokens: 2 } });
    read({ ...chunk({}), choices: [], usage: nothing });
    expect(reader.usage).toEqual({ 'input.text': 7, 'output.text': 2 });
  });

  it('reads an end with spaces around it', () => {
    expect(start().read('  [DONE] ')).toEqual({ kind: 'done' });
  });

  it('forwards what any client can read, and holds content apart from what is none', () => {
    const { reader, read } = start();
    expect(read(chunk({ role: 'assistant', content: '' }))).toEqual({ kind: 'forward', hasContent: false });
    expect(read({ ...chunk({ content: 'Hi' }), usage: null })).toEqual({ kind: 'forward', hasContent: true });
    expect(read(chunk({ reasoning_content: 'Hm' }))).toEqual({ kind: 'forward', hasContent: true });
    expect(read(chunk({ reasoning: 'Hm' }))).toEqual({ kind: 'forward', hasContent: true });
    expect(read(chunk({ refusal: 'No' }))).toEqual({ kind: 'forward', hasContent: true });
    expect(reader).toMatchObject({
      id: 'c1',
      model: 'm',
      hasContent: true,
      outputText: 'HiNo',
      reasoningText: 'HmHm',
    });
  });

  it('prints the frame that ends a choice, without usage, and swallows what is only usage', () => {
    const { reader, read } = start();
    read(chunk({ content: 'Hi' }));
    const end = read({ ...chunk({}, 'stop'), usage: { prompt_tokens: 1, completion_tokens: 2 } });
    expect(end).toMatchObject({ kind: 'print', hasFinish: true });
    expect(end.kind === 'print' && end.chunk).not.toHaveProperty('usage');
    expect(reader.finished).toBe(true);
    expect(read({ ...chunk({}), choices: [], usage: { prompt_tokens: 1, completion_tokens: 3 } }).kind).toBe(
      'swallow',
    );
    expect(read({ usage: { prompt_tokens: 1, completion_tokens: 4 }, choices: null }).kind).toBe('swallow');
    expect(reader.usage).toEqual({ 'input.text': 1, 'output.text': 4 });
    expect(read('[DONE]').kind).toBe('done');
    expect(read(chunk({ content: 'late' })).kind).toBe('swallow');
    expect(reader.end()).toBeNull();
  });

  it('keeps what a provider says of itself from the client', () => {
    const { read } = start();
    const read1 = read({ ...chunk({ content: 'Hi' }), provider: 'Secret', cost: 1, x_groq: { id: 'r' } });
    expect(read1.kind === 'print' && Object.keys(read1.chunk)).toEqual([
      'id',
      'object',
      'created',
      'model',
      'choices',
    ]);
  });

  it('calls every chunk what clients know it by', () => {
    const { read } = start();
    expect(read(chunk({ content: 'Hi' })).kind).toBe('forward');
    for (const object of ['chat.completion.done', undefined])
      expect(read({ ...chunk({ content: '!' }), object })).toMatchObject({
        kind: 'print',
        chunk: { object: 'chat.completion.chunk' },
      });
  });

  it('gives tool calls what clients need: an index, an id, a type, a name that comes once', () => {
    const { reader, read } = start();
    const first = read(chunk({ tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }] }));
    expect(first.kind === 'print' && first.chunk.choices[0]?.delta).toEqual({
      tool_calls: [
        { index: 0, id: 'call_c1_0_0', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
      ],
    });
    const again = read(
      chunk({ tool_calls: [{ index: 0, id: 'x', function: { name: 'f', arguments: '' } }] }),
    );
    expect(again.kind === 'print' && again.chunk.choices[0]?.delta).toMatchObject({
      tool_calls: [{ index: 0, function: { arguments: '' } }],
    });
    read(chunk({ tool_calls: [{ id: 'second', function: { name: 'g', arguments: '{}' } }] }));
    read(chunk({}, 'tool_calls'));
    expect(reader.outputText).toBe('f{"a":1}g{}');
  });

  it('says a finish reason in words of OpenAI and keeps the own one', () => {
    const { reader, read } = start();
    read(chunk({ content: 'Hi' }));
    const end = read(chunk({}, 'eos'));
    expect(end.kind === 'print' && end.chunk.choices[0]).toMatchObject({
      finish_reason: 'stop',
      native_finish_reason: 'eos',
    });
    expect([reader.finishReason, reader.nativeFinishReason]).toEqual(['stop', 'eos']);
  });

  it.each(['stop', 'eos', ''])('says of calls that ended by "%s" that they are to be run', (finish) => {
    const { reader, read } = start();
    read(chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '' } }] }));
    const end = read(chunk({}, finish));
    const rest = { index: 0, function: { arguments: '{}' } };
    if (finish !== '')
      expect(end.kind === 'print' && end.chunk.choices[0]).toMatchObject({
        delta: { tool_calls: [rest] },
        finish_reason: 'tool_calls',
        native_finish_reason: finish,
      });
    read('[DONE]');
    expect([reader.finishReason, reader.end()]).toEqual(['tool_calls', null]);
  });

  it('takes the end of calls without any for an ordinary one', () => {
    const { reader, read } = start();
    read(chunk({ content: 'Hi' }));
    read(chunk({}, 'tool_calls'));
    expect(reader.finishReason).toBe('stop');
  });

  it('tells a second end of a choice to nobody', () => {
    const { read } = start();
    read(chunk({ content: 'Hi' }));
    read(chunk({}, 'stop'));
    expect(read(chunk({ content: '' }, 'stop')).kind).toBe('swallow');
  });

  it.each([
    [{ error: { message: 'overloaded', type: 'overloaded_error' } }, 'overloaded'],
    [{ error: { message: 'slow down', code: 429 }, choices: [] }, 'rate_limited'],
    [{ error: 'something' }, 'server_error'],
    [{ object: 'error', message: 'bad', code: 400 }, 'invalid_request'],
    [chunk({}, 'error'), 'server_error'],
    ['{"choices":[', 'malformed'],
    ['null', 'malformed'],
    [chunk('x'), 'malformed'],
    [{ choices: ['x'] }, 'malformed'],
    [chunk({ tool_calls: 5 }), 'malformed'],
  ])('takes %j for a failure', (frame, outcome) => {
    const { reader, read } = start();
    read(chunk({ content: 'Hi' }));
    const failed = read(frame);
    expect(failed.kind === 'failed' && failed.failure.outcome).toBe(outcome);
    expect(read(chunk({ content: 'more' })).kind).toBe('swallow');
    expect(reader.end()?.outcome).toBe(outcome);
    expect(reader.finished).toBe(false);
  });
});

describe('the end of a stream', () => {
  it('is good when every choice that was asked for has ended', () => {
    const { reader, read } = start(2);
    read(chunk({ content: 'a' }));
    read(chunk({ content: 'b' }, null, {}, 1));
    read(chunk({}, 'stop'));
    expect(reader.finished).toBe(false);
    read(chunk({}, 'stop', {}, 1));
    expect(reader.finished).toBe(true);
    expect(reader.end()).toBeNull();
  });

  it('is good with [DONE] after content, and a cut without', () => {
    const done = start();
    done.read(chunk({ content: 'a' }));
    done.read('[DONE]');
    expect(done.reader.end()).toBeNull();
    const cut = start();
    cut.read(chunk({ content: 'a' }));
    expect(cut.reader.end()?.outcome).toBe('truncated');
    expect(start().reader.end()?.outcome).toBe('truncated');
  });

  it('is empty when there is nothing in it and no token was reported', () => {
    const nothing = start();
    nothing.read(chunk({}, 'stop'));
    expect(nothing.reader.end()?.outcome).toBe('empty');
    const doneOnly = start();
    doneOnly.read('[DONE]');
    expect(doneOnly.reader.end()?.outcome).toBe('empty');
    const thought = start();
    thought.read({ ...chunk({}, 'stop'), usage: { prompt_tokens: 1, completion_tokens: 7 } });
    expect(thought.reader.end()).toBeNull();
    const long = start();
    long.read(chunk({}, 'length'));
    expect(long.reader.end()).toBeNull();
  });
});
