import type { CacheControl } from '@trunkline/contracts';
import { isRecord } from './loose-json.js';

/**
 * The mark that a message, part or tool carries: Anthropic's, or OpenAI's own, which later models of its take.
 * Guarantee: marks of parts are checked with the request; one elsewhere is the provider's to judge.
 * https://developers.openai.com/api/docs/guides/prompt-caching#prompt-cache-breakpoints
 */
export function cacheMarkOf(holder: object): CacheControl | null {
  const { cache_control: mark, prompt_cache_breakpoint: breakpoint } = holder as Record<string, unknown>;
  if ((mark ?? null) !== null) return mark as CacheControl;
  if (!isRecord(breakpoint)) return null;
  // Twelve hours is more than anybody else gives.
  return breakpoint['ttl'] === '12h' ? { type: 'ephemeral', ttl: '1h' } : { type: 'ephemeral' };
}

/**
 * A part of a prompt with OpenAI's mark: as the client wrote it, or a plain one.
 * @param marked the part that brings it
 */
export function withBreakpoint<Part extends object>(part: Part, marked: object = part): Part {
  const { prompt_cache_breakpoint: own } = marked as Record<string, unknown>;
  return { ...part, prompt_cache_breakpoint: isRecord(own) ? own : { mode: 'explicit' } };
}
