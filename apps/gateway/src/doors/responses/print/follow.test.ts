import { describe, expect, it } from '@jest/globals';
import { readCarriedState } from '@trunkline/contracts';
import { adapterOf, SseFramer, type ChatAdapter } from '@trunkline/providers';
import fc from 'fast-check';
import { FollowSource } from '../../../streaming/follow-source.js';
import type { StreamPiece } from '../../../streaming/stream-piece.js';
import { framesOf, orderProblems } from '../testing/read-response-stream.js';
import { sketchFacts } from '../testing/sketch-facts.js';
import type { WholeAnswer } from '../../chat-door.js';
import { wholeResponse } from './print-whole.js';
import { ResponsesPrinter } from './responses-printer.js';

const OUTPUT = [
  {
    id: 'rs_1',
    type: 'reasoning',
    summary: [{ type: 'summary_text', text: 'hm' }],
    encrypted_content: 'gAAA',
  },
  { id: 'ws_1', type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'x' } },
  {
    id: 'msg_1',
    type: 'message',
    status: 'completed',
    role: 'assistant',
    content: [
      {
        type: 'output_text',
        text: 'Héllo',
        annotations: [
          { type: 'url_citation', url: 'https://e.com', title: 'E', start_index: 0, end_index: 2 },
        ],
        logprobs: [],
      },
    ],
  },
  {
    id: 'fc_1',
    type: 'function_call',
    status: 'completed',
    call_id: 'call_1',
    name: 'f',
    arguments: '{"a":1}',
  },
] as const;

/** What OpenAI sends for it, with a provider's account in it and letters in two places. */
function nativeStream(): string {
  const [reasoning, search, message, call] = OUTPUT;
  const [part] = message.content;
  const head = {
    id: 'resp_1',
    object: 'response',
    created_at: 5,
    model: 'gpt-5',
    billing: { payer: 'us' },
    store: false,
  };
  const of = (item: { id: string }, index: number) => ({ item_id: item.id, output_index: index });
  const frames: [string, object][] = [
    ['response.created', { response: { ...head, status: 'in_progress', output: [] } }],
    ['response.in_progress', { response: { ...head, status: 'in_progress', output: [] } }],
    [
      'response.output_item.added',
      { output_index: 0, item: { ...reasoning, summary: [], encrypted_content: '' } },
    ],
    [
      'response.reasoning_summary_part.added',
      { ...of(reasoning, 0), summary_index: 0, part: { type: 'summary_text', text: '' } },
    ],
    [
      'response.reasoning_summary_text.delta',
      { ...of(reasoning, 0), summary_index: 0, delta: 'hm', obfuscation: 'x' },
    ],
    ['response.reasoning_summary_text.done', { ...of(reasoning, 0), summary_index: 0, text: 'hm' }],
    [
      'response.reasoning_summary_part.done',
      { ...of(reasoning, 0), summary_index: 0, part: reasoning.summary[0] },
    ],
    ['response.output_item.done', { output_index: 0, item: reasoning }],
    ['response.output_item.added', { output_index: 1, item: { ...search, status: 'in_progress' } }],
    ['response.web_search_call.searching', of(search, 1)],
    ['response.output_item.done', { output_index: 1, item: search }],
    [
      'response.output_item.added',
      { output_index: 2, item: { ...message, status: 'in_progress', content: [] } },
    ],
    [
      'response.content_part.added',
      { ...of(message, 2), content_index: 0, part: { ...part, text: '', annotations: [] } },
    ],
    ['response.output_text.delta', { ...of(message, 2), content_index: 0, delta: 'Hé', logprobs: [] }],
    ['response.output_text.delta', { ...of(message, 2), content_index: 0, delta: 'llo', logprobs: [] }],
    [
      'response.output_text.annotation.added',
      { ...of(message, 2), content_index: 0, annotation_index: 0, annotation: part.annotations[0] },
    ],
    ['response.output_text.done', { ...of(message, 2), content_index: 0, text: 'Héllo', logprobs: [] }],
    ['response.content_part.done', { ...of(message, 2), content_index: 0, part }],
    ['response.output_item.done', { output_index: 2, item: message }],
    [
      'response.output_item.added',
      { output_index: 3, item: { ...call, status: 'in_progress', arguments: '' } },
    ],
    ['response.function_call_arguments.delta', { ...of(call, 3), delta: '{"a":1}' }],
    ['response.function_call_arguments.done', { ...of(call, 3), arguments: '{"a":1}' }],
    ['response.output_item.done', { output_index: 3, item: call }],
    [
      'response.completed',
      {
        response: {
          ...head,
          status: 'completed',
          output: OUTPUT,
          usage: { input_tokens: 3, output_tokens: 4 },
        },
      },
    ],
  ];
  return frames
    .map(
      ([type, rest], i) =>
        `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: i, ...rest })}\n\n`,
    )
    .join('');
}

