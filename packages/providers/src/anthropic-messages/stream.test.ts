import { describe, expect, it } from '@jest/globals';
import { SseFramer } from '../framing/index.js';
import { parseMessage } from './response.js';
import { ClaudeDecoder } from './stream.js';

const start = {
  type: 'message_start',
  message: { id: 'msg_1', model: 'claude', usage: { input_tokens: 5, output_tokens: 1 } },
};
const open = (block: object, index = 0) => ({ type: 'content_block_start', index, content_block: block });
const delta = (part: object, index = 0) => ({ type: 'content_block_delta', index, delta: part });
const close = (index = 0) => ({ type: 'content_block_stop', index });
const end = (reason: string, usage: object = { output_tokens: 7 }) => ({
  type: 'message_delta',
  delta: { stop_reason: reason },
  usage,
});
const stop = { type: 'message_stop' };

function decode(events: unknown[]) {
  const decoder = new ClaudeDecoder();
  const framer = new SseFramer();
  const said = events.flatMap((event) =>
    framer
      .push(Buffer.from(`data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`))
      .flatMap((frame) => decoder.push(frame)),
  );
  return { decoder, said };
}

describe('a stream of Anthropic', () => {
  it('is whole with message_stop, and cut before it', () => {
    const text = [
      start,
      open({ type: 'text', text: '' }),
      delta({ type: 'text_delta', text: 'Hi' }),
      close(),
      end('end_turn'),
    ];
    expect(decode([...text, stop]).decoder.end()).toBeNull();
    const cut = decode(text).decoder;
    expect([cut.finished, cut.end()?.outcome]).toEqual([false, 'truncated']);
  });

  it('begins once, though its start may come twice before anything else', () => {
    const rest = [open({ type: 'text', text: '' }), delta({ type: 'text_delta', text: 'Hi' }), close()];
    const whole = decode([start, start, ...rest, end('end_turn'), stop]);
    expect(whole.decoder.end()).toBeNull();
    expect(whole.said.filter(({ type }) => type === 'start')).toHaveLength(1);
    const other = { ...start, message: { ...start.message, id: 'msg_2' } };
    const [first] = rest;
    for (const broken of [
      [start, other],
      [start, first, start],
      [start, ...rest, other],
    ])
      expect(decode(broken).decoder.end()?.outcome).toBe('malformed');
  });

  const CITED = [
    [
      {
        type: 'char_location',
        document_index: 1,
        document_title: 'D',
        start_char_index: 2,
        end_char_index: 9,
      },
      { source_id: null, title: 'D', source_index: 1, location: { unit: 'character', start: 2, end: 9 } },
    ],
    [
      {
        type: 'page_location',
        document_index: 0,
        document_title: null,
        start_page_number: 1,
        end_page_number: 2,
      },
      { source_id: null, title: null, source_index: 0, location: { unit: 'page', start: 1, end: 2 } },
    ],
    [
      { type: 'search_result_location', source: 'https://in.house', title: 'T', search_result_index: 0 },
      { source_id: 'https://in.house', title: 'T', source_index: 0, location: null },
    ],
  ] as const;

  it.each(CITED)("tells where in the client's own sources words come from: %j", (location, said) => {
    const cited = { ...location, cited_text: 'words' };
    const citation = {
      ...{ type: 'source_citation', cited_text: 'words', ...said },
      ...{ start_index: 0, end_index: 3 },
    };
    const events = [
      start,
      open({ type: 'text', text: '' }),
      delta({ type: 'citations_delta', citation: cited }),
      delta({ type: 'text_delta', text: 'So.' }),
      close(),
    ];
    expect(decode(events).said.at(-1)).toEqual({ type: 'citation', choice: 0, citation });
    const message = { content: [{ type: 'text', text: 'So.', citations: [cited] }], stop_reason: 'end_turn' };
    expect(parseMessage(JSON.stringify(message))).toMatchObject({
      answer: { choices: [{ message: { citations: [citation] } }] },
    });
  });

  it('names what no other dialect can carry, markers excepted, and says why it refused', () => {
    const blocks = [
      { type: 'server_tool_use', id: 's1', name: 'code_execution', input: {} },
      { type: 'bash_code_execution_tool_result', tool_use_id: 's1', content: {} },
      { type: 'server_tool_use', id: 's2', name: 'tool_search_tool_regex', input: {} },
      { type: 'tool_search_tool_result', tool_use_id: 's2', content: {} },
      { type: 'compaction', content: 'before' },
      { type: 'fallback', from: 'a', to: 'b' },
      { type: 'container_upload', file_id: 'f' },
      { type: 'brand_new' },
    ];
    const details = { type: 'refusal', category: 'cyber', explanation: 'Against the rules.' };
    const ended = {
      ...end('refusal'),
      delta: { stop_reason: 'refusal', stop_details: details, container: { id: 'c', expires_at: 'x' } },
    };
    const stream = [start, ...blocks.flatMap((block, i) => [open(block, i), close(i)]), ended, stop];
    const { said, decoder } = decode(stream);
    expect(decoder.end()).toBeNull();
    expect(said.slice(2, -3)).toEqual([
      { type: 'server_tool', choice: 0, name: 'code_execution' },
      { type: 'server_tool', choice: 0, name: 'bash_code_execution_tool_result' },
      { type: 'server_tool', choice: 0, name: 'tool_search_tool_regex', isTold: true },
      { type: 'server_tool', choice: 0, name: 'tool_search_tool_result', isTold: true },
      { type: 'left_out', choice: 0, what: 'compaction' },
      { type: 'left_out', choice: 0, what: 'container' },
      { type: 'left_out', choice: 0, what: 'server_tools' },
      { type: 'usage', usage: { 'input.text': 5, 'output.text': 7 } },
    ]);
    expect(said.slice(-3)).toEqual([
      { type: 'left_out', choice: 0, what: 'container' },
      { type: 'refusal', choice: 0, text: 'Against the rules.', isExplanation: true },
      { type: 'finish', choice: 0, reason: 'content_filter', native: 'refusal' },
    ]);
    const message = { content: blocks, stop_reason: 'refusal', stop_details: details };
    expect(parseMessage(JSON.stringify(message))).toMatchObject({
      leftOut: ['server_tools', 'compaction', 'container'],
      answer: { choices: [{ finish_reason: 'content_filter', message: { refusal: 'Against the rules.' } }] },
    });
  });

  it('holds start, pings and empty deltas: they are no content', () => {
    const events = [
      start,
      { type: 'ping' },
      open({ type: 'text', text: '' }),
      delta({ type: 'text_delta', text: '' }),
    ];
    expect(decode(events).decoder.hasContent).toBe(false);
    expect(decode([...events, delta({ type: 'text_delta', text: 'a' })]).decoder.hasContent).toBe(true);
  });

  it('asks for a call to be run where a server says that the turn is over', () => {
    const call = [open({ type: 'tool_use', id: 't', name: 'f', input: {} }), close()];
    const { said } = decode([start, ...call, end('end_turn'), stop]);
    expect(said.at(-1)).toEqual({ type: 'finish', choice: 0, reason: 'tool_calls', native: 'end_turn' });
  });

  it.each([{ a: 1 }, '{"a":1}'])(
    'reads the input of a call where it stands at its beginning: %j',
    (input) => {
      const { said } = decode([start, open({ type: 'tool_use', id: 't', name: 'f', input }), close()]);
      expect(said.at(-1)).toEqual({ type: 'tool_call_arguments', choice: 0, index: 0, text: '{"a":1}' });
    },
  );

  it('counts the last usage and never adds up', () => {
    const events = [
      start,
      { ...end('x'), delta: {} },
      end('end_turn', { output_tokens: 9, input_tokens: 6 }),
    ];
    expect(decode(events).decoder.usage).toEqual({ 'input.text': 6, 'output.text': 9 });
  });

  it('keeps text of server tools out of the answer, and their searches in the usage', () => {
    const { decoder } = decode([
      start,
      open({ type: 'server_tool_use', id: 's', name: 'web_search', input: {} }),
      delta({ type: 'input_json_delta', partial_json: '{"query":"x"}' }),
      close(),
      open({ type: 'web_search_tool_result', content: [] }, 1),
      close(1),
      open({ type: 'text', text: 'Found.' }, 2),
      delta(
        {
          type: 'citations_delta',
          citation: { type: 'web_search_result_location', url: 'https://a.b', title: 'A' },
        },
        2,
      ),
      close(2),
      end('end_turn', { output_tokens: 3, server_tool_use: { web_search_requests: 2 } }),
      stop,
    ]);
    expect(decoder.end()).toBeNull();
    expect(decoder.outputText).toBe('Found.');
    expect(decoder.usage).toEqual({ 'input.text': 5, 'output.text': 3, searches: 2 });
  });

  it('carries signatures and redacted thinking with the name of their maker', () => {
    const { said } = decode([
      start,
      open({ type: 'thinking', thinking: '', signature: '' }),
      delta({ type: 'thinking_delta', thinking: 'hm' }),
      delta({ type: 'signature_delta', signature: 'sig' }),
      close(),
      open({ type: 'redacted_thinking', data: 'opaque' }, 1),
      close(1),
    ]);
    expect(said.filter(({ type }) => type.startsWith('reasoning'))).toEqual([
      { type: 'reasoning', choice: 0, index: 0, text: 'hm', format: 'anthropic-claude-v1' },
      { type: 'reasoning_signature', choice: 0, index: 0, signature: 'sig', format: 'anthropic-claude-v1' },
      {
        type: 'reasoning_encrypted',
        choice: 0,
        index: 1,
        data: 'opaque',
        format: 'anthropic-claude-v1',
        id: null,
      },
    ]);
  });

  it.each([
    ['a refusal', 'refusal', 'content_filter'],
    ['a full context', 'model_context_window_exceeded', 'length'],
    ['a pause', 'pause_turn', 'stop'],
    ['a word that nobody knows', 'constructor', 'stop'],
  ])('says of %s why it ended', (_what, native, reason) => {
    const { decoder } = decode([start, open({ type: 'text', text: 'x' }), close(), end(native), stop]);
    expect([decoder.finishReason, decoder.nativeFinishReason]).toEqual([reason, native]);
  });

  it.each<[string, unknown[], string]>([
    [
      'an error event',
      [{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }],
      'overloaded',
    ],
    ['a delta without its block', [delta({ type: 'text_delta', text: 'x' })], 'malformed'],
    ['a block that begins twice', [open({ type: 'text' }), open({ type: 'text' })], 'malformed'],
    ['a stop without a reason', [stop], 'malformed'],
    ['no JSON', ['{"type":"content_bl'], 'malformed'],
    ['an answer with nothing in it', [end('end_turn', { output_tokens: 0 }), stop], 'empty'],
  ])('fails for %s', (_what, events, outcome) => {
    expect(decode([start, ...events]).decoder.end()?.outcome).toBe(outcome);
  });
});
