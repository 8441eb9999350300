import type { FailedResponse } from '../types.js';

/** Longer ones are of no use to anyone who waits. */
const MAX_DELAY_MS = 24 * 60 * 60 * 1000;

/**
 * The delay that a provider named, in milliseconds: `retry-after-ms` (OpenAI's and Anthropic's own) goes before
 * `retry-after`, which is seconds or a date.
 * https://github.com/openai/openai-node/blob/master/src/client.ts
 */
export function retryAfterMs(headers: FailedResponse['headers'], receivedMs: number): number | null {
  const milliseconds = Number(single(headers['retry-after-ms']) ?? Number.NaN);
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return bound(milliseconds);
  const text = single(headers['retry-after']);
  if (text === undefined || text.trim() === '') return null;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return seconds >= 0 ? bound(seconds * 1000) : null;
  const date = Date.parse(text);
  return Number.isFinite(date) ? bound(Math.max(0, date - receivedMs)) : null;
}

function bound(delayMs: number): number {
  return Math.min(Math.ceil(delayMs), MAX_DELAY_MS);
}

function single(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
