import { createParser } from 'nuqs/server';

/** Ranges that move with the clock. */
export const RANGE_PRESETS = [
  { key: '1h', label: 'Last hour', ms: 3_600_000 },
  { key: '24h', label: 'Last 24 hours', ms: 86_400_000 },
  { key: '7d', label: 'Last 7 days', ms: 7 * 86_400_000 },
  { key: '30d', label: 'Last 30 days', ms: 30 * 86_400_000 },
  { key: '90d', label: 'Last 90 days', ms: 90 * 86_400_000 },
] as const;

/** A preset's key, or two ISO times with `..` between: what stands in the URL. */
export type RangeText = string;

export const DEFAULT_RANGE: RangeText = '24h';

function readTime(text: string | undefined): Date | null {
  const time = new Date(text ?? '');
  return Number.isNaN(time.getTime()) ? null : time;
}

function fixedRange(text: RangeText): { from: Date; to: Date } | null {
  const [start, end] = text.split('..');
  const from = readTime(start);
  const to = readTime(end);
  return from && to && from < to ? { from, to } : null;
}

export function isRange(text: string): boolean {
  return RANGE_PRESETS.some(({ key }) => key === text) || fixedRange(text) !== null;
}

export function rangeOf(from: Date, to: Date): RangeText {
  return `${from.toISOString()}..${to.toISOString()}`;
}

/** The range as times; a preset ends with the minute that `now` is in. */
export function resolveRange(text: RangeText, now = new Date()): { from: string; to: string } {
  const fixed = fixedRange(text);
  if (fixed) return { from: fixed.from.toISOString(), to: fixed.to.toISOString() };
  const { ms } = RANGE_PRESETS.find(({ key }) => key === text) ?? RANGE_PRESETS[1];
  const end = Math.ceil(now.getTime() / 60_000) * 60_000;
  return { from: new Date(end - ms).toISOString(), to: new Date(end).toISOString() };
}

export const parseAsRange = createParser({
  parse: (text: string) => (isRange(text) ? text : null),
  serialize: (text: string) => text,
}).withDefault(DEFAULT_RANGE);
