import { describe, expect, it } from '@jest/globals';
import { completionTokens, promptTokens } from '@trunkline/contracts';
import fc from 'fast-check';
import { usageFromGemini } from './usage.js';

const detail = fc.record({
  modality: fc.constantFrom('TEXT', 'IMAGE', 'AUDIO', 'VIDEO', 'DOCUMENT', 'constructor'),
  tokenCount: fc.nat({ max: 2000 }),
});
const details = fc.array(detail, { maxLength: 5 });

describe("Gemini's usage", () => {
  it('is split by modality, what was cached taken from its own', () => {
    const usage = usageFromGemini({
      promptTokenCount: 500,
      cachedContentTokenCount: 120,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 200 },
        { modality: 'IMAGE', tokenCount: 258 },
        { modality: 'DOCUMENT', tokenCount: 42 },
      ],
      cacheTokensDetails: [{ modality: 'IMAGE', tokenCount: 120 }],
      candidatesTokenCount: 300,
      candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 258 }],
      thoughtsTokenCount: 9,
    });
    expect(usage).toEqual({
      'input.text': 242,
      'input.image': 138,
      'cache_read.image': 120,
      'output.text': 42,
      'output.image': 258,
      'reasoning.text': 9,
    });
  });

  it('adds up to the totals, whatever the details say', () => {
    const count = fc.nat({ max: 5000 });
    fc.assert(
      fc.property(count, count, count, count, count, details, details, details, (...drawn) => {
        const [prompt, cached, ofTools, candidates, thoughts, ofPrompt, ofCache, ofAnswer] = drawn;
        const usage = usageFromGemini({
          promptTokenCount: prompt,
          cachedContentTokenCount: cached,
          toolUsePromptTokenCount: ofTools,
          candidatesTokenCount: candidates,
          thoughtsTokenCount: thoughts,
          promptTokensDetails: ofPrompt,
          cacheTokensDetails: ofCache,
          candidatesTokensDetails: ofAnswer,
        });
        expect(promptTokens(usage ?? {})).toBe(prompt + ofTools);
        expect(completionTokens(usage ?? {})).toBe(candidates + thoughts);
        for (const units of Object.values(usage ?? {})) expect(units).toBeGreaterThan(0);
      }),
    );
  });

  it('is none where nothing is counted', () => {
    expect(usageFromGemini({ trafficType: 'ON_DEMAND' })).toBeNull();
  });
});
