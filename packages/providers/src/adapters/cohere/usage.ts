import type { Usage } from '@trunkline/contracts';
import { countOf, recordOf } from '../../loose-json.js';

/**
 * Cohere's usage as disjoint buckets. `tokens` are what the model read and wrote, Cohere's own prompt around the client's
 * included; the bill follows `billed_units`, so that the rest stands in the buckets that cost nothing. `cached_tokens`
 * are a part of the prompt and no cheaper: those billed are looked for among the fresh ones first. Image tokens are
 * billed as text.
 * https://docs.cohere.com/docs/how-does-cohere-pricing-work
 * @returns null where there are no counts
 */
export function usageFromCohere(value: unknown): Usage | null {
  const holder = recordOf(value);
  const tokens = recordOf(holder['tokens']);
  const billed = recordOf(holder['billed_units']);
  const billedInput = countOf(billed['input_tokens']);
  const billedOutput = countOf(billed['output_tokens']);
  const input = countOf(tokens['input_tokens']) ?? billedInput;
  const output = countOf(tokens['output_tokens']) ?? billedOutput;
  if (input === null && output === null) return null;
  const usage: Usage = {};
  writePrompt(usage, input ?? 0, billedInput ?? input ?? 0, countOf(holder['cached_tokens']) ?? 0);
  writeAnswer(usage, output ?? 0, billedOutput ?? output ?? 0, countOf(tokens['reasoning_tokens']) ?? 0);
  return usage;
}

function writePrompt(usage: Usage, counted: number, billed: number, cached: number): void {
  const whole = Math.max(counted, billed);
  const fromCache = Math.min(cached, whole);
  const fresh = whole - fromCache;
  const billedFresh = Math.min(billed, fresh);
  const billedFromCache = billed - billedFresh;
  write(usage, 'input.text', billedFresh);
  write(usage, 'cache_read.text', billedFromCache);
  write(usage, 'unbilled.input', fresh - billedFresh);
  write(usage, 'unbilled.cache_read', fromCache - billedFromCache);
}

function writeAnswer(usage: Usage, counted: number, billed: number, reasoning: number): void {
  const thought = Math.min(reasoning, billed);
  write(usage, 'output.text', billed - thought);
  write(usage, 'reasoning.text', thought);
  write(usage, 'unbilled.output', Math.max(counted - billed, 0));
}

function write(usage: Usage, bucket: keyof Usage, units: number): void {
  if (units > 0) usage[bucket] = units;
}