/** What of a stream reaches the client, up to the closing frames. */
function follow(
  stream: Uint8Array[],
  provider: string,
): { sent: string; passed: string; source: FollowSource } {
  const chat = adapterOf(provider)?.chatVia?.responses as ChatAdapter;
  let count = 0;
  const printer = new ResponsesPrinter({
    echo: {},
    own: { store: true, previous_response_id: 'resp_0', metadata: { a: 'b' } },
    names: { id: 'own', model: 'm', createdSeconds: 1 },
    toolNames: { custom: new Set(), grouped: new Map(), hosted: new Map() },
    newId: (prefix) => `${prefix}_own${(count += 1)}`,
    onAnswer: () => {},
  });
  const source = new FollowSource(chat.decoder({ choices: 1 }), printer);
  const framer = new SseFramer();
  const pieces: StreamPiece[] = [];
  for (const bytes of stream) for (const frame of framer.push(Buffer.from(bytes))) source.read(frame, pieces);
  let passed = '';
  const sent = pieces.map((piece) => {
    if (piece.kind === 'text') return piece.text;
    const text = piece.source.subarray(piece.start, piece.end).toString('utf8');
    passed += text;
    return text;
  });
  return { sent: sent.join(''), passed, source };
}

const native = Buffer.from(nativeStream());

