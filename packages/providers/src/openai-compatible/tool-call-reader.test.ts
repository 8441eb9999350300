import { describe, expect, it } from '@jest/globals';
import { ToolCallReader } from './tool-call-reader.js';

interface Delta {
  index?: unknown;
  id?: string;
  type?: string;
  function?: { name?: string; arguments?: string };
  custom?: { name?: string; input?: string };
}

interface Call {
  id: string;
  name: string;
  text: string;
}

/** What a client has that adds deltas up as OpenAI's SDKs do: by index, strings behind each other. */
function added(frames: Delta[][]): Call[] {
  const reader = new ToolCallReader(
    () => 'call',
    () => undefined,
  );
  const calls: Call[] = [];
  const read = frames.map((deltas) => reader.read(structuredClone(deltas))?.deltas ?? []);
  for (const delta of [...read, reader.end(false)].flat() as Required<Delta>[]) {
    const index = delta.index as number;
    expect(index).toBeLessThanOrEqual(calls.length);
    calls[index] ??= { id: '', name: '', text: '' };
    const call = calls[index];
    call.id += delta.id ?? '';
    call.name += (delta.custom ?? delta.function).name ?? '';
    call.text += delta.custom?.input ?? delta.function?.arguments ?? '';
  }
  expect(reader.hasNamelessCall).toBe(false);
  return calls;
}

const of = (name: string | undefined, args: string | undefined, more: Delta = {}): Delta => ({
  ...more,
  function: { ...(name === undefined ? {} : { name }), ...(args === undefined ? {} : { arguments: args }) },
});

const TWO = [
  { id: 'a', name: 'one', text: '{"x":1}' },
  { id: 'b', name: 'two', text: '{"y":2}' },
];

