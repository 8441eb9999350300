import { describe, expect, it } from '@jest/globals';
import { readCarriedState, type ChatEvent, type SourceCitation } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import { hostedTool } from '../hosted-tools.js';
import fc from 'fast-check';
import { framesOf, orderProblems, type ResponseFrame } from '../testing/read-response-stream.js';
import { sketchFacts } from '../testing/sketch-facts.js';
import { ResponsesPrinter } from './responses-printer.js';

const facts = sketchFacts();
const SHELL = hostedTool({ type: 'local_shell' });

function newPrinter(customTools: string[] = []): ResponsesPrinter {
  let count = 0;
  return new ResponsesPrinter({
    echo: { tools: [] },
    own: { store: false, previous_response_id: null, metadata: {} },
    names: { id: 'resp_own', model: 'asked', createdSeconds: 1 },
    toolNames: {
      custom: new Set(customTools),
      grouped: new Map([['agents__spawn', { name: 'spawn', namespace: 'agents' }]]),
      hosted: new Map(SHELL ? [['local_shell', SHELL]] : []),
    },
    newId: (prefix) => `${prefix}_${(count += 1)}`,
    onAnswer: () => {},
  });
}

const start: ChatEvent = { type: 'start', id: 'chatcmpl-1', model: 'm', createdSeconds: 7 };
const text = (said: string): ChatEvent => ({ type: 'text', choice: 0, text: said });
const thought = (said: string, index = 0): ChatEvent => ({
  type: 'reasoning',
  choice: 0,
  index,
  text: said,
  format: 'f',
});
const signature = (index = 0): ChatEvent => ({
  type: 'reasoning_signature',
  choice: 0,
  index,
  signature: 'sig',
  format: 'f',
});
const call = (index: number, name = 'look', kind: 'function' | 'custom' = 'function'): ChatEvent => ({
  type: 'tool_call_start',
  choice: 0,
  index,
  id: `call_${index}`,
  name,
  kind,
});
const picture = (url: string): ChatEvent => ({ type: 'image', choice: 0, url });
const args = (index: number, said: string): ChatEvent => ({
  type: 'tool_call_arguments',
  choice: 0,
  index,
  text: said,
});

function print(events: readonly ChatEvent[], finishReason = 'stop', printer = newPrinter()): ResponseFrame[] {
  const said = [start, ...events].map((event) => printer.print(event)).join('');
  return framesOf(said + printer.close({ ...facts, finishReason }));
}

const last = (frames: readonly ResponseFrame[]) => frames.at(-1)?.response;

