import { describe, expect, it } from '@jest/globals';
import { piecesOf, tokensPerSecond, WAITING, type Answer } from './answer';
import { withFrame } from './read-frame';

const frame = (body: object) => JSON.stringify(body);
const after = (...frames: readonly [object, number][]): Answer =>
  frames.reduce((answer, [body, elapsedMs]) => withFrame(answer, frame(body), elapsedMs), WAITING);

describe('an answer that streams in', () => {
  it('counts the first token from the first content, not from a role', () => {
    const answer = after(
      [{ choices: [{ delta: { role: 'assistant', content: '' } }] }, 80],
      [{ choices: [{ delta: { content: 'Hel' } }] }, 120],
      [{ choices: [{ delta: { content: 'lo' } }] }, 130],
    );
    expect(answer).toMatchObject({ state: 'streaming', text: 'Hello', firstTokenMs: 120 });
  });

  it('takes usage, exact cost and attempts from the last frame', () => {
    const answer = after(
      [{ choices: [{ delta: { content: 'Hi' } }] }, 100],
      [
        {
          choices: [{ delta: {}, finish_reason: 'stop' }],
          provider: 'groq',
          usage: { prompt_tokens: 9, completion_tokens: 11, cost: 1.2e-8 },
          trunkline: {
            attempts: [
              { provider: 'openai', model: 'm', outcome: 'timeout' },
              {
                provider: 'groq',
                model: 'm',
                outcome: 'success',
                splice: { mode: 'instruction', at_characters: 1, skipped_characters: 0 },
              },
            ],
            rescued: true,
          },
        },
        600,
      ],
    );
    expect(answer).toMatchObject({
      provider: 'groq',
      promptTokens: 9,
      completionTokens: 11,
      costNanoUsd: '12',
      finishReason: 'stop',
    });
    expect(answer.attempts.map(({ outcome }) => outcome)).toEqual(['timeout', 'success']);
    expect(answer.rescued).toBe(true);
    expect(piecesOf(answer)).toEqual([
      { text: 'H', provider: null },
      { text: 'i', provider: 'groq' },
    ]);
    expect(tokensPerSecond({ ...answer, durationMs: 1_100 })).toBeCloseTo(10);
  });

  it('keeps what came before an error frame', () => {
    const answer = after(
      [{ choices: [{ delta: { content: 'Hal' } }] }, 100],
      [{ error: { message: 'The stream was cut.', code: 'truncated' } }, 300],
    );
    expect(answer).toMatchObject({
      state: 'failed',
      text: 'Hal',
      durationMs: 300,
      failure: { code: 'truncated' },
    });
  });

  it('reads over frames that it cannot read', () => {
    expect(withFrame(WAITING, '{"choices":', 5)).toBe(WAITING);
    expect(withFrame(WAITING, '{"choices": 3}', 5)).toBe(WAITING);
  });
});
