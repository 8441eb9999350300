import { describe, expect, it } from '@jest/globals';
import type { ChatEvent } from '@trunkline/contracts';
import { framesOf } from '../testing/play-stream.js';
import { unlawful } from '../testing/lawful-events.js';
import { parseGenerated } from './response.js';
import { GeminiDecoder } from './stream.js';

const chunk = (functionCalls: unknown[], more: Record<string, unknown> = {}) => ({
  candidates: [{ content: { parts: functionCalls.map((functionCall) => ({ functionCall })) }, ...more }],
  responseId: 'r1',
});
const piece = (...partialArgs: unknown[]) => chunk([{ partialArgs, willContinue: true }]);
const begin = (name: string) => chunk([{ name, willContinue: true }]);
const end = chunk([{}]);
const stop = chunk([], { finishReason: 'STOP' });

function play(chunks: readonly unknown[]) {
  const decoder = new GeminiDecoder({ choices: 1 });
  const bytes = Buffer.from(chunks.map((value) => `data: ${JSON.stringify(value)}\n\n`).join(''));
  const events = framesOf([bytes]).flatMap((frame) => decoder.push(frame));
  expect(unlawful(events)).toBeNull();
  return { calls: callsOf(events), pieces: events.filter(isArguments).length, failure: decoder.end() };
}

const isArguments = ({ type }: ChatEvent) => type === 'tool_call_arguments';

function callsOf(events: readonly ChatEvent[]) {
  const calls: { name: string; args: string }[] = [];
  for (const event of events) {
    if (event.type === 'tool_call_start') calls[event.index] = { name: event.name, args: '' };
    const call = event.type === 'tool_call_arguments' ? calls[event.index] : undefined;
    if (call && event.type === 'tool_call_arguments') call.args += event.text;
  }
  return calls;
}

const order = [
  begin('order'),
  piece({ jsonPath: '$.items[0].name', stringValue: 'Te', willContinue: true }),
  piece({ jsonPath: '$.items[0].name', stringValue: 'a "green"\n', willContinue: true }),
  piece({ jsonPath: '$.items[0].name', stringValue: '' }, { jsonPath: '$.items[0].count', numberValue: 2.5 }),
  chunk([{ willContinue: true }]),
  piece({ jsonPath: '$.items[1].name', stringValue: 'Milk' }, { jsonPath: '$.paid', boolValue: false }),
  piece({ jsonPath: "$['a note']", nullValue: 'NULL_VALUE' }, { jsonPath: '$.__proto__', stringValue: 'x' }),
];
const ordered =
  '{"items":[{"name":"Tea \\"green\\"\\n","count":2.5},{"name":"Milk"}],"paid":false,"a note":null,"__proto__":"x"}';

describe('a call of Gemini that comes in pieces', () => {
  it('is one call, whose arguments are told as they come', () => {
    const { calls, pieces, failure } = play([...order, end, stop]);
    expect(calls).toEqual([{ name: 'order', args: ordered }]);
    expect(pieces).toBeGreaterThan(6);
    expect(failure).toBeNull();
  });

  it('stands beside calls that come whole, and beside those without arguments', () => {
    const whole = chunk([{ name: 'look' }, { name: 'look', args: { at: 1 } }]);
    const { calls, failure } = play([
      whole,
      begin('rest'),
      end,
      begin('order'),
      ...order.slice(1),
      end,
      stop,
    ]);
    expect(calls).toEqual([
      { name: 'look', args: '{}' },
      { name: 'look', args: '{"at":1}' },
      { name: 'rest', args: '{}' },
      { name: 'order', args: ordered },
    ]);
    expect(failure).toBeNull();
  });

  it('ends with a piece that does not go on, whether or not an empty one follows', () => {
    const last = chunk([{ partialArgs: [{ jsonPath: '$.a', numberValue: 1 }] }]);
    for (const rest of [[], [end]])
      expect(play([begin('a'), last, ...rest, stop])).toMatchObject({
        calls: [{ name: 'a', args: '{"a":1}' }],
        failure: null,
      });
  });

  it('has ended where the next one begins, though not within a string', () => {
    const next = chunk([{ name: 'b', args: {} }]);
    const told = play([begin('a'), piece({ jsonPath: '$.a', stringValue: 'x' }), next, stop]);
    expect(told.calls).toEqual([
      { name: 'a', args: '{"a":"x"}' },
      { name: 'b', args: '{}' },
    ]);
    const within = piece({ jsonPath: '$.a', stringValue: 'x', willContinue: true });
    expect(play([begin('a'), within, next, stop]).failure?.outcome).toBe('malformed');
  });

  it('is no answer without its end, unless a limit took that', () => {
    expect(play([...order]).failure?.outcome).toBe('truncated');
    expect(play([...order, stop]).failure?.outcome).toBe('malformed');
    expect(play([...order, chunk([], { finishReason: 'MAX_TOKENS' })]).failure).toBeNull();
  });

  it.each([
    ['without a beginning', [piece({ jsonPath: '$.a', numberValue: 1 })]],
    ['without a path', [begin('a'), piece({ numberValue: 1 })]],
    ['with a path to many', [begin('a'), piece({ jsonPath: '$.a[*]', numberValue: 1 })]],
    ['with a path to all', [begin('a'), piece({ jsonPath: '$', numberValue: 1 })]],
    ['without a value', [begin('a'), piece({ jsonPath: '$.a' })]],
    ['with a gap in a list', [begin('a'), piece({ jsonPath: '$.a[900000000]', numberValue: 1 })]],
    [
      'that says a value again',
      [begin('a'), piece({ jsonPath: '$.a', numberValue: 1 }, { jsonPath: '$.a', numberValue: 2 })],
    ],
    [
      'that goes back to what is closed',
      [
        begin('a'),
        piece(
          { jsonPath: '$.a.b', numberValue: 1 },
          { jsonPath: '$.c', numberValue: 2 },
          { jsonPath: '$.a.d', numberValue: 3 },
        ),
      ],
    ],
  ])('is malformed %s', (_, chunks) => {
    expect(play([...chunks, end, stop]).failure?.outcome).toBe('malformed');
  });

  it('keeps its id and its signature', () => {
    const decoder = new GeminiDecoder({ choices: 1 });
    const first = { functionCall: { id: 'own', name: 'a', willContinue: true }, thoughtSignature: 's1' };
    const values = [{ candidates: [{ content: { parts: [first] } }] }, end, stop];
    const events = values.flatMap((value) => decoder.push({ data: JSON.stringify(value) } as never));
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'reasoning_encrypted', data: 's1', id: 'own' }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ id: 'own', extraContent: { google: { thought_signature: 's1' } } }),
    );
  });

  it('is read the same in a list of chunks', () => {
    expect(parseGenerated(JSON.stringify([...order, end, stop]))).toMatchObject({
      finishReason: 'tool_calls',
      answer: {
        choices: [{ message: { tool_calls: [{ function: { name: 'order', arguments: ordered } }] } }],
      },
    });
    expect(parseGenerated(JSON.stringify(order))).toMatchObject({ failure: { outcome: 'malformed' } });
    expect(parseGenerated(JSON.stringify([...order, stop]))).toMatchObject({
      failure: { outcome: 'malformed' },
    });
  });
});
