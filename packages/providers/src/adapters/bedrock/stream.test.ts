import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { framerFor } from '../../framing/index.js';
import { awsMessage, type AwsMessage } from '../../testing/aws-messages.js';
import { readFixture } from '../../testing/provider-fixture.js';
import { streamBytes } from '../../testing/stream-bytes.js';
import { parseConverse } from './response.js';
import { ConverseDecoder } from './stream.js';

const CLAUDE = { id: 'a1', model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' };
const event = (name: string, payload: object): AwsMessage => ({ event: name, data: JSON.stringify(payload) });
const START = event('messageStart', { role: 'assistant' });
const delta = (contentBlockIndex: number, change: object) =>
  event('contentBlockDelta', { contentBlockIndex, delta: change });
const STOP = event('messageStop', { stopReason: 'end_turn' });

function play(messages: readonly AwsMessage[], names = CLAUDE) {
  return playBytes(Buffer.concat(messages.map(awsMessage)), names);
}
function playBytes(bytes: Buffer, names = CLAUDE) {
  const framer = framerFor('aws-event-stream');
  const decoder = new ConverseDecoder(names);
  const events = framer.push(bytes).flatMap((frame) => [...decoder.push(frame)]);
  return { events, decoder, end: () => decoder.end() };
}

describe('a stream of Converse', () => {
  it('is named by whoever asked, since nothing in it says so', () => {
    expect(play([START]).events).toEqual([{ type: 'start', ...CLAUDE, createdSeconds: null }]);
  });

  it('is whole with its stop, and over with the metadata behind it', () => {
    const { decoder, end } = play([START, delta(0, { text: 'Hi' }), STOP]);
    expect([decoder.finished, decoder.terminated, end()]).toEqual([true, false, null]);
    const usage = { inputTokens: 3, outputTokens: 1, totalTokens: 4 };
    const over = play([START, delta(0, { text: 'Hi' }), STOP, event('metadata', { usage })]);
    expect([over.decoder.terminated, over.decoder.usage]).toEqual([
      true,
      { 'input.text': 3, 'output.text': 1 },
    ]);
  });

  it.each([
    ['throttlingException', 'Too many', 'rate_limited'],
    ['modelStreamErrorException', 'Broken', 'server_error'],
    ['internalServerException', 'Sorry', 'server_error'],
    ['serviceUnavailableException', 'Busy', 'overloaded'],
    ['modelTimeoutException', 'Slow', 'timeout'],
    ['validationException', 'Input is too long for requested model.', 'context_length'],
    ['validationException', 'Bad field', 'invalid_request'],
    ['brandNewException', 'What', 'server_error'],
  ])('fails with %s (%s) as %s, and says nothing after it', (exception, message, outcome) => {
    const { events, end } = play([
      START,
      delta(0, { text: 'Hi' }),
      { exception, data: JSON.stringify({ message }) },
      delta(0, { text: 'more' }),
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'error', failure: { outcome, message } });
    expect(end()).toMatchObject({ outcome, statusCode: null });
  });

  it('fails with an unmodelled error of the framing', () => {
    expect(play([START, { error: 'InternalFailure', message: 'Sorry' }]).end()).toMatchObject({
      outcome: 'server_error',
      providerCode: 'InternalFailure',
    });
  });

  it('tells no account in its failures', () => {
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/mine';
    const data = JSON.stringify({ message: `No access to ${arn}.` });
    expect(play([START, { exception: 'validationException', data }]).end()?.message).not.toMatch(/1234|mine/);
  });

  it("gives Claude's sealed thinking out as Claude writes it, however it is cut", () => {
    const data = 'EqRedacted==';
    const pieces = [data.slice(0, 5), data.slice(5)].map((piece) =>
      delta(0, { reasoningContent: { redactedContent: Buffer.from(piece).toString('base64') } }),
    );
    const { events } = play([START, ...pieces, event('contentBlockStop', { contentBlockIndex: 0 }), STOP]);
    expect(events).toContainEqual({
      type: 'reasoning_encrypted',
      choice: 0,
      index: 0,
      data,
      format: 'anthropic-claude-v1',
      id: null,
    });
  });

  it('names the maker of what is signed', () => {
    const names = { id: 'a1', model: 'us.deepseek.r1-v1:0' };
    const { events } = play([START, delta(0, { reasoningContent: { signature: 'c2ln' } })], names);
    expect(events.at(-1)).toMatchObject({ signature: 'c2ln', format: 'amazon-bedrock-deepseek-v1' });
  });

  it('puts a picture together that comes in pieces', () => {
    const piece = (bytes: string) => delta(0, { image: { source: { bytes } } });
    const { events } = play([
      START,
      event('contentBlockStart', { contentBlockIndex: 0, start: { image: { format: 'jpeg' } } }),
      piece(Buffer.from('pict').toString('base64')),
      piece(Buffer.from('ure').toString('base64')),
      event('contentBlockStop', { contentBlockIndex: 0 }),
      STOP,
    ]);
    const url = `data:image/jpeg;base64,${Buffer.from('picture').toString('base64')}`;
    expect(events.slice(1, -1)).toEqual([{ type: 'image', choice: 0, url }]);
  });

  it("tells where in the client's own sources words come from, and pictures that came whole", () => {
    const inDocument = { documentChunk: { documentIndex: 2, start: 0, end: 3 } };
    const citation = { title: 'D', source: 'x', sourceContent: [{ text: 'words' }], location: inDocument };
    const inResult = { searchResultLocation: { searchResultIndex: 1, start: 0, end: 1 } };
    const said = [
      {
        ...{ type: 'source_citation', source_id: null, title: 'D', cited_text: 'words', source_index: 2 },
        location: { unit: 'block', start: 0, end: 3 },
        ...{ start_index: 0, end_index: 3 },
      },
      {
        ...{ type: 'source_citation', source_id: 'x', title: 'D', cited_text: 'words', source_index: 1 },
        location: { unit: 'block', start: 0, end: 1 },
        ...{ start_index: 0, end_index: 3 },
      },
    ];
    const { events } = play([
      START,
      delta(0, { text: 'So.' }),
      delta(0, { citation }),
      delta(0, { citation: { ...citation, location: inResult } }),
      delta(0, { citation: { location: { elsewhere: {} } } }),
      event('contentBlockStop', { contentBlockIndex: 0 }),
    ]);
    expect(events.slice(2)).toEqual([
      ...said.map((one) => ({ type: 'citation', choice: 0, citation: one })),
      { type: 'left_out', choice: 0, what: 'citations' },
    ]);
    const content = [
      { citationsContent: { content: [{ text: 'So.' }], citations: [citation] } },
      { image: { format: 'png', source: { bytes: 'iVBORw==' } } },
      { toolResult: { toolUseId: 's', type: 'nova_code_interpreter_result' } },
    ];
    const body = { output: { message: { role: 'assistant', content } }, stopReason: 'end_turn' };
    expect(parseConverse(JSON.stringify(body), CLAUDE)).toMatchObject({
      leftOut: ['server_tools'],
      answer: {
        choices: [
          {
            message: {
              content: 'So.',
              citations: [said[0]],
              images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==' } }],
            },
          },
        ],
      },
    });
  });

  it("tells that Amazon's own tools were at work, and citations of the web", () => {
    const { events } = play([
      START,
      event('contentBlockStart', {
        contentBlockIndex: 0,
        start: { toolUse: { toolUseId: 't', name: 'nova_grounding', type: 'server_tool_use' } },
      }),
      delta(0, { toolUse: { input: '{}' } }),
      delta(1, { text: 'So' }),
      delta(1, { citation: { title: 'T', location: { web: { url: 'https://x.example', domain: 'x' } } } }),
      STOP,
    ]);
    expect(events.map(({ type }) => type)).toEqual(['start', 'server_tool', 'text', 'annotation', 'finish']);
  });

  it.each([undefined, null, 'tool_use'])('is the client’s to run where the type of a call is %j', (type) => {
    const { events } = play([
      START,
      event('contentBlockStart', {
        contentBlockIndex: 0,
        start: { toolUse: { toolUseId: 't', name: 'look_up', type } },
      }),
      delta(0, { toolUse: { input: '{}' } }),
      event('messageStop', { stopReason: 'tool_use' }),
    ]);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'tool_call_start', id: 't', name: 'look_up' }),
    );
    const content = [{ toolUse: { toolUseId: 't', name: 'look_up', input: { a: 1 }, type } }];
    const body = { output: { message: { role: 'assistant', content } }, stopReason: 'tool_use' };
    expect(parseConverse(JSON.stringify(body), CLAUDE)).toMatchObject({
      leftOut: [],
      answer: { choices: [{ message: { tool_calls: [{ id: 't', function: { arguments: '{"a":1}' } }] } }] },
    });
  });

  it.each([
    ['a call that has not begun', [START, delta(0, { toolUse: { input: '{' } })]],
    ['content before the start', [delta(0, { text: 'Hi' })]],
    ['a model that wrote nonsense', [START, event('messageStop', { stopReason: 'malformed_tool_use' })]],
    ['a payload that is not JSON', [START, { event: 'contentBlockDelta', data: '{' }]],
  ])('is malformed with %s', (_, messages) => {
    expect(play(messages).end()?.outcome).toBe('malformed');
  });

  const fixture = readFixture('bedrock').stream;
  const whole = streamBytes(fixture.frames, 'aws-event-stream');
  const stop = awsMessage({ event: 'messageStop', data: '{"stopReason":"tool_use"}' });
  const finished = whole.indexOf(stop) + stop.length;

  it('cut at any byte before its stop is never a clean end', () => {
    const framer = framerFor('aws-event-stream');
    const decoder = new ConverseDecoder(CLAUDE);
    for (let length = 1; length <= finished; length += 1) {
      for (const frame of framer.push(whole.subarray(length - 1, length))) decoder.push(frame);
      // What has not finished ends as truncated.
      expect(decoder.finished).toBe(length === finished);
    }
    expect(playBytes(whole.subarray(0, finished - 1)).end()?.outcome).toBe('truncated');
    expect(playBytes(whole.subarray(0, finished)).end()).toBeNull();
  });

  it('with any bit flipped is an error', () => {
    fc.assert(
      fc.property(fc.nat({ max: whole.length * 8 - 1 }), (bit) => {
        const flipped = Buffer.from(whole);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => playBytes(flipped)).toThrow(/checksum/);
      }),
      { numRuns: 300 },
    );
  });
});
