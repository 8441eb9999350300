import { describe, expect, it } from '@jest/globals';
import { openAiCompletions } from './completions.js';

const request = { prompt: 'x', stream: true };
const chunk = (text: string, finish: string | null = null) => ({
  choices: [{ index: 0, text, finish_reason: finish }],
});

/** What a stream of these frames comes to. */
function read(...frames: (object | string)[]) {
  const reader = openAiCompletions().readerFor?.({ model: 'm', request });
  if (!reader) throw new Error('no reader');
  const printed = frames.map((frame) => (typeof frame === 'string' ? frame : JSON.stringify(frame)));
  const pieces = reader.push(Buffer.from(printed.map((data) => `data: ${data}\n\n`).join('')));
  return { pieces, outcome: reader.failure?.outcome ?? reader.end().failure?.outcome ?? null };
}

describe('a stream of older completions', () => {
  it('has ended well with a finish reason, whatever stands around the end', () => {
    expect(read(chunk('Hi', 'stop'))).toMatchObject({ pieces: [{ isLast: true }], outcome: null });
    expect(read(chunk('Hi', 'stop'), ' [DONE] ').outcome).toBeNull();
    expect(read(chunk('Hi'), '[DONE]').outcome).toBe('truncated');
  });

  it('has failed where its end is called an error', () => {
    expect(read(chunk('Hi'), chunk('', 'error'), '[DONE]').outcome).toBe('server_error');
    const body = JSON.stringify(chunk('Hi', 'abort'));
    expect(openAiCompletions().parseAnswers([body], { model: 'm', request: { prompt: 'x' } })).toMatchObject({
      kind: 'failed',
      failure: { outcome: 'server_error' },
    });
  });

  it('is broken where a chunk is nested deeper than could be printed', () => {
    const deep = `{"choices":[],"more":${'['.repeat(60_000)}${']'.repeat(60_000)}}`;
    expect(read(chunk('Hi'), deep).outcome).toBe('malformed');
  });
});
