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
