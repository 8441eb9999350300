import { isUtf8 } from 'node:buffer';
import { isDeeperThan, isJsonOver } from './json-depth.js';

/** Deeper than any schema or message in use; JSON of this depth can be printed again without overflowing the stack. */
export const MAX_JSON_DEPTH = 200;

/** 10,000 messages with parts and tool calls have some 50,000. */
const MAX_CONTAINERS = 500_000;
const BOUNDS = { depth: MAX_JSON_DEPTH, containers: MAX_CONTAINERS };

/** Below this size the depth is looked at after parsing, which is cheaper; parsing any nesting of it takes < 5 ms. */
const SCAN_FROM_BYTES = 16 * 1024;

export type ParsedJsonBody =
  | { ok: true; value: unknown }
  | { ok: false; issue: { code: 'invalid_json' | 'invalid_encoding' | 'json_too_deep'; message: string } };

/** Reads a request's body as JSON within bounds: UTF-8, depth and number of objects. Never throws. */
export function parseJsonBody(bytes: Buffer): ParsedJsonBody {
  if (!isUtf8(bytes)) return refuse('invalid_encoding', 'The body is not valid UTF-8.');
  if (bytes.length >= SCAN_FROM_BYTES && isJsonOver(bytes, BOUNDS)) return tooDeep();
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    // The parser's own message quotes the body, which may be a secret.
    return refuse('invalid_json', 'The body is not valid JSON.');
  }
  return isDeeperThan(value, MAX_JSON_DEPTH) ? tooDeep() : { ok: true, value };
}

function tooDeep(): ParsedJsonBody {
  const bounds = `deeper than ${MAX_JSON_DEPTH} levels, or has more than ${MAX_CONTAINERS} objects and arrays`;
  return refuse('json_too_deep', `The JSON is nested ${bounds}.`);
}

function refuse(
  code: 'invalid_json' | 'invalid_encoding' | 'json_too_deep',
  message: string,
): ParsedJsonBody {
  return { ok: false, issue: { code, message } };
}