describe('telling the calls of a stream apart', () => {
  it.each<[string, Delta[][]]>([
    [
      'by index, whatever the order',
      [
        [of('one', '', { index: 0, id: 'a' }), of('two', '', { index: 1, id: 'b' })],
        [of(undefined, '{"y"', { index: 1 })],
        [of(undefined, '{"x":', { index: 0 })],
        [of(undefined, ':2}', { index: 1 }), of(undefined, '1}', { index: 0 })],
      ],
    ],
    [
      'by id where none has an index',
      [
        [of('one', '', { id: 'a' })],
        [of('two', '', { id: 'b' })],
        [of(undefined, '{"x":1}', { id: 'a' })],
        [of(undefined, '{"y":2}', { id: 'b' })],
      ],
    ],
    [
      'by their beginnings where what follows has neither',
      [
        [of('one', '', { id: 'a' })],
        [of(undefined, '{"x":1}')],
        [of('two', '', { id: 'b' })],
        [of(undefined, '{"y":2}')],
      ],
    ],
    [
      'where all have the same index',
      [[of('one', '{"x":1}', { index: 0, id: 'a' })], [of('two', '{"y":2}', { index: 0, id: 'b' })]],
    ],
    [
      'where all have the same index and stand in one frame, in pieces',
      [
        [of('one', '{"x":1}', { index: 0, id: 'a' }), of('two', '{"y"', { index: 0, id: 'b' })],
        [of(undefined, ':2}', { index: 0 })],
      ],
    ],
    [
      'where indexes begin above zero and have gaps',
      [[of('one', '{"x":1}', { index: 1, id: 'a' })], [of('two', '{"y":2}', { index: 3, id: 'b' })]],
    ],
    [
      'where id and name come with every delta, and the id is another one each time',
      [
        [of('one', '', { index: 0, id: 'a' })],
        [of('one', '{"x"', { index: 0, id: 'a2' })],
        [of(undefined, ':1}', { index: 0, id: 'a3' })],
        [of('two', '{"y":2}', { index: 1, id: 'b' })],
        [of('two', '', { index: 1, id: 'b' })],
      ],
    ],
    [
      'where the rest of a call has a number that nobody opened',
      [
        [of('one', '{"x":1}', { index: 0, id: 'a' })],
        [of('two', '{"y"', { index: 1, id: 'b' })],
        [of(undefined, ':2}', { index: 2 })],
      ],
    ],
    [
      'where the name comes after the first delta, or after arguments',
      [
        [{ index: 0, id: 'a', type: 'function' }],
        [of('one', '{"x":1}', { index: 0 })],
        [of('', '{"y"', { index: 1, id: 'b' })],
        [of('two', ':2}', { index: 1, id: '' })],
      ],
    ],
    [
      'where the whole comes once more at the end',
      [
        [of('one', '{"x":', { index: 0, id: 'a' })],
        [of(undefined, '1}', { index: 0 })],
        [of('two', '{"y":2}', { index: 1, id: 'b' })],
        [of('one', '{"x":1}', { index: 0, id: 'a' }), of('two', '{"y":2}', { index: 1, id: 'b' })],
      ],
    ],
    [
      'where arguments begin with an empty object and come after it',
      [
        [of('one', '{}', { index: 0, id: 'a' })],
        [of(undefined, '{"x":1}', { index: 0 })],
        [of('two', '{}', { index: 1, id: 'b' })],
        [of('two', '{"y":2}', { index: 1, id: 'b' })],
      ],
    ],
  ])('%s', (_name, frames) => {
    expect(added(frames)).toEqual(TWO);
  });

  it('gives calls without an id one, and each of two with the same id its own', () => {
    const nameless = added([
      [of('one', '{"x":1}', { index: 0, id: '' })],
      [of('one', '{"x":2}', { index: 0 })],
    ]);
    expect(nameless).toEqual([
      { id: 'call_0', name: 'one', text: '{"x":1}' },
      { id: 'call_1', name: 'one', text: '{"x":2}' },
    ]);
    const same = added([[of('one', '{}', { index: 0, id: 'a' })], [of('two', '{}', { index: 1, id: 'a' })]]);
    expect(same.map(({ id }) => id)).toEqual(['a', 'a_1']);
  });

  it('lets a name come in pieces, as long as there are no arguments', () => {
    const calls = added([
      [of('get_', '', { index: 0, id: 'a' })],
      [of('weather', '', { index: 0 })],
      [of(undefined, '{"x":1}', { index: 0 })],
    ]);
    expect(calls).toEqual([{ id: 'a', name: 'get_weather', text: '{"x":1}' }]);
  });

  it.each(['{}', '', undefined])('makes an empty object of arguments that are %j', (text) => {
    expect(added([[of('one', text, { index: 0, id: 'a' })]])).toEqual([{ id: 'a', name: 'one', text: '{}' }]);
  });

  it('makes up no arguments where a limit cut them off', () => {
    const reader = new ToolCallReader(
      () => 'call',
      () => undefined,
    );
    reader.read([of('one', '', { index: 0, id: 'a' })]);
    expect(reader.end(true)).toEqual([]);
  });

  it('tells custom calls apart by their ids', () => {
    const calls = added([
      [{ index: 0, id: 'a', type: 'custom', custom: { name: 'patch', input: '{}' } }],
      [{ index: 0, custom: { input: ' more' } }],
      [{ index: 0, id: 'b', type: 'custom', custom: { name: 'patch', input: 'x' } }],
    ]);
    expect(calls).toEqual([
      { id: 'a', name: 'patch', text: '{} more' },
      { id: 'b', name: 'patch', text: 'x' },
    ]);
  });

  it('changes nothing of a stream such as OpenAI sends', () => {
    const reader = new ToolCallReader(
      () => 'call',
      () => undefined,
    );
    const frames = [
      [{ index: 0, id: 'a', type: 'function', function: { name: 'one', arguments: '' } }],
      [{ index: 0, function: { arguments: '{"x"' } }],
      [{ index: 0, function: { arguments: ':1}' } }],
      [{ index: 1, id: 'b', type: 'function', function: { name: 'one', arguments: '' } }],
      [{ index: 1, function: { arguments: '{"x":1}' } }],
    ];
    for (const deltas of frames) expect(reader.read(deltas)).toEqual({ deltas, isChanged: false });
    expect(reader.end(false)).toEqual([]);
  });

  it('says that a call never said of what', () => {
    const reader = new ToolCallReader(
      () => 'call',
      () => undefined,
    );
    expect(reader.read([of(undefined, '{}', { index: 0, id: 'a' })])).toEqual({
      deltas: [],
      isChanged: true,
    });
    expect(reader.hasNamelessCall).toBe(true);
    expect(reader.read([5])).toBeNull();
  });
});
