import { describe, expect, it } from '@jest/globals';
import { framesOf } from '../testing/play-stream.js';
import { geminiGenerate, readingVertex } from './index.js';
import { parseGenerated } from './response.js';
import { GeminiDecoder } from './stream.js';

const candidate = (parts: unknown[], more: Record<string, unknown> = {}) => ({
  candidates: [{ content: { parts, role: 'model' }, ...more }],
  responseId: 'r1',
  modelVersion: 'gemini-3-flash-preview',
});
const parse = (value: unknown) => parseGenerated(JSON.stringify(value));

describe('a plain answer of Gemini', () => {
  it('may be a list of chunks, with what each of them has', () => {
    const chunks = [
      { ...candidate([{ text: 'Hm', thought: true }]), usageMetadata: { promptTokenCount: 4 } },
      candidate([{ text: 'Salt' }], { citationMetadata: { citations: [{ uri: 'https://a.example' }] } }),
      { ...candidate([{ text: ' it.' }], { finishReason: 'MAX_TOKENS' }) },
      {
        ...candidate([{ text: '', thoughtSignature: 's1' }], {
          finishReason: 'STOP',
          citationMetadata: { citations: [{ uri: 'https://b.example' }] },
        }),
        usageMetadata: { promptTokenCount: 4, candidatesTokenCount: 2, thoughtsTokenCount: 1 },
      },
    ];
    expect(parse(chunks)).toMatchObject({
      kind: 'answer',
      finishReason: 'length',
      usage: { 'input.text': 4, 'output.text': 2, 'reasoning.text': 1 },
      answer: {
        id: 'r1',
        choices: [
          {
            message: {
              content: 'Salt it.',
              reasoning_content: 'Hm',
              annotations: [
                { url_citation: { url: 'https://a.example' } },
                { url_citation: { url: 'https://b.example' } },
              ],
            },
          },
        ],
      },
    });
  });

  it('is the error where a chunk of the list is one', () => {
    const error = { code: 503, message: 'Overloaded.', status: 'UNAVAILABLE' };
    expect(parse([candidate([{ text: 'a' }]), { error }])).toMatchObject({
      failure: { outcome: 'overloaded' },
    });
    for (const value of [[], ['a'], [null]])
      expect(parse(value)).toMatchObject({ failure: { outcome: 'malformed' } });
  });

  it.each([
    ['text', [{ text: 'Hi' }], 'stop'],
    ['a call', [{ functionCall: { name: 'a' } }], 'tool_calls'],
    ['sound', [{ inlineData: { mimeType: 'audio/wav', data: 'AA==' } }], 'stop'],
  ])('with %s is whole without a reason, and without content it is not', (_, parts, finishReason) => {
    expect(parse(candidate(parts))).toMatchObject({ kind: 'answer', finishReason, nativeFinishReason: null });
    expect(parse(candidate([{ text: 'Hm', thought: true }]))).toMatchObject({
      failure: { outcome: 'malformed' },
    });
  });
});

describe('enumerations of Gemini as numbers', () => {
  it.each([
    [1, 'stop', 'STOP', 'STOP'],
    [2, 'length', 'MAX_TOKENS', 'MAX_TOKENS'],
    [6, 'content_filter', 'LANGUAGE', 'BLOCKLIST'],
    [14, undefined, 'IMAGE_PROHIBITED_CONTENT', 'IMAGE_OTHER'],
    [99, 'stop', 'FINISH_REASON_99', 'FINISH_REASON_99'],
  ])('%s ends an answer by the word of who says it', (number, finishReason, google, vertex) => {
    const body = JSON.stringify(candidate([{ text: 'a' }], { finishReason: number }));
    const told = { kind: 'answer', ...(finishReason ? { finishReason } : {}) };
    expect(geminiGenerate.parseAnswer(body)).toMatchObject({ ...told, nativeFinishReason: google });
    expect(readingVertex.parseAnswer(body)).toMatchObject({ ...told, nativeFinishReason: vertex });
    const decoder = readingVertex.decoder({ choices: 1 });
    for (const frame of framesOf([Buffer.from(`data: ${body}\n\n`)])) decoder.push(frame);
    expect(decoder).toMatchObject({ finished: true, nativeFinishReason: vertex });
  });

  it('are a call that cannot be read at one, and personal data at the other', () => {
    const body = JSON.stringify(candidate([{ text: 'a' }], { finishReason: 9 }));
    expect(readingVertex.parseAnswer(body)).toMatchObject({ failure: { outcome: 'malformed' } });
    expect(geminiGenerate.parseAnswer(body)).toMatchObject({ finishReason: 'content_filter' });
  });

  it('say kinds of tokens, and why a prompt was blocked', () => {
    const usageMetadata = {
      promptTokenCount: 9,
      promptTokensDetails: [
        { modality: 1, tokenCount: 2 },
        { modality: 2, tokenCount: 3 },
        { modality: 4, tokenCount: 4 },
      ],
      candidatesTokenCount: 1,
    };
    const body = { ...candidate([{ text: 'a' }], { finishReason: 1 }), usageMetadata };
    expect(parse(body)).toMatchObject({ usage: { 'input.text': 2, 'input.image': 3, 'input.audio': 4 } });
    expect(parse({ promptFeedback: { blockReason: 4 } })).toMatchObject({
      failure: { outcome: 'content_policy', providerCode: 'PROHIBITED_CONTENT' },
    });
  });
});

describe('a stream of Gemini that says an end with every frame', () => {
  const play = (ends: readonly string[], last: unknown[] = []) => {
    const decoder = new GeminiDecoder({ choices: 1 });
    const values = ends.map((finishReason, i) =>
      candidate(i === ends.length - 1 ? last : [{ text: 'a' }], { finishReason }),
    );
    const bytes = Buffer.from(values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join(''));
    const events = framesOf([bytes]).flatMap((frame) => decoder.push(frame));
    return { decoder, ends: events.flatMap((event) => (event.type === 'finish' ? [event.reason] : [])) };
  };

  it('has ended by the last one that is none of the ordinary', () => {
    const { decoder, ends } = play(['STOP', 'STOP', 'RECITATION']);
    expect(ends).toEqual(['stop', 'content_filter']);
    expect(decoder).toMatchObject({ finishReason: 'content_filter', nativeFinishReason: 'RECITATION' });
    expect(play(['MAX_TOKENS', 'STOP']).decoder.finishReason).toBe('length');
    expect(play(['STOP', 'STOP'], [{ functionCall: { name: 'a' } }]).ends).toEqual(['stop', 'tool_calls']);
  });
});
