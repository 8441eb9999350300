import { describe, expect, it } from '@jest/globals';
import type { ChatEvent } from '@trunkline/contracts';
import { framesOf } from '../testing/play-stream.js';
import { parseGenerated } from './response.js';
import { GeminiDecoder } from './stream.js';

const frame = (parts: unknown[], more: Record<string, unknown> = {}) => ({
  candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }],
  responseId: 'r1',
  modelVersion: 'gemini-3-flash-preview',
});

function play(values: readonly unknown[], choices = 1): { events: ChatEvent[]; decoder: GeminiDecoder } {
  const decoder = new GeminiDecoder({ choices });
  const bytes = Buffer.from(values.map((value) => `data: ${JSON.stringify(value)}\r\n\r\n`).join(''));
  return { events: framesOf([bytes]).flatMap((one) => decoder.push(one)), decoder };
}

describe('a stream of Gemini', () => {
  it('says to which part each signature belongs', () => {
    const { events, decoder } = play([
      frame([{ text: 'Hm', thought: true }]),
      frame([{ text: 'm.', thought: true, thoughtSignature: 's0' }]),
      frame([{ text: 'Look: ' }]),
      frame([{ thoughtSignature: 's1' }]),
      frame([{ functionCall: { name: 'a', args: { x: 1 } }, thoughtSignature: 's2' }]),
      frame([{ functionCall: { name: 'a', args: { x: 2 }, id: 'own' } }], { finishReason: 'STOP' }),
    ]);
    const format = 'google-gemini-v1';
    const made = 'call_r1_0_0';
    const extraContent = { google: { thought_signature: 's2' } };
    expect(events).toEqual([
      { type: 'start', id: 'r1', model: 'gemini-3-flash-preview', createdSeconds: null },
      { type: 'reasoning', choice: 0, index: 0, text: 'Hm', format },
      { type: 'reasoning', choice: 0, index: 0, text: 'm.', format },
      { type: 'reasoning_signature', choice: 0, index: 0, signature: 's0', format },
      { type: 'text', choice: 0, text: 'Look: ' },
      { type: 'reasoning_encrypted', choice: 0, index: 1, data: 's1', format, id: null },
      { type: 'reasoning_encrypted', choice: 0, index: 2, data: 's2', format, id: made },
      { type: 'tool_call_start', choice: 0, index: 0, id: made, name: 'a', kind: 'function', extraContent },
      { type: 'tool_call_arguments', choice: 0, index: 0, text: '{"x":1}' },
      { type: 'tool_call_start', choice: 0, index: 1, id: 'own', name: 'a', kind: 'function' },
      { type: 'tool_call_arguments', choice: 0, index: 1, text: '{"x":2}' },
      { type: 'finish', choice: 0, reason: 'tool_calls', native: 'STOP' },
    ]);
    expect(decoder.end()).toBeNull();
  });

  it('says a picture that the model drew, which is content enough', () => {
    const inlineData = { mimeType: 'image/png', data: 'iVBORw==' };
    const { events, decoder } = play([frame([{ inlineData }], { finishReason: 'STOP' })]);
    expect(events[1]).toEqual({ type: 'image', choice: 0, url: 'data:image/png;base64,iVBORw==' });
    expect(decoder.end()).toBeNull();
  });

  it('tells log probabilities as chat does, those that were not chosen too', () => {
    const token = (text: string, logProbability?: number) => ({ token: text, tokenId: 1, logProbability });
    const logprobsResult = {
      chosenCandidates: [token('Gr\u00fc', -0.5), token('ezi')],
      topCandidates: [{ candidates: [token('Gr\u00fc', -0.5), token('Hal', -1)] }, { candidates: [] }],
    };
    const body = frame([{ text: 'Gr\u00fcezi' }], { finishReason: 'STOP', logprobsResult });
    const told = {
      content: [
        {
          token: 'Gr\u00fc',
          logprob: -0.5,
          bytes: [71, 114, 195, 188],
          top_logprobs: [
            { token: 'Gr\u00fc', logprob: -0.5, bytes: [71, 114, 195, 188] },
            { token: 'Hal', logprob: -1, bytes: [72, 97, 108] },
          ],
        },
        { token: 'ezi', logprob: 0, bytes: [101, 122, 105], top_logprobs: [] },
      ],
      refusal: null,
    };
    expect(play([body]).events[2]).toEqual({ type: 'logprobs', choice: 0, logprobs: told });
    expect(parseGenerated(JSON.stringify(body))).toMatchObject({ answer: { choices: [{ logprobs: told }] } });
  });

  it('cites pages in characters where Google counts bytes, each once, and documents apart from them', () => {
    const grounding = {
      webSearchQueries: ['a', 'b', 'a'],
      groundingChunks: [
        { web: { uri: 'https://e.com', title: 'E' } },
        { retrievedContext: { uri: 'gs://b/doc', title: 'Doc', text: 'words' } },
      ],
      groundingSupports: [
        { segment: { startIndex: 3, endIndex: 6, text: 'abc' }, groundingChunkIndices: [0, 1, 7] },
      ],
    };
    const usageMetadata = { promptTokenCount: 3, candidatesTokenCount: 2 };
    const citationMetadata = { citationSources: [{ endIndex: 2, uri: 'https://f.com' }] };
    const values = [
      frame([{ text: '\u00fc ' }]),
      { ...frame([{ text: 'abc' }], { groundingMetadata: grounding }), usageMetadata },
      {
        ...frame([], { groundingMetadata: grounding, citationMetadata, finishReason: 'STOP' }),
        usageMetadata,
      },
    ];
    const { events, decoder } = play(values);
    const page = {
      type: 'url_citation',
      url_citation: { url: 'https://e.com', title: 'E', start_index: 2, end_index: 5 },
    };
    const document = {
      type: 'source_citation',
      source_id: 'gs://b/doc',
      title: 'Doc',
      cited_text: 'words',
      source_index: 1,
      location: null,
      start_index: 2,
      end_index: 5,
    };
    const repeated = {
      type: 'url_citation',
      url_citation: { url: 'https://f.com', title: 'https://f.com', start_index: 0, end_index: 1 },
    };
    expect(events.filter(({ type }) => type === 'annotation' || type === 'citation')).toEqual([
      { type: 'annotation', choice: 0, annotation: page },
      { type: 'citation', choice: 0, citation: document },
      { type: 'annotation', choice: 0, annotation: repeated },
    ]);
    expect(decoder.usage).toEqual({ 'input.text': 3, 'output.text': 2, searches: 2 });
    const whole = {
      ...frame([{ text: '\u00fc abc' }], {
        groundingMetadata: grounding,
        citationMetadata,
        finishReason: 'STOP',
      }),
      usageMetadata,
    };
    expect(parseGenerated(JSON.stringify(whole))).toMatchObject({
      usage: { searches: 2 },
      answer: { choices: [{ message: { annotations: [page, repeated], citations: [document] } }] },
    });
    const older = { ...whole, modelVersion: 'gemini-2.5-flash' };
    expect(parseGenerated(JSON.stringify(older))).toMatchObject({ usage: { searches: 1 } });
  });

  it('says what Google says of an answer that it stopped', () => {
    const ended = { finishReason: 'SAFETY', finishMessage: 'It was not safe.' };
    const body = frame([{ text: 'So' }], ended);
    expect(play([body]).events.slice(2)).toEqual([
      { type: 'refusal', choice: 0, text: 'It was not safe.', isExplanation: true },
      { type: 'finish', choice: 0, reason: 'content_filter', native: 'SAFETY' },
    ]);
    expect(parseGenerated(JSON.stringify(body))).toMatchObject({
      answer: { choices: [{ message: { content: 'So', refusal: 'It was not safe.' } }] },
    });
    const done = frame([{ text: 'So' }], { ...ended, finishReason: 'STOP' });
    expect(parseGenerated(JSON.stringify(done))).toMatchObject({
      answer: { choices: [{ message: { refusal: null } }] },
    });
  });

  it.each(['UNEXPECTED_TOOL_CALL', 'TOO_MANY_TOOL_CALLS'])(
    'that ends by %s without the call is half an answer',
    (finishReason) => {
      const called = frame([{ functionCall: { name: 'a', args: {} } }], { finishReason });
      expect(parseGenerated(JSON.stringify(called))).toMatchObject({ finishReason: 'tool_calls' });
      expect(play([called]).decoder.end()).toBeNull();
      const body = frame([{ text: 'So' }], { finishReason });
      expect(play([body]).decoder.end()).toMatchObject({ outcome: 'malformed', providerCode: finishReason });
      expect(parseGenerated(JSON.stringify(body))).toMatchObject({ kind: 'failed' });
    },
  );

  it('tells that code was run, and names what it has no form for', () => {
    const parts = [
      { executableCode: { language: 'PYTHON', code: '1+1' } },
      { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '2' } },
      { inlineData: { mimeType: 'image/png', data: 'AA==' }, thought: true },
      { inlineData: { mimeType: 'audio/L16;rate=24000', data: 'AA==' } },
      { text: 'Two.' },
    ];
    const body = frame(parts, { finishReason: 'STOP' });
    expect(play([body]).events.slice(1, -1)).toEqual([
      { type: 'server_tool', choice: 0, name: 'executableCode' },
      { type: 'server_tool', choice: 0, name: 'codeExecutionResult' },
      { type: 'left_out', choice: 0, what: 'thought_images' },
      { type: 'left_out', choice: 0, what: 'audio' },
      { type: 'text', choice: 0, text: 'Two.' },
    ]);
    expect(parseGenerated(JSON.stringify(body))).toMatchObject({
      leftOut: ['server_tools', 'thought_images', 'audio'],
    });
  });

  it('is whole when every candidate that was asked for has ended', () => {
    const one = frame([{ text: 'a' }], { finishReason: 'STOP' });
    const other = frame([{ text: 'b' }], { finishReason: 'MAX_TOKENS', index: 1 });
    expect(play([one], 2).decoder.end()?.outcome).toBe('truncated');
    expect(play([one, other], 2).decoder.end()).toBeNull();
  });

  it.each([
    ['SAFETY', 'content_filter'],
    ['MODEL_ARMOR', 'content_filter'],
    ['MAX_TOKENS', 'length'],
    ['A_NEW_WORD', 'stop'],
  ])('that ends by %s has finished by %s', (native, reason) => {
    const { events } = play([frame([{ text: 'a' }], { finishReason: native })]);
    expect(events.at(-1)).toEqual({ type: 'finish', choice: 0, reason, native });
  });

  it('is no answer where the model wrote a call that cannot be read', () => {
    const { decoder } = play([frame([{ text: 'a' }], { finishReason: 'MALFORMED_FUNCTION_CALL' })]);
    expect(decoder.end()).toMatchObject({ outcome: 'malformed', providerCode: 'MALFORMED_FUNCTION_CALL' });
  });

  it.each([
    ['candidates', { candidates: 'none' }],
    ['a candidate', { candidates: ['none'] }],
    ['content', { candidates: [{ content: 'none' }] }],
    ['parts', { candidates: [{ content: { parts: 'none' } }] }],
  ])('is malformed where %s cannot be read, since a piece would be missing', (_, value) => {
    const { events } = play([frame([{ text: 'Hello' }]), value]);
    expect(events.at(-1)).toMatchObject({ type: 'error', failure: { outcome: 'malformed' } });
  });

  it('takes frames without candidates, and candidates without content, for what they are', () => {
    const end = { candidates: [{ finishReason: 'STOP', index: 0 }] };
    const { decoder } = play([frame([{ text: 'Hello' }]), { usageMetadata: {} }, { candidates: null }, end]);
    expect(decoder.end()).toBeNull();
  });

  it('names an error that comes inside of it', () => {
    const error = { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' };
    const { events, decoder } = play([frame([{ text: 'a' }]), { error }, frame([{ text: 'b' }])]);
    expect(events.at(-1)).toMatchObject({ type: 'error', failure: { outcome: 'overloaded' } });
    expect(decoder.outputText).toBe('a');
  });
});

describe('a prompt that was blocked', () => {
  const blocked = {
    promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
    usageMetadata: { promptTokenCount: 4 },
  };

  it('is a refusal by policy, whole and streamed', () => {
    const expected = { outcome: 'content_policy', providerCode: 'PROHIBITED_CONTENT' };
    expect(parseGenerated(JSON.stringify(blocked))).toMatchObject({ kind: 'failed', failure: expected });
    expect(play([blocked]).decoder.end()).toMatchObject(expected);
  });
});

describe('a whole answer', () => {
  it('keeps its images and its signatures', () => {
    const parsed = parseGenerated(
      JSON.stringify(
        frame(
          [
            { text: 'Here.' },
            { inlineData: { mimeType: 'image/png', data: 'AA==' }, thoughtSignature: 's1' },
            { functionCall: { name: 'a' }, thoughtSignature: 's2' },
          ],
          { finishReason: 'STOP' },
        ),
      ),
    );
    if (parsed.kind === 'failed') throw new Error(parsed.failure.message);
    expect(parsed.answer.choices[0]?.message).toMatchObject({
      content: 'Here.',
      images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }],
      reasoning_details: [
        { data: 's1', id: null },
        { data: 's2', id: 'call_r1_0_0' },
      ],
    });
  });
});
