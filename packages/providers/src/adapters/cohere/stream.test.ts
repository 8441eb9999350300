import { describe, expect, it } from '@jest/globals';
import type { ChatEvent } from '@trunkline/contracts';
import { framesOf } from '../../testing/play-stream.js';
import { parseChat } from './response.js';
import { CohereDecoder } from './stream.js';

type Message = Record<string, unknown>;

function play(...events: Message[]): { events: ChatEvent[]; decoder: CohereDecoder } {
  const decoder = new CohereDecoder();
  const bytes = Buffer.from(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
  return { events: framesOf([bytes]).flatMap((frame) => [...decoder.push(frame)]), decoder };
}

const start = { type: 'message-start', id: 'c-1' };
const text = (index: number, words: string) => ({
  type: 'content-delta',
  index,
  delta: { message: { content: { text: words } } },
});
const end = (delta: Message) => ({ type: 'message-end', delta });

describe("a stream of Cohere's", () => {
  it('places citations in the text as a whole: pages as such, documents and results by their names', () => {
    const cite = (sources: unknown[], type = 'TEXT_CONTENT') => ({
      type: 'citation-start',
      delta: { message: { citations: { start: 0, end: 4, sources, content_index: 2, type } } },
    });
    const web = { type: 'tool', tool_output: { url: 'https://example.com/a', title: 'A' } };
    const { events } = play(
      start,
      text(0, 'Hello '),
      text(2, 'moon'),
      cite([web, { type: 'document', id: 'doc:3', document: { title: 'D', snippet: 'no address' } }]),
      cite([web], 'PLAN'),
    );
    expect(events.slice(3)).toEqual([
      {
        type: 'annotation',
        choice: 0,
        annotation: {
          type: 'url_citation',
          url_citation: { url: 'https://example.com/a', title: 'A', start_index: 6, end_index: 10 },
        },
      },
      {
        type: 'citation',
        choice: 0,
        citation: {
          type: 'source_citation',
          source_id: 'doc:3',
          title: 'D',
          cited_text: 'no address',
          source_index: 3,
          location: null,
          start_index: 6,
          end_index: 10,
        },
      },
      { type: 'left_out', choice: 0, what: 'citations' },
    ]);
  });

  it('tells log probabilities by the piece, as its tokens have no text of their own', () => {
    const logprobs = { text: 'moon', token_ids: [1, 2], logprobs: [-0.5, -0.25] };
    const token = { token: 'moon', logprob: -0.75, bytes: [109, 111, 111, 110], top_logprobs: [] };
    const told = { content: [token], refusal: null };
    const { events } = play(start, { ...text(0, 'moon'), logprobs });
    expect(events.at(-1)).toEqual({ type: 'logprobs', choice: 0, logprobs: told });
    const message = { content: [{ type: 'text', text: 'moon' }] };
    const whole = { id: 'c-1', message, finish_reason: 'COMPLETE', logprobs: [logprobs] };
    expect(parseChat(JSON.stringify(whole))).toMatchObject({ answer: { choices: [{ logprobs: told }] } });
  });

  it.each([
    ['ERROR', 'server_error'],
    ['TIMEOUT', 'timeout'],
  ])('that ends with %s is no answer', (native, outcome) => {
    const { decoder } = play(start, text(0, 'Half'), end({ finish_reason: native, error: 'model broke' }));
    expect(decoder.end()).toMatchObject({ outcome, providerCode: native, message: 'model broke' });
  });

  it('with an error in the middle is no answer', () => {
    const { decoder } = play(start, text(0, 'Half'), { message: 'no', error_type: 'TOO_MANY_TOKENS' });
    expect(decoder.end()).toMatchObject({ outcome: 'context_length' });
  });

  it('keeps a plan and thoughts apart by their format', () => {
    const { events } = play(
      start,
      { type: 'content-delta', index: 0, delta: { message: { content: { thinking: 'Hm.' } } } },
      { type: 'tool-plan-delta', delta: { message: { tool_plan: 'I will' } } },
      { type: 'tool-plan-delta', delta: { message: { tool_plan: ' look.' } } },
    );
    expect(events.slice(1)).toEqual([
      { type: 'reasoning', choice: 0, index: 0, text: 'Hm.', format: 'cohere-thinking-v1' },
      { type: 'reasoning', choice: 0, index: 1, text: 'I will', format: 'cohere-tool-plan-v1' },
      { type: 'reasoning', choice: 0, index: 1, text: ' look.', format: 'cohere-tool-plan-v1' },
    ]);
  });

  it('takes arguments for a call that never began as a broken stream', () => {
    const { decoder } = play(start, { type: 'tool-call-delta', index: 3, delta: { message: {} } });
    expect(decoder.end()).toMatchObject({ outcome: 'malformed' });
  });
});
