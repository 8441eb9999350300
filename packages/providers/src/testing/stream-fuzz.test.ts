import { describe, expect, it } from '@jest/globals';
import type { ChatEvent, UpstreamFailure } from '@trunkline/contracts';
import fc from 'fast-check';
import { framerFor, type SseEvent } from '../framing/index.js';
import type { ChatAdapter } from '../types.js';
import { answerSchema } from './answer-schema.js';
import { awsMessage } from './aws-messages.js';
import { unlawful } from './lawful-events.js';
import { readFixture } from './provider-fixture.js';
import { cutAt } from './split-bytes.js';
import { streamBytes } from './stream-bytes.js';
import { ENDING, WAYS_TO_CHAT } from './ways-to-chat.js';

/** What every decoder must keep of whatever comes: found by changing the example streams of the registry. */

const changeArbitrary = fc.record({
  frame: fc.nat(),
  path: fc.nat(),
  value: fc.oneof(
    fc.constantFrom(
      ...[null, -1, 0, 3.5, 1e300, '', 'x', true, [], {}, [null], { index: 7 }, { toString: 1 }],
    ),
    fc.nat(),
    fc.jsonValue({ maxDepth: 2 }),
  ),
});

interface Decoded {
  events: ChatEvent[];
  failure: UpstreamFailure | 'unframed' | null;
}

function decode(chat: ChatAdapter, pieces: readonly Buffer[]): Decoded {
  const decoder = chat.decoder({ choices: 1 });
  const events: ChatEvent[] = [];
  let frames: SseEvent[];
  try {
    const framer = framerFor(chat.framing);
    frames = pieces.flatMap((piece) => framer.push(piece));
    frames.push(...framer.end());
  } catch {
    // A broken frame of a binary framing; whoever reads the bytes takes it for a malformed answer.
    return { events, failure: 'unframed' };
  }
  for (const frame of frames) events.push(...decoder.push(frame));
  return { events, failure: decoder.end() };
}

/** The same through the reader of frames that pass as they are. @returns what it ended with; undefined if there is none */
function follow(chat: ChatAdapter, bytes: Buffer): UpstreamFailure | null | undefined {
  const reader = chat.passthroughReader?.({ choices: 1 });
  if (!reader) return undefined;
  const framer = framerFor(chat.framing);
  for (const frame of [...framer.push(bytes), ...framer.end()]) reader.read(frame);
  return reader.end();
}

