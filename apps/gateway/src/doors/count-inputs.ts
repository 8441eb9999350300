import { setImmediate as immediate } from 'node:timers/promises';
import { countTextsInSlices } from '@trunkline/tokens';

/** Tokens of some texts by our own count, without holding others up. */
export function countTexts(texts: readonly string[]): Promise<number> {
  return countTextsInSlices(texts, immediate);
}
