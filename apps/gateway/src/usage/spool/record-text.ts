import type { BegunRecord, EndedRecord } from '@trunkline/contracts';

/** What a spool itself needs of a record. */
export interface RecordMark {
  kind: 'begun' | 'ended';
  id: string;
}

const MARKED = /^\{"kind":"(begun|ended)","id":"([0-9a-f-]{36})"/;

/** Prints a record with its kind and id in front, so that they can be read without parsing the rest. */
export function printRecord(record: BegunRecord | EndedRecord): string {
  const text = JSON.stringify(record);
  if (text.startsWith(`{"kind":"${record.kind}","id":"${record.id}"`)) return text;
  const { kind, id, ...rest } = record;
  return JSON.stringify({ kind, id, ...rest });
}

/** Kind and id of a printed record; null when it is none. */
export function markOf(text: string): RecordMark | null {
  const match = MARKED.exec(text);
  return match?.[1] && match[2] ? { kind: match[1] === 'begun' ? 'begun' : 'ended', id: match[2] } : null;
}