describe.each(WAYS_TO_CHAT)('the stream of %s', (id, _adapter, chat) => {
  const { frames } = readFixture(id).stream;
  const bytes = streamBytes(frames, chat.framing);
  const whole = decode(chat, [bytes]);

  it('keeps the order that its events promise', () => {
    expect(unlawful(whole.events)).toBeNull();
    expect(whole.failure).toBeNull();
  });

  it('gives the very same events however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: bytes.length }), { maxLength: 40 }), (cuts) => {
        expect(decode(chat, cutAt(bytes, cuts))).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });

  it('is no clean end wherever before its end it breaks off', () => {
    const end = bytes.lastIndexOf(ENDING[chat.protocol]);
    // Every byte of the last frames, where a mistake would be, and every seventh before them.
    const tail = Math.max(0, end - 300);
    for (let length = 0; length < end; length += length < tail ? 7 : 1) {
      const cut = Buffer.from(bytes.subarray(0, length));
      const { events, failure } = decode(chat, [cut]);
      expect([length, failure]).not.toEqual([length, null]);
      expect([length, unlawful(events)]).toEqual([length, null]);
      expect([length, follow(chat, cut)]).not.toEqual([length, null]);
    }
  });

  it('with flipped bytes is read or fails, and never falls over', () => {
    const flip = fc.record({ at: fc.nat({ max: bytes.length - 1 }), to: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(fc.array(flip, { minLength: 1, maxLength: 4 }), (flips) => {
        const flipped = Buffer.from(bytes);
        for (const { at, to } of flips) flipped[at] = to;
        expect(unlawful(decode(chat, [flipped]).events)).toBeNull();
        follow(chat, flipped);
      }),
      { numRuns: 60 },
    );
  });

  it('with other values in its frames is read or fails, and never falls over', () => {
    const parsed = frames.map((frame) => jsonOf(frame));
    fc.assert(
      fc.property(fc.array(changeArbitrary, { minLength: 1, maxLength: 3 }), (changes) => {
        const changed = structuredClone(parsed);
        for (const { frame, path, value } of changes) changeOne(changed[frame % changed.length], path, value);
        const pieces = changed.map((value) => framed(value, chat));
        expect(unlawful(decode(chat, pieces).events)).toBeNull();
        follow(chat, Buffer.concat(pieces));
      }),
      { numRuns: 150 },
    );
  });

  it('has a whole answer beside it that is read or fails, whatever its values are', () => {
    const { body } = readFixture(id).answer;
    fc.assert(
      fc.property(fc.array(changeArbitrary, { minLength: 1, maxLength: 3 }), (changes) => {
        const changed = { event: null, value: structuredClone(body) };
        for (const { path, value } of changes) changeOne(changed, path, value);
        const parsed = chat.parseAnswer(JSON.stringify(changed.value));
        if (parsed.kind === 'failed') return;
        // What nobody knows passes, Perplexity's own list too; what clients of OpenAI know has its type.
        const { citations: _citations, ...answer } = parsed.answer;
        const issues = answerSchema.safeParse(answer).error?.issues ?? [];
        expect(issues.filter(({ code }) => code !== 'unrecognized_keys')).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('with frames that come twice, not at all or in another order is read or fails', () => {
    const parsed = frames.map((frame) => jsonOf(frame));
    const order = fc.array(fc.nat({ max: parsed.length - 1 }), { maxLength: parsed.length + 3 });
    fc.assert(
      fc.property(order, (places) => {
        const pieces = places.map((place) => framed(parsed[place], chat));
        expect(unlawful(decode(chat, pieces).events)).toBeNull();
        follow(chat, Buffer.concat(pieces));
      }),
      { numRuns: 60 },
    );
  });
});

interface Parsed {
  event: string | null;
  value: unknown;
}

/** A frame of an example: `event:` and `data:` lines, or a name and JSON in a line of a binary framing. */
function jsonOf(frame: string): Parsed {
  const event = /^event: ?(.*)$/m.exec(frame)?.[1] ?? null;
  if (event === null && /^\w+ \{/.test(frame)) {
    const blank = frame.indexOf(' ');
    return { event: frame.slice(0, blank), value: JSON.parse(frame.slice(blank + 1)) as unknown };
  }
  const data = /^data: ?(.*)$/m.exec(frame)?.[1] ?? frame;
  try {
    return { event, value: JSON.parse(data) as unknown };
  } catch {
    return { event, value: data };
  }
}

function framed({ event, value }: Parsed = { event: null, value: null }, chat: ChatAdapter): Buffer {
  if (chat.framing === 'aws-event-stream')
    return awsMessage({ event: event ?? '', data: JSON.stringify(value) });
  const data = typeof value === 'string' ? value : JSON.stringify(value);
  return Buffer.from(`${event === null ? '' : `event: ${event}\n`}data: ${data}\n\n`);
}

/** Puts a value in one place of a frame, chosen by number among all its members. */
function changeOne(parsed: Parsed | undefined, choice: number, value: unknown): void {
  const places: [Record<string, unknown>, string][] = [];
  const walk = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return;
    for (const key of Object.keys(node)) {
      places.push([node as Record<string, unknown>, key]);
      walk((node as Record<string, unknown>)[key]);
    }
  };
  walk(parsed?.value);
  const [parent, key] = places[choice % Math.max(1, places.length)] ?? [];
  if (parent && key !== undefined) parent[key] = structuredClone(value);
}
