import { isCarriedState, readCarriedState } from '@trunkline/contracts';
import { isRecord, type JsonRecord } from '../loose-json.js';
import { toCallId } from './items.js';

/** `format` of encrypted reasoning that is in no envelope: clients that know OpenAI alone send its own. */
const OPENAI_STATE_FORMAT = 'openai-responses-v1';

export interface NativeItems {
  readonly items: unknown[];
  /** Paths of items that this provider does not get. */
  readonly dropped: string[];
}

/**
 * A conversation's items as this provider gets them: reasoning only where it made it itself and can read it, as nothing is
 * kept there; all else as it was.
 */
export function writeNativeItems(input: unknown, readable: readonly string[]): NativeItems {
  if (!Array.isArray(input)) return { items: [{ role: 'user', content: input }], dropped: [] };
  const items: unknown[] = [];
  const dropped: string[] = [];
  for (const [i, item] of (input as unknown[]).entries()) {
    const written = isRecord(item) && item['type'] === 'reasoning' ? ownReasoning(item, readable) : item;
    if (written === null) dropped.push(`input[${i}]`);
    else items.push(withCallId(written));
  }
  // Its own ids lead it to look for the reasoning that stood before them.
  return { items: dropped.length > 0 ? items.map(withoutId) : items, dropped };
}

function ownReasoning(item: JsonRecord, readable: readonly string[]): JsonRecord | null {
  const sealed = item['encrypted_content'];
  if (typeof sealed !== 'string' || sealed === '') return null;
  const carried = readCarriedState(sealed);
  if (carried === null)
    return readable.includes(OPENAI_STATE_FORMAT) && !isCarriedState(sealed) ? withSummary(item) : null;
  if (carried.kind !== 'encrypted' || !readable.includes(carried.format ?? '')) return null;
  return withSummary({
    ...item,
    ...(carried.id === null ? {} : { id: carried.id }),
    encrypted_content: carried.data,
  });
}

/** It is required, also where there is none. */
function withSummary(item: JsonRecord): JsonRecord {
  return Array.isArray(item['summary']) ? item : { ...item, summary: [] };
}

/** Ids that another provider gave may be longer than is taken. */
function withCallId(item: unknown): unknown {
  if (!isRecord(item) || typeof item['call_id'] !== 'string') return item;
  const callId = toCallId(item['call_id']);
  return callId === item['call_id'] ? item : { ...item, call_id: callId };
}

function withoutId(item: unknown): unknown {
  if (!isRecord(item) || item['type'] === 'reasoning') return item;
  const { id: _id, ...rest } = item;
  return rest;
}
