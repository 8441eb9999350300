import type { ClaudeMessage } from './messages.js';
import type { ClaudeBlock } from './media.js';

/** https://docs.claude.com/en/docs/build-with-claude/prompt-caching */
const MAX_MARKS = 4;

/**
 * Leaves the last four cache marks of a request in the order of its prefix (tools, system, messages): more are an
 * error, and a later mark covers what an earlier one does.
 * @returns how many were taken out
 */
export function limitCacheMarks(
  tools: readonly Record<string, unknown>[],
  system: readonly ClaudeBlock[],
  messages: readonly ClaudeMessage[],
): number {
  const marked = [
    ...tools,
    ...system,
    ...messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content)),
  ].filter((block) => block['cache_control'] !== undefined);
  const tooMany = marked.slice(0, Math.max(0, marked.length - MAX_MARKS));
  for (const block of tooMany) delete block['cache_control'];
  return tooMany.length;
}