describe('a stream of an upstream that speaks Responses', () => {
  it('passes byte for byte, but for what is ours to say', () => {
    const { sent, passed, source } = follow([native], 'openai');
    const frames = framesOf(sent + source.printer.close(sketchFacts({ id: 'resp_1' })));
    expect(orderProblems(frames)).toEqual([]);
    const own = ['response.created', 'response.in_progress', 'response.completed'];
    const untouched = nativeStream()
      .split(/(?<=\n\n)/)
      .filter((frame) => !own.includes(/^event: (.*)$/m.exec(frame)?.[1] ?? ''));
    expect(passed).toBe(untouched.join(''));
    expect(frames[0]?.response).toMatchObject({ id: 'resp_1', store: true, metadata: { a: 'b' } });
    expect(frames[0]?.response).not.toHaveProperty('billing');
    expect(frames.at(-1)?.response).toMatchObject({
      id: 'resp_1',
      model: 'gpt-5',
      store: true,
      previous_response_id: 'resp_0',
      output: OUTPUT,
      usage: { cost: expect.any(Number) },
      provider: expect.any(String),
    });
  });

  it('has each item once where only its beginning says its place', () => {
    const text = nativeStream().replaceAll(/("response\.output_item\.done".*?)"output_index":\d+,/g, '$1');
    const { source } = follow([Buffer.from(text)], 'openai');
    const frames = framesOf(source.printer.close(sketchFacts({ id: 'resp_1' })));
    expect(frames.at(-1)?.response?.output).toEqual(OUTPUT);
    expect(source.progress.outputText).toBe('Héllof{"a":1}');
  });

  it('ends by a word that clients know, whole and streamed', () => {
    const text = nativeStream().replace(/("response\.completed".*)"status":"completed",(?="output")/, '$1');
    const { source } = follow([Buffer.from(text)], 'openai');
    const frames = framesOf(source.printer.close(sketchFacts({ id: 'resp_1' })));
    expect(text).not.toBe(nativeStream());
    expect(frames.at(-1)?.response).toMatchObject({ status: 'completed' });
    const chat = adapterOf('openai')?.chatVia?.responses as ChatAdapter;
    const body = JSON.stringify({ id: 'resp_1', status: 'complete', model: 'm', output: OUTPUT });
    const parsed = chat.parseAnswer(body);
    if (parsed.kind === 'failed') throw new Error(parsed.failure.message);
    const toolNames = { custom: new Set<string>(), grouped: new Map(), hosted: new Map() };
    const own = { store: true, previous_response_id: null, metadata: {} };
    const input = { echo: {}, own, toolNames, newId: (prefix: string) => prefix };
    const whole = { ...parsed, native: body } as unknown as WholeAnswer;
    expect(wholeResponse(whole, sketchFacts(), input)).toMatchObject({ id: 'resp_1', status: 'completed' });
  });

  it('is the same however its bytes are cut', () => {
    const { sent } = follow([native], 'openai');
    fc.assert(
      fc.property(fc.array(fc.nat({ max: native.length })), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), native.length];
        const parts = places.slice(1).map((end, i) => native.subarray(places[i], end));
        expect(follow(parts, 'openai').sent).toBe(sent);
      }),
      { numRuns: 40 },
    );
  });

  it('says who made its reasoning where that is not OpenAI', () => {
    const { sent, source } = follow([native], 'azure-openai');
    const frames = framesOf(sent + source.printer.close(sketchFacts({ id: 'resp_1' })));
    expect(orderProblems(frames)).toEqual([]);
    const state = readCarriedState(frames.at(-1)?.response?.output[0]?.encrypted_content ?? '');
    expect(state).toMatchObject({ format: 'azure-openai-responses-v1', data: 'gAAA', id: 'rs_1' });
  });

  it('can be gone on with by another target wherever its text breaks off', () => {
    const text = nativeStream();
    for (const end of ['"delta":"Hé"', '"delta":"llo"', 'annotation.added']) {
      const upTo = text.indexOf('\n\n', text.indexOf(end)) + 2;
      const { sent, source } = follow([Buffer.from(text.slice(0, upTo))], 'openai');
      const { printer, progress } = source;
      const more =
        printer.resume(progress) +
        printer.print({ type: 'start', id: 'other', model: 'other', createdSeconds: 9 }) +
        printer.print({ type: 'text', choice: 0, text: ' and more' });
      const frames = framesOf(sent + more + printer.close(sketchFacts({ id: 'other' })));
      expect(orderProblems(frames)).toEqual([]);
      const { id, output = [] } = frames.at(-1)?.response ?? {};
      expect([id, output.map((item) => item.type)]).toEqual([
        'resp_1',
        ['reasoning', 'web_search_call', 'message'],
      ]);
      expect(output[2]?.content?.[0]?.text).toMatch(/^Hé(?:llo)? and more$/);
      expect(output[2]?.id).toBe('msg_1');
    }
  });

  it.each(['summary_text', 'reasoning_text'] as const)(
    'can be gone on with by another target where its %s breaks off, in the events of its kind',
    (type) => {
      const isSummary = type === 'summary_text';
      const place = { item_id: 'rs_1', output_index: 0, [isSummary ? 'summary_index' : 'content_index']: 0 };
      const item = { id: 'rs_1', type: 'reasoning', status: 'in_progress', summary: [] };
      const partEvents = isSummary ? 'response.reasoning_summary_part' : 'response.content_part';
      const textEvents = isSummary ? 'response.reasoning_summary_text' : 'response.reasoning_text';
      const said: [string, object][] = [
        [
          'response.created',
          { response: { id: 'resp_1', created_at: 1, model: 'm', status: 'in_progress' } },
        ],
        ['response.output_item.added', { output_index: 0, item }],
        [`${partEvents}.added`, { ...place, part: { type, text: '' } }],
        [`${textEvents}.delta`, { ...place, delta: 'So, ' }],
        [`${textEvents}.delta`, { ...place, delta: 'then' }],
      ];
      const text = said.map(
        ([name, rest], number) =>
          `event: ${name}\ndata: ${JSON.stringify({ type: name, ...rest, sequence_number: number })}\n\n`,
      );
      const { sent, source } = follow([Buffer.from(text.join(''))], 'openai');
      const { printer, progress } = source;
      const more =
        printer.resume(progress) +
        printer.print({ type: 'start', id: 'other', model: 'other', createdSeconds: 9 }) +
        printer.print({ type: 'text', choice: 0, text: 'Done.' });
      const frames = framesOf(sent + more + printer.close(sketchFacts({ id: 'other' })));
      const behind = frames.slice(said.length, said.length + 3);
      expect(behind).toMatchObject([
        { type: `${textEvents}.done`, ...place, text: 'So, then' },
        { type: `${partEvents}.done`, ...place, part: { type, text: 'So, then' } },
        { type: 'response.output_item.done', output_index: 0, item: { id: 'rs_1', status: 'incomplete' } },
      ]);
      const { output = [] } = frames.at(-1)?.response ?? {};
      const part = { type, text: 'So, then' };
      expect(output).toMatchObject([
        { type: 'reasoning', ...(isSummary ? { summary: [part] } : { summary: [], content: [part] }) },
        { type: 'message' },
      ]);
    },
  );

  it('never throws, whatever frames come', () => {
    const type = fc.constantFrom(
      ...[
        'response.created',
        'response.output_item.added',
        'response.content_part.added',
        'response.completed',
      ],
      ...['response.output_text.delta', 'response.output_item.done', 'response.reasoning_summary_part.added'],
      ...['response.output_text.annotation.added', 'response.unheard_of'],
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            type,
            fc.dictionary(
              fc.constantFrom('item', 'part', 'output_index', 'response', 'delta'),
              fc.jsonValue(),
            ),
          ),
        ),
        (frames) => {
          const text = frames.map(
            ([name, rest]) => `event: ${name}\ndata: ${JSON.stringify({ ...rest, type: name })}\n\n`,
          );
          follow([Buffer.from(text.join(''))], 'openai').source.printer.close(sketchFacts({ id: 'x' }));
        },
      ),
    );
  });
});
