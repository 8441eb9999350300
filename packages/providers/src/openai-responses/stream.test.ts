import { describe, expect, it } from '@jest/globals';
import type { ChatEvent } from '@trunkline/contracts';
import { framesOf } from '../testing/play-stream.js';
import { defineResponses } from './index.js';

const chat = defineResponses({
  reasoningFormat: 'made-here-v1',
  reasons: () => true,
  canStopReasoning: () => false,
});

const CREATED = { type: 'response.created', response: { id: 'resp_1', model: 'm', created_at: 7 } };

function play(...events: Record<string, unknown>[]) {
  const decoder = chat.decoder({ choices: 1 });
  const bytes = Buffer.from(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
  const said: ChatEvent[] = framesOf([bytes]).flatMap((frame) => [...decoder.push(frame)]);
  return { decoder, said, failure: decoder.end() };
}

function ended(status: string, more: Record<string, unknown> = {}) {
  return { type: `response.${status}`, response: { id: 'resp_1', model: 'm', status, output: [], ...more } };
}

const CALL = { id: 'fc_1', type: 'function_call', call_id: 'call_1', name: 'f', arguments: '' };

const parsed = (output: unknown[]) =>
  chat.parseAnswer(JSON.stringify(ended('completed', { output }).response));

describe('a stream of Responses', () => {
  it('says a piece once that comes twice under one number', () => {
    const added = { type: 'response.output_item.added', output_index: 0, item: CALL };
    const type = 'response.function_call_arguments.delta';
    const piece = { type, output_index: 0, delta: '{', sequence_number: 3 };
    const { said } = play(CREATED, added, piece, piece, { ...piece, delta: '}', sequence_number: 4 });
    expect(said.flatMap((event) => ('text' in event ? [event.text] : []))).toEqual(['{', '}']);
  });

  it('gives sealed reasoning out byte for byte, with its id and its maker', () => {
    const sealed = 'gAAAA+/=\u00e9';
    const item = { id: 'rs_1', type: 'reasoning', summary: [], encrypted_content: sealed };
    const { said } = play(
      CREATED,
      { type: 'response.output_item.added', output_index: 0, item: { ...item, encrypted_content: null } },
      { type: 'response.output_item.done', output_index: 0, item },
    );
    expect(said.at(-1)).toEqual({
      type: 'reasoning_encrypted',
      choice: 0,
      index: 0,
      data: sealed,
      format: 'made-here-v1',
      id: 'rs_1',
    });
  });

  it('tells log probabilities once, beside their text', () => {
    const token = (text: string) => ({ token: text, logprob: -0.1, top_logprobs: [] });
    const part = { type: 'output_text', text: 'Hello', logprobs: [token('Hel'), token('lo')] };
    const item = { id: 'm', type: 'message', content: [part] };
    const delta = { type: 'response.output_text.delta', output_index: 0, content_index: 0 };
    const { said } = play(
      CREATED,
      { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } },
      { ...delta, delta: 'Hel', logprobs: [token('Hel')] },
      { ...delta, delta: 'lo', logprobs: [token('lo')] },
      { type: 'response.output_item.done', output_index: 0, item },
    );
    expect(said.filter(({ type }) => type === 'logprobs')).toEqual(
      ['Hel', 'lo'].map((text) => ({
        type: 'logprobs',
        choice: 0,
        logprobs: { content: [token(text)], refusal: null },
      })),
    );
  });

  it('counts what its tools did as it is billed: containers by their memory, searches as it says', () => {
    const code = (id: string, container: string) => ({
      id,
      type: 'code_interpreter_call',
      status: 'completed',
      container_id: container,
    });
    const search = (id: string, type: string) => ({ id, type: 'web_search_call', action: { type } });
    const output = [
      code('ci_1', 'cntr_1'),
      code('ci_2', 'cntr_1'),
      {
        id: 'sh_1',
        type: 'shell_call',
        environment: { type: 'container_reference', container_id: 'cntr_2' },
      },
      { id: 'sh_2', type: 'shell_call', environment: { type: 'local' } },
      { id: 'fs_1', type: 'file_search_call' },
      search('ws_1', 'search'),
      search('ws_2', 'search'),
      search('ws_3', 'open_page'),
      { id: 'ig_1', type: 'image_generation_call', result: 'UklGRg==' },
    ];
    const usage = { input_tokens: 1, output_tokens: 1 };
    const usageOf = (more: object) => {
      const parsed = chat.parseAnswer(
        JSON.stringify(ended('completed', { output, usage, ...more }).response),
      );
      return parsed.kind === 'answer' ? parsed.usage : null;
    };
    const tokens = { 'input.text': 1, 'output.text': 1 };
    const counted = { ...tokens, searches: 2, queries: 1, images: 1, code_sessions: 2 };
    expect(usageOf({})).toEqual(counted);
    const tools = [{ type: 'code_interpreter', container: { type: 'auto', memory_limit: '4g' } }];
    expect(usageOf({ tools, tool_usage: { web_search: { num_requests: 1 } } })).toEqual({
      ...counted,
      searches: 1,
      code_sessions: 8,
    });
  });

  it('tells the picture that its own tool drew once, whole, and is at work meanwhile', () => {
    const item = { id: 'ig_1', type: 'image_generation_call', status: 'completed', result: 'UklGRg==' };
    const drawn = { ...item, output_format: 'webp' };
    const { said, failure } = play(
      CREATED,
      {
        type: 'response.output_item.added',
        output_index: 0,
        item: { ...item, status: 'in_progress', result: null },
      },
      { type: 'response.image_generation_call.partial_image', output_index: 0, partial_image_b64: 'AAAA' },
      { type: 'response.output_item.done', output_index: 0, item: drawn },
      ended('completed', { output: [drawn] }),
    );
    expect(failure).toBeNull();
    expect(said.slice(1, -1)).toEqual([
      { type: 'server_tool', choice: 0, name: 'image_generation_call', isTold: true },
      { type: 'image', choice: 0, url: 'data:image/webp;base64,UklGRg==' },
    ]);
    const whole = chat.parseAnswer(JSON.stringify(ended('completed', { output: [drawn] }).response));
    expect(whole).toMatchObject({
      kind: 'answer',
      leftOut: [],
      answer: {
        choices: [
          {
            message: {
              images: [{ type: 'image_url', image_url: { url: 'data:image/webp;base64,UklGRg==' } }],
            },
          },
        ],
      },
    });
  });

  it('tells files that are cited apart from pages, and leaves out what nobody knows', () => {
    const text = 'See there.';
    const annotations = [
      { type: 'url_citation', url: 'https://e.com', title: 'E', start_index: 0, end_index: 3 },
      { type: 'file_citation', file_id: 'file_1', filename: 'a.pdf', index: 9 },
      {
        type: 'container_file_citation',
        file_id: 'cfile_1',
        filename: 'b.csv',
        start_index: 4,
        end_index: 9,
      },
      { type: 'future_citation' },
    ];
    const message = { id: 'm', type: 'message', content: [{ type: 'output_text', text, annotations }] };
    const search = { id: 'fs_1', type: 'file_search_call', status: 'completed', queries: ['x'] };
    const listed = { id: 'tso_1', type: 'tool_search_output', tools: [] };
    const body = JSON.stringify(ended('completed', { output: [listed, search, message] }).response);
    const bare = parsed([listed, { ...message, content: [{ type: 'output_text', text }] }]);
    expect(bare).toMatchObject({ leftOut: [] });
    const source = { type: 'source_citation', cited_text: '', source_index: null, location: null };
    expect(chat.parseAnswer(body)).toMatchObject({
      leftOut: ['server_tools', 'citations'],
      answer: {
        choices: [
          {
            message: {
              annotations: [{ type: 'url_citation', url_citation: { url: 'https://e.com' } }],
              citations: [
                { ...source, source_id: 'file_1', title: 'a.pdf', end_index: 9 },
                { ...source, source_id: 'cfile_1', title: 'b.csv', start_index: 4, end_index: 9 },
              ],
            },
          },
        ],
      },
    });
  });

  it('adds what only the whole item says, and nothing twice', () => {
    const message = { id: 'm', type: 'message', content: [{ type: 'output_text', text: 'Hello' }] };
    const { decoder, failure } = play(
      CREATED,
      { type: 'response.output_item.added', output_index: 0, item: { ...message, content: [] } },
      // Some servers number the parts of pieces otherwise.
      { type: 'response.output_text.delta', output_index: 0, content_index: 1, delta: 'Hel' },
      { type: 'response.output_item.done', output_index: 0, item: message },
      ended('completed', { output: [message, { ...CALL, arguments: '{"a":1}' }] }),
    );
    expect(failure).toBeNull();
    expect(decoder.outputText).toBe('Hellof{"a":1}');
    expect(decoder.finishReason).toBe('tool_calls');
  });

  it.each([
    ['incomplete', { incomplete_details: { reason: 'max_output_tokens' } }, 'length', 'max_output_tokens'],
    ['incomplete', { incomplete_details: { reason: 'content_filter' } }, 'content_filter', 'content_filter'],
  ])('ends %s %j as %s', (status, more, reason, native) => {
    const { decoder } = play(CREATED, ended(status, more));
    expect(decoder).toMatchObject({ finishReason: reason, nativeFinishReason: native, failure: null });
  });

  it.each(['complete', 'done', '', undefined])('is whole with output and the status %j', (status) => {
    const part = { type: 'output_text', text: 'Hello' };
    const item = { id: 'm', type: 'message', content: [part] };
    const answer = (more: object) =>
      chat.parseAnswer(JSON.stringify({ id: 'r', model: 'm', status, ...more }));
    expect(answer({ output: [item], error: null })).toMatchObject({ kind: 'answer', finishReason: 'stop' });
    const cut = { output: [item], incomplete_details: { reason: 'max_output_tokens' } };
    expect(answer(cut)).toMatchObject({ finishReason: 'length' });
    expect(answer({ output: [] })).toMatchObject({ failure: { outcome: 'malformed' } });
    expect(answer({ output: [item], error: { code: 'server_error' } })).toMatchObject({ kind: 'failed' });
    expect(play(CREATED, { ...ended('completed', { output: [item], status }) }).failure).toBeNull();
  });

  it.each(['in_progress', 'queued'])('is no whole answer while it is %s', (status) => {
    const item = { id: 'm', type: 'message', content: [{ type: 'output_text', text: 'Hel' }] };
    const body = JSON.stringify({ id: 'r', model: 'm', status, output: [item] });
    expect(chat.parseAnswer(body)).toMatchObject({ failure: { outcome: 'malformed' } });
  });

  it('keeps arguments that a limit cut as they are', () => {
    const cut = { ...CALL, status: 'incomplete', arguments: '{"a":' };
    const { decoder } = play(
      CREATED,
      { type: 'response.output_item.added', output_index: 0, item: CALL },
      { type: 'response.function_call_arguments.delta', output_index: 0, delta: '{"a":' },
      { type: 'response.output_item.done', output_index: 0, item: cut },
      ended('incomplete', { output: [cut], incomplete_details: { reason: 'max_output_tokens' } }),
    );
    expect(decoder).toMatchObject({ finishReason: 'length', outputText: 'f{"a":' });
  });

  it.each([
    ['an error event', { type: 'error', code: 'server_error', message: 'Oh', param: null }, 'server_error'],
    [
      'an error event with an object',
      { type: 'error', error: { type: 'insufficient_quota', code: 'insufficient_quota', message: 'No' } },
      'quota_exhausted',
    ],
    [
      'a failed response',
      ended('failed', { error: { code: 'rate_limit_exceeded', message: 'Slow' } }),
      'rate_limited',
    ],
    ['a piece of no item', { type: 'response.output_text.delta', output_index: 3, delta: 'x' }, 'malformed'],
  ])('fails with %s', (_, event, outcome) => {
    expect(play(CREATED, event).failure?.outcome).toBe(outcome);
  });

  it('is not whole when it ends within a call', () => {
    const { failure } = play(
      CREATED,
      { type: 'response.output_item.added', output_index: 0, item: CALL },
      { type: 'response.function_call_arguments.delta', output_index: 0, delta: '{"a":' },
      ended('completed'),
    );
    expect(failure?.outcome).toBe('malformed');
  });

  it('tells citations with their place in the whole text, and counts searches', () => {
    const part = (text: string, annotations: unknown[]) => ({ type: 'output_text', text, annotations });
    const cited = { type: 'url_citation', url: 'https://e.com', title: 'E', start_index: 0, end_index: 2 };
    const usage = { input_tokens: 3, output_tokens: 2, total_tokens: 5 };
    const { said } = play(
      CREATED,
      ended('completed', {
        output: [
          { id: 'ws', type: 'web_search_call', action: { type: 'search' } },
          { id: 'ws2', type: 'web_search_call', action: { type: 'open_page' } },
          { id: 'm', type: 'message', content: [part('One. ', []), part('Two.', [cited])] },
        ],
        usage,
      }),
    );
    expect(said).toContainEqual({
      type: 'annotation',
      choice: 0,
      annotation: {
        type: 'url_citation',
        url_citation: { url: 'https://e.com', title: 'E', start_index: 5, end_index: 7 },
      },
    });
    expect(said).toContainEqual({ type: 'usage', usage: { 'input.text': 3, 'output.text': 2, searches: 1 } });
  });
});
