import { describe, expect, it } from '@jest/globals';
import { policyDocument, type PolicyDocument } from './policy-document.js';

const whole: PolicyDocument = {
  failover: {
    connectMs: 1_000,
    headersMs: 2_500,
    firstTokenMs: 2_500,
    gapMs: 10_000,
    totalMs: 3_600_000,
    alsoOn: ['empty', 'invalid_output'],
    rescue: { holdBackTokens: 40, holdBackMs: 800, otherModels: false },
    hedge: { afterMs: 700 },
    keepAlive: 'early',
    fallbackModels: ['openai/gpt-4o', 'anthropic/claude-sonnet-4.5'],
  },
};
const failover = (wish: Record<string, unknown>) => policyDocument.safeParse({ failover: wish });

describe('policyDocument', () => {
  it('reads all that a policy can say, and says it again', () => {
    expect(policyDocument.parse(whole)).toEqual(whole);
  });

  it('lets a policy leave out whatever it does not care for', () => {
    for (const document of [{}, { failover: {} }, { failover: { rescue: false, hedge: true } }])
      expect(policyDocument.parse(document)).toEqual(document);
  });

  it('refuses a word that it does not know, wherever it stands', () => {
    for (const document of [
      { routing: {} },
      { failover: { firstTokenMS: 1 } },
      { failover: { rescue: { holdBack: 1 } } },
      { failover: { hedge: { afterMs: 1, cap: 2 } } },
    ])
      expect(policyDocument.safeParse(document).success).toBe(false);
  });

  it.each([
    ['firstTokenMs', { firstTokenMs: 0 }],
    ['totalMs', { totalMs: 3_600_001 }],
    ['gapMs', { gapMs: 1.5 }],
    ['connectMs', { connectMs: '100' }],
    ['hedge', { hedge: { afterMs: 0 } }],
    ['rescue', { rescue: { holdBackTokens: -1 } }],
    ['keepAlive', { keepAlive: 'late' }],
    ['fallbackModels', { fallbackModels: ['a/b', 'a/b'] }],
    ['fallbackModels', { fallbackModels: Array.from({ length: 11 }, (_, place) => `a/${place}`) }],
  ])('refuses what %s cannot be, and names it', (name, wish) => {
    expect(failover(wish).error?.issues[0]?.path.slice(0, 2)).toEqual(['failover', name]);
  });
});
