import { describe, expect, it } from '@jest/globals';
import { failoverWords } from './failover-words';

describe('failoverWords', () => {
  it('has nothing to say of a policy that changes nothing', () => {
    expect(failoverWords()).toEqual([]);
    expect(failoverWords({})).toEqual([]);
  });

  it('says what each wish does', () => {
    expect(
      failoverWords({
        firstTokenMs: 2_500,
        totalMs: 120_000,
        rescue: { holdBackTokens: 40, otherModels: false },
        hedge: { afterMs: 700 },
        alsoOn: ['empty', 'invalid_output'],
        keepAlive: 'early',
        fallbackModels: ['openai/gpt-4o'],
      }),
    ).toEqual([
      'first token 2.50 s',
      'in all 2 min 0 s',
      'holds back 40 tokens, by the same model',
      'hedges after 700 ms',
      'broken JSON fails over',
      'early keep-alives',
      'then openai/gpt-4o',
    ]);
    expect(failoverWords({ rescue: false, hedge: false, keepAlive: 'commit' })).toEqual([
      'no rescue',
      'no hedge',
      'no early keep-alives',
    ]);
  });
});
