import type { PriceHours } from '@trunkline/contracts';
import { parsePpm } from './decimal-price.js';
import { WEEKDAYS, type TimeOfDay } from './offer-schema.js';

const MINUTES_PER_DAY = 1440;

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/** The gaps between windows of one day, none of which passes midnight. */
function gaps(windows: readonly { from: number; to: number }[]): { from: number; to: number }[] {
  const edges = [0, ...windows.flatMap((window) => [window.from, window.to]), MINUTES_PER_DAY];
  const found: { from: number; to: number }[] = [];
  for (let index = 0; index < edges.length; index += 2) {
    const [from = 0, to = 0] = edges.slice(index, index + 2);
    if (from < to) found.push({ from, to });
  }
  return found;
}

/** Turns peak hours into the windows outside them, each with the factor by which prices fall. */
export function offPeakHours(terms: TimeOfDay): PriceHours[] {
  const factorPpm = parsePpm(terms.offPeakFactor);
  const peak = terms.peakUtc
    .map((window) => ({ from: minuteOf(window.from), to: minuteOf(window.to) }))
    .toSorted((left, right) => left.from - right.from);
  const days = WEEKDAYS.map((_, day) => day);
  const peakDays = terms.peakDays.map((day) => WEEKDAYS.indexOf(day)).toSorted((left, right) => left - right);
  const quietDays = days.filter((day) => !peakDays.includes(day));
  const windows = gaps(peak).map(({ from, to }) => ({
    fromMinute: from,
    toMinute: to,
    days: peakDays,
    factorPpm,
  }));
  if (quietDays.length > 0)
    windows.push({ fromMinute: 0, toMinute: MINUTES_PER_DAY, days: quietDays, factorPpm });
  return windows;
}
