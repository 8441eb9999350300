import { describe, expect, it } from '@jest/globals';
import { completionTokens, promptTokens, toldTokens } from '@trunkline/contracts';
import fc from 'fast-check';
import { usageFromResponses } from '../openai-responses/usage.js';
import type { UsageQuirks } from './quirks.js';
import { usageFromOpenAi } from './usage.js';

const count = fc.nat({ max: 100_000 });

describe('usage in the shape of OpenAI', () => {
  it('fills buckets that add up to its totals, whatever the details claim', () => {
    const details = fc.record(
      { cached_tokens: count, cache_write_tokens: count, audio_tokens: count },
      { requiredKeys: [] },
    );
    const completionDetails = fc.record({ audio_tokens: count, image_tokens: count }, { requiredKeys: [] });
    fc.assert(
      fc.property(
        count,
        count,
        details,
        completionDetails,
        (prompt, completion, promptDetails, outputDetails) => {
          const usage = usageFromOpenAi({
            prompt_tokens: prompt,
            completion_tokens: completion,
            prompt_tokens_details: promptDetails,
            completion_tokens_details: outputDetails,
          });
          expect(promptTokens(usage ?? {})).toBe(prompt);
          expect(completionTokens(usage ?? {})).toBe(completion);
          for (const units of Object.values(usage ?? {})) expect(units).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('takes reasoning out of the completion, or beside it where the sums say so', () => {
    const reported = (completion: number, total: number | undefined, quirks: UsageQuirks = {}) =>
      usageFromOpenAi(
        {
          prompt_tokens: 10,
          completion_tokens: completion,
          total_tokens: total,
          completion_tokens_details: { reasoning_tokens: 40 },
        },
        quirks,
      );
    expect(reported(100, 110)).toEqual({ 'input.text': 10, 'output.text': 60, 'reasoning.text': 40 });
    expect(reported(100, 150)).toEqual({ 'input.text': 10, 'output.text': 100, 'reasoning.text': 40 });
    const beside = { 'input.text': 10, 'output.text': 5, 'reasoning.text': 40 };
    expect(reported(5, 55)).toEqual(beside);
    expect(reported(5, undefined)).toEqual(beside);
    expect(reported(5, 15, { reasoningBeside: 'where-more' })).toEqual(beside);
    expect(reported(100, 110, { reasoningBeside: 'where-more' })).toEqual(reported(100, 110));
  });

  it('keeps to the totals where a detail is more than its sum, and still tells the detail', () => {
    const told = usageFromOpenAi({
      prompt_tokens: 377,
      completion_tokens: 16,
      total_tokens: 393,
      prompt_tokens_details: { cached_tokens: 515 },
      completion_tokens_details: { reasoning_tokens: 19 },
    });
    expect(told).toEqual({
      'cache_read.text': 377,
      'beyond.cache_read': 138,
      'reasoning.text': 16,
      'beyond.reasoning': 3,
    });
    expect([promptTokens(told ?? {}), completionTokens(told ?? {})]).toEqual([377, 16]);
    expect([toldTokens(told ?? {}, 'cache_read'), toldTokens(told ?? {}, 'reasoning')]).toEqual([515, 19]);
  });

  it('splits writes to the cache by their lifetime where it is told', () => {
    expect(
      usageFromOpenAi({
        prompt_tokens: 100,
        completion_tokens: 1,
        cache_creation_input_tokens: 50,
        cache_creation: { ephemeral_1h_input_tokens: 20, ephemeral_5m_input_tokens: 30 },
      }),
    ).toEqual({ 'input.text': 50, 'cache_write_1h.text': 20, 'cache_write_5m.text': 30, 'output.text': 1 });
  });

  it("counts OpenRouter's searches", () => {
    const told = {
      prompt_tokens: 1,
      completion_tokens: 1,
      server_tool_use: { web_search_requests: 2 },
    };
    expect(usageFromOpenAi(told)).toEqual({ 'input.text': 1, 'output.text': 1, searches: 2 });
  });

  it("counts xAI's own tools by their calls", () => {
    const details = {
      web_search_calls: 2,
      x_search_calls: 1,
      code_interpreter_calls: 3,
      file_search_calls: 1,
    };
    const told = { prompt_tokens: 1, completion_tokens: 1, server_side_tool_usage_details: details };
    const counted = { 'input.text': 1, 'output.text': 1, searches: 3, code_sessions: 3, queries: 1 };
    expect(usageFromOpenAi(told)).toEqual(counted);
    const ofResponses = { input_tokens: 1, output_tokens: 1, server_side_tool_usage_details: details };
    expect(usageFromResponses(ofResponses, { searches: 9, images: 1 })).toEqual({ ...counted, images: 1 });
  });

  it.each([
    null,
    undefined,
    'x',
    {},
    [],
    { prompt_tokens: -1 },
    { prompt_tokens: 1.5 },
    { prompt_tokens: '9' },
  ])('is none for %j', (value) => {
    expect(usageFromOpenAi(value)).toBeNull();
  });
});