describe('a stream of Responses made of canonical events', () => {
  it("says text in OpenAI's order", () => {
    const frames = print([text('Hel'), text('lo')]);
    expect(orderProblems(frames)).toEqual([]);
    expect(frames.map(({ type }) => type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(last(frames)).toMatchObject({
      id: 'chatcmpl-1',
      object: 'response',
      created_at: 7,
      status: 'completed',
      output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] }],
      usage: {
        input_tokens: 3,
        input_tokens_details: { cached_tokens: 1 },
        output_tokens: 4,
        output_tokens_details: { reasoning_tokens: 2 },
        total_tokens: 7,
        cost: 0.5,
        is_byok: false,
      },
      provider: 'p',
      trunkline: { rescued: false },
    });
  });

  it('says calls of tools that OpenAI defines in items of their own, and not letter by letter', () => {
    const frames = print([call(0, 'local_shell'), args(0, '{"command":["l'), args(0, 's"]}')], 'tool_calls');
    expect(orderProblems(frames)).toEqual([]);
    expect(frames.map(({ type }) => type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(last(frames)?.output).toEqual([
      {
        id: 'lsh_1',
        type: 'local_shell_call',
        status: 'completed',
        call_id: 'call_0',
        action: { type: 'exec', command: ['ls'], env: {} },
      },
    ]);
  });

  it('carries thoughts with the state of whoever thought them', () => {
    const frames = print([
      thought('h'),
      thought('m'),
      signature(),
      text('ok'),
      call(0),
      { type: 'reasoning_encrypted', choice: 0, index: 0, data: 'g', format: 'gemini', id: 'call_0' },
      args(0, '{}'),
    ]);
    expect(orderProblems(frames)).toEqual([]);
    const output = last(frames)?.output ?? [];
    expect(output.map(({ type }) => type)).toEqual(['reasoning', 'message', 'function_call', 'reasoning']);
    expect(output[0]?.summary).toEqual([{ type: 'summary_text', text: 'hm' }]);
    expect(readCarriedState(output[0]?.encrypted_content ?? '')).toEqual({
      kind: 'signature',
      format: 'f',
      data: 'sig',
      id: null,
      index: 0,
    });
    expect(readCarriedState(output[3]?.encrypted_content ?? '')).toMatchObject({ data: 'g', id: 'call_0' });
  });

  it("leaves OpenAI's own state as it is", () => {
    const format = 'openai-responses-v1';
    const sealed: ChatEvent = {
      type: 'reasoning_encrypted',
      choice: 0,
      index: 0,
      data: 'gAAA',
      format,
      id: 'rs',
    };
    expect(last(print([sealed]))?.output[0]?.encrypted_content).toBe('gAAA');
  });

  it('tells calls apart whose pieces are mingled', () => {
    const frames = print([call(0), call(1, 'other'), args(1, '{"b"'), args(0, '{"a":1}'), args(1, ':2}')]);
    expect(orderProblems(frames)).toEqual([]);
    expect(last(frames)?.output).toMatchObject([
      { type: 'function_call', call_id: 'call_0', name: 'look', arguments: '{"a":1}', status: 'completed' },
      { type: 'function_call', call_id: 'call_1', name: 'other', arguments: '{"b":2}' },
    ]);
  });

  it('ends a call whose arguments are whole before the next begins, and gives none as an empty object', () => {
    const frames = print([call(0), args(0, '{"a":1}'), call(1)]);
    expect(orderProblems(frames)).toEqual([]);
    const done = frames.filter(({ type }) => type === 'response.output_item.done');
    expect(frames.indexOf(done[0] as ResponseFrame)).toBeLessThan(
      frames.findLastIndex(({ type }) => type === 'response.output_item.added'),
    );
    expect(last(frames)?.output[1]?.arguments).toBe('{}');
  });

  it('gives a custom tool its text, also from a provider that knows functions alone', () => {
    const patch = '*** Begin "Patch"\n';
    const wrapped = JSON.stringify({ input: patch });
    const frames = print(
      [
        call(0, 'patch'),
        args(0, wrapped.slice(0, 9)),
        args(0, wrapped.slice(9)),
        call(1, 'sql', 'custom'),
        args(1, 'select 1'),
      ],
      'tool_calls',
      newPrinter(['patch', 'sql']),
    );
    expect(orderProblems(frames)).toEqual([]);
    expect(last(frames)?.output).toMatchObject([
      { type: 'custom_tool_call', call_id: 'call_0', name: 'patch', input: patch },
      { type: 'custom_tool_call', call_id: 'call_1', name: 'sql', input: 'select 1' },
    ]);
  });

  it('calls tools that stand in a group as their client does', () => {
    const frames = print([call(0, 'agents__spawn'), args(0, '{}')]);
    expect(orderProblems(frames)).toEqual([]);
    expect(last(frames)?.output[0]).toMatchObject({ name: 'spawn', namespace: 'agents' });
  });

  it('counts citations in the part that they are of', () => {
    const cite = (start_index: number): ChatEvent => ({
      type: 'annotation',
      choice: 0,
      annotation: {
        type: 'url_citation',
        url_citation: { url: 'https://e.com', title: 'E', start_index, end_index: start_index + 2 },
      },
    });
    const refusal: ChatEvent = { type: 'refusal', choice: 0, text: 'no' };
    const frames = print([text('first'), cite(1), refusal, text('second'), cite(6)]);
    expect(orderProblems(frames)).toEqual([]);
    expect(last(frames)?.output[0]?.content).toMatchObject([
      { type: 'output_text', annotations: [{ type: 'url_citation', url: 'https://e.com', start_index: 1 }] },
      { type: 'refusal', refusal: 'no' },
      { type: 'output_text', text: 'second', annotations: [{ start_index: 1, end_index: 3 }] },
    ]);
  });

  it("tells a picture as OpenAI's own tool does, between what was said before and after", () => {
    const printer = newPrinter();
    const frames = print(
      [text('Look:'), picture('data:image/webp;base64,UklGRg=='), text('Nice?')],
      'stop',
      printer,
    );
    expect(orderProblems(frames)).toEqual([]);
    const place = { item_id: 'ig_2', output_index: 1 };
    expect(frames.filter((frame) => frame.output_index === 1)).toMatchObject([
      {
        type: 'response.output_item.added',
        item: { id: 'ig_2', type: 'image_generation_call', status: 'in_progress', result: null },
      },
      { type: 'response.image_generation_call.in_progress', ...place },
      { type: 'response.image_generation_call.generating', ...place },
      { type: 'response.image_generation_call.completed', ...place },
      {
        type: 'response.output_item.done',
        item: { status: 'completed', result: 'UklGRg==', output_format: 'webp' },
      },
    ]);
    expect(last(frames)?.output.map(({ type }) => type)).toEqual([
      'message',
      'image_generation_call',
      'message',
    ]);
    expect(printer.lost).toEqual([]);
  });

  it('gives the address of a picture that its maker keeps, and says that there is none in the item', () => {
    const printer = newPrinter();
    const frames = print([picture('https://e.com/a.png')], 'stop', printer);
    expect(orderProblems(frames)).toEqual([]);
    expect(last(frames)?.output).toMatchObject([{ result: '', url: 'https://e.com/a.png' }]);
    expect(printer.lost).toEqual(['answer.images']);
  });

  it('says what it could not tell of sound, of tools that others ran, and of what has no form', () => {
    const printer = newPrinter();
    const events: ChatEvent[] = [
      { type: 'server_tool', choice: 0, name: 'image_generation_call', isTold: true },
      { type: 'audio', choice: 0, audio: {} },
      { type: 'server_tool', choice: 0, name: 'code_execution' },
      { type: 'server_tool', choice: 0, name: 'code_execution' },
      { type: 'left_out', choice: 0, what: 'compaction' },
    ];
    print([text('x'), ...events.slice(0, 1)], 'stop', printer);
    expect(printer.lost).toEqual([]);
    print(events.slice(1), 'stop', printer);
    expect(printer.lost).toEqual(['answer.audio', 'answer.server_tools', 'answer.compaction']);
  });

  it('names a source that is no web page as a file, where it stands in its part', () => {
    const citation: SourceCitation = {
      type: 'source_citation',
      source_id: 'doc_1',
      title: 'Handbook',
      cited_text: 'Penguins swim.',
      source_index: 0,
      location: null,
      start_index: 2,
      end_index: 5,
    };
    const frames = print([text('They swim'), { type: 'citation', choice: 0, citation }]);
    expect(orderProblems(frames)).toEqual([]);
    expect(last(frames)?.output[0]?.content?.[0]?.annotations).toEqual([
      {
        type: 'file_citation',
        file_id: 'doc_1',
        filename: 'Handbook',
        index: 5,
        cited_text: 'Penguins swim.',
        start_index: 2,
        end_index: 5,
      },
    ]);
  });

  it('says log probabilities behind their text, and all of them with the whole', () => {
    const token = { token: 'Hi', logprob: -0.5, bytes: [72, 105], top_logprobs: [] };
    const frames = print([
      text('Hi'),
      { type: 'logprobs', choice: 0, logprobs: { content: [token], refusal: null } },
    ]);
    expect(orderProblems(frames)).toEqual([]);
    const deltas = frames.filter(({ type }) => type === 'response.output_text.delta');
    expect(deltas).toMatchObject([
      { delta: 'Hi', logprobs: [] },
      { delta: '', logprobs: [token] },
    ]);
    expect(last(frames)?.output[0]?.content?.[0]).toMatchObject({ text: 'Hi', logprobs: [token] });
  });

  it.each([
    ['length', 'max_output_tokens'],
    ['content_filter', 'content_filter'],
  ])('of an answer that %s ended is incomplete', (finishReason, reason) => {
    const frames = print([text('So'), call(0), args(0, '{"a')], finishReason);
    expect(orderProblems(frames)).toEqual([]);
    expect(last(frames)).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason },
      output: [{ type: 'message' }, { arguments: '{"a', status: 'incomplete' }],
    });
  });

  it('has ended its items before its cost is known', () => {
    const printer = newPrinter();
    const finish: ChatEvent = { type: 'finish', choice: 0, reason: 'length', native: null };
    const said = [start, text('So'), call(0), args(0, '{"a'), finish]
      .map((event) => printer.print(event))
      .join('');
    const items = framesOf(said).filter(({ type }) => type === 'response.output_item.done');
    expect(items.map(({ item }) => item?.status)).toEqual(['completed', 'incomplete']);
    const frames = framesOf(said + printer.close({ ...facts, finishReason: 'length' }));
    expect(orderProblems(frames)).toEqual([]);
  });

  it('that broke off ends with the error and never as if it were whole', () => {
    const printer = newPrinter();
    const said = [start, text('half')].map((event) => printer.print(event)).join('');
    const frames = framesOf(said + printer.fail(new AppError('provider_truncated'), facts));
    expect(orderProblems(frames)).toEqual([]);
    expect(frames.slice(-2)).toMatchObject([
      { type: 'error', error: { code: 'provider_truncated' } },
      {
        type: 'response.failed',
        response: { error: { code: 'provider_truncated' }, output: [{ content: [{ text: 'half' }] }] },
      },
    ]);
  });

  it('that another target goes on with keeps its item, its numbers and its id, and thinks anew', () => {
    const printer = newPrinter();
    const broken = { id: 'chatcmpl-1', model: 'm', createdSeconds: 7 } as Parameters<
      typeof printer.resume
    >[0];
    const said =
      [start, thought('hm'), text('one ')].map((event) => printer.print(event)).join('') +
      printer.resume(broken) +
      [text('two')].map((event) => printer.print(event)).join('');
    const frames = framesOf(said + printer.close({ ...facts, id: 'another' }));
    expect(orderProblems(frames)).toEqual([]);
    expect(last(frames)).toMatchObject({
      id: 'chatcmpl-1',
      output: [{ type: 'reasoning' }, { type: 'message', content: [{ text: 'one two' }] }],
    });
  });

  it('that broke off in its thoughts ends them, marked for no model to get, before another target thinks', () => {
    const printer = newPrinter();
    const broken = { id: null, model: null, createdSeconds: null } as Parameters<typeof printer.resume>[0];
    const said =
      [start, thought('first')].map((event) => printer.print(event)).join('') +
      printer.resume(broken) +
      [start, thought('second'), signature(), text('ok')].map((event) => printer.print(event)).join('');
    const frames = framesOf(said + printer.close(facts));
    expect(orderProblems(frames)).toEqual([]);
    expect(frames.filter(({ type }) => type === 'response.created')).toHaveLength(1);
    const output = last(frames)?.output ?? [];
    expect(output.map(({ summary }) => summary?.[0]?.text)).toEqual(['first', 'second', undefined]);
    const state = readCarriedState(output[0]?.encrypted_content ?? '');
    expect(state).toMatchObject({ kind: 'unfinished', data: '' });
  });

  it("keeps OpenAI's order whatever comes", () => {
    const index = fc.nat({ max: 2 });
    const said = fc.string({ minLength: 1 });
    const event = fc.oneof(
      said.map(text),
      fc.tuple(said, index).map(([words, i]) => thought(words, i)),
      index.map(signature),
      fc
        .tuple(index, fc.constantFrom<'function' | 'custom'>('function', 'custom'))
        .map(([i, kind]) => call(i, 'f', kind)),
      fc.tuple(index, said).map(([i, words]) => args(i, words)),
      said.map((words): ChatEvent => ({ type: 'refusal', choice: 0, text: words })),
      fc.constant(picture('data:image/png;base64,iVBORw0KGgo=')),
    );
    fc.assert(
      fc.property(fc.array(event), fc.constantFrom('stop', 'length'), (events, reason) => {
        expect(orderProblems(print(events, reason))).toEqual([]);
      }),
    );
  });
});
