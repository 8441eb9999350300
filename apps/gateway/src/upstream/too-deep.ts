import { isJsonOver, MAX_JSON_DEPTH } from '@trunkline/contracts';

export const TOO_DEEP = 'The answer is nested deeper than any answer is.';
const BOUNDS = { depth: MAX_JSON_DEPTH, containers: Number.POSITIVE_INFINITY };
const OPENER = /[[{]/g;

/** Whether JSON is nested deeper than any answer: it can be parsed, but printing it again would overflow the stack. */
export function isTooDeep(json: string): boolean {
  OPENER.lastIndex = 0;
  for (let openers = 0; openers <= MAX_JSON_DEPTH; openers += 1) if (!OPENER.test(json)) return false;
  return isJsonOver(Buffer.from(json), BOUNDS);
}
