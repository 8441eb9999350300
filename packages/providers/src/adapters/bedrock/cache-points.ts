import type { CacheControl } from '@trunkline/contracts';
import type { ConverseBlock } from './media.js';
import { cachePoint, type ConverseMessage } from './messages.js';
import type { ModelTraits } from './model-traits.js';

/** https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html */
const MAX_POINTS = 4;

/** A mark of the request itself stands behind its last block. */
export function markLast(
  messages: readonly ConverseMessage[],
  mark: CacheControl,
  traits: ModelTraits,
): void {
  const content = messages.at(-1)?.content;
  const last = content?.at(-1);
  if (!content || !last || !traits.cachePoints) return;
  if (!['document', 'video', 'cachePoint'].some((kind) => kind in last))
    content.push(cachePoint(mark, traits));
}

/**
 * Leaves the last four cache points of a request in the order of its prefix (tools, system, messages): more are an error,
 * and a later one covers what an earlier one does.
 * @returns how many were taken out
 */
export function limitCachePoints(
  tools: ConverseBlock[],
  system: ConverseBlock[],
  messages: readonly ConverseMessage[],
): number {
  const lists = [tools, system, ...messages.map(({ content }) => content)];
  const tooMany = Math.max(0, lists.flat().filter(isPoint).length - MAX_POINTS);
  let left = tooMany;
  for (const list of lists) {
    for (let i = 0; i < list.length && left > 0;) {
      if (isPoint(list[i])) {
        list.splice(i, 1);
        left -= 1;
      } else i += 1;
    }
  }
  return tooMany;
}

function isPoint(block: ConverseBlock | undefined): boolean {
  return block !== undefined && 'cachePoint' in block;
}
