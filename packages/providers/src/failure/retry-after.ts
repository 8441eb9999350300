import type { FailedResponse } from '../types.js';
import { readDuration, readMoment } from './read-delay.js';

/** Longer ones are of no use to anyone who waits. */
const MAX_DELAY_MS = 24 * 60 * 60 * 1000;

/**
 * The delay that a provider named in its headers, in milliseconds: `retry-after-ms` (OpenAI's, Anthropic's, Azure's) goes
 * before `retry-after`, which is seconds or a date.
 * https://github.com/openai/openai-node/blob/master/src/client.ts
 * https://learn.microsoft.com/azure/ai-foundry/openai/how-to/quota
 */
export function retryAfterMs(headers: FailedResponse['headers'], receivedMs: number): number | null {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const milliseconds = Number(single(headers[name])?.trim() || Number.NaN);
    if (Number.isFinite(milliseconds) && milliseconds >= 0) return bound(milliseconds);
  }
  const text = single(headers['retry-after'])?.trim();
  if (!text) return null;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return seconds >= 0 ? bound(seconds * 1000) : null;
  return orNull(readDuration(text) ?? untilDate(text, receivedMs));
}

/**
 * The delay that follows from limits of which nothing is left, where no delay was named: the longest, since all of them
 * have to allow the next request. A limit that is not used up says nothing.
 *
 * `x-ratelimit-reset-requests: 6m0s` https://platform.openai.com/docs/guides/rate-limits · Groq, Cerebras (seconds, by
 * minute and day) https://inference-docs.cerebras.ai/support/rate-limits · `anthropic-ratelimit-requests-reset`, a date
 * https://docs.claude.com/en/api/rate-limits · `x-ratelimit-reset`, a moment at OpenRouter
 * https://openrouter.ai/docs/api-reference/limits and seconds at others · `ratelimit-reset`, seconds
 * https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-06
 */
export function limitResetMs(headers: FailedResponse['headers'], receivedMs: number): number | null {
  let longest: number | null = null;
  for (const [name, value] of Object.entries(headers)) {
    if (!/^(?:[a-z]+-)?ratelimit-(?:.*-)?reset(?:-.*)?$/.test(name)) continue;
    const remaining = single(headers[name.replace('reset', 'remaining')])?.trim();
    if (remaining === undefined || Number(remaining) !== 0 || remaining === '') continue;
    const delay = readMoment(single(value)?.trim() ?? '', receivedMs);
    if (delay !== null && delay > (longest ?? -1)) longest = delay;
  }
  return orNull(longest);
}

/** Google's `RetryInfo`. https://cloud.google.com/apis/design/errors#error_details */
const RETRY_INFO = /"retryDelay"\s*:\s*"(\d+(?:\.\d+)?s)"/;
/** OpenRouter puts the header into its error's metadata. */
const RESET_IN_BODY = /"x-ratelimit-reset"\s*:\s*"?(\d{10,13})\b/i;
/**
 * "Please try again in 1.2s." (OpenAI, Groq: "in 7m12.5s"), "Please retry after 26 seconds." (Azure), "Please retry in
 * 36.4s." (Google), "try again in 20 seconds" (others).
 */
const IN_WORDS =
  /(?:try again|retry|wait)(?: after| in| for)?(?: about)? ((?:\d+(?:\.\d+)? ?(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b[ ,]*|\d+(?:\.\d+)?(?:h|m(?!s)))+)/i;

/**
 * The delay that an error's body names, in milliseconds.
 * @param body of the error, JSON or text
 */
export function delayInBody(body: string, receivedMs: number): number | null {
  const info = RETRY_INFO.exec(body)?.[1];
  if (info !== undefined) return orNull(readDuration(info));
  const reset = RESET_IN_BODY.exec(body)?.[1];
  if (reset !== undefined) return orNull(readMoment(reset, receivedMs));
  const words = IN_WORDS.exec(body)?.[1];
  return words === undefined ? null : orNull(readDuration(words));
}

function untilDate(text: string, receivedMs: number): number | null {
  const date = Date.parse(text);
  return Number.isFinite(date) ? Math.max(0, date - receivedMs) : null;
}

function orNull(delayMs: number | null): number | null {
  return delayMs === null ? null : bound(delayMs);
}

function bound(delayMs: number): number {
  return Math.min(Math.ceil(delayMs), MAX_DELAY_MS);
}

function single(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
