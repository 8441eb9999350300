import { type EndedRecord, spoolRecord, uuidTime } from '@trunkline/contracts';
import { z } from 'zod';

/** What a text of a spool turns out to be. */
export type ReadRecord =
  /** An ended call that can be posted. */
  | { kind: 'ended'; call: UsageCall }
  /** Nothing to post: it only moves the position. */
  | { kind: 'begun' }
  | { kind: 'bad'; error: string };

/** An ended call on its way to the log and the ledger. */
export interface UsageCall {
  /** Number of the record in its spool. */
  number: number;
  /** As it came, for setting it aside. */
  text: string;
  record: EndedRecord;
  /** The time inside the record's UUIDv7, never that of the insertion. */
  createdAt: Date;
  costNanoUsd: bigint;
  providerCostNanoUsd: bigint;
}

/** Older ones would make partitions for months that nobody keeps. */
const OLDEST_MS = 400 * 24 * 3600 * 1000;
/** How far a gateway's clock may be ahead. */
const NEWEST_MS = 48 * 3600 * 1000;

/**
 * Reads one record and checks what Postgres cannot: its shape, its time, and that its cost is the sum of its lines.
 * @param text the record's JSON
 * @param number its number in the spool
 */
export function readUsageRecord(text: string, number: number): ReadRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad('not JSON');
  }
  const parsed = spoolRecord.safeParse(UNSTORABLE.test(text) ? storable(value) : value);
  if (!parsed.success) return bad(z.prettifyError(parsed.error));
  if (parsed.data.kind === 'begun') return { kind: 'begun' };
  const record = parsed.data;
  try {
    return { kind: 'ended', call: { number, text, record, createdAt: timeOf(record), ...costsOf(record) } };
  } catch (error) {
    return bad(error instanceof Error ? error.message : String(error));
  }
}

function bad(error: string): ReadRecord {
  return { kind: 'bad', error };
}

function timeOf(record: EndedRecord): Date {
  const createdAt = uuidTime(record.id);
  const age = Date.now() - createdAt.getTime();
  if (age > OLDEST_MS || age < -NEWEST_MS) throw new RangeError(`its id is of ${createdAt.toISOString()}`);
  return createdAt;
}

function costsOf(record: EndedRecord): Pick<UsageCall, 'costNanoUsd' | 'providerCostNanoUsd'> {
  const attempts = new Set(record.attempts.map((attempt) => attempt.number));
  const stranger = record.lines.find((line) => !attempts.has(line.attempt));
  if (stranger) throw new RangeError(`a line names attempt ${stranger.attempt}, which there is not`);
  const sums = { costNanoUsd: 0n, providerCostNanoUsd: 0n };
  for (const side of ['costNanoUsd', 'providerCostNanoUsd'] as const) {
    for (const line of record.lines) sums[side] += amount(line[side]);
    if (sums[side] !== amount(record[side])) {
      throw new RangeError(`${side} is ${record[side]}, the sum of its lines ${sums[side]}`);
    }
  }
  return sums;
}

function amount(text: string): bigint {
  const value = BigInt(text);
  if (value < 0n) throw new RangeError('an amount is negative');
  return value;
}

/** JSON can carry what Postgres cannot store as text: NUL, and halves of surrogate pairs. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '\uFFFD').toWellFormed();
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [String(storable(key)), storable(item)]),
  );
}
