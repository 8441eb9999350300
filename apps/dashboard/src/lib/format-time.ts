import { isTimeZone } from './time-zone';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([timeZone, options]);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...options,
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
  });
  formats.set(key, made);
  return made;
}

const DAY = { day: 'numeric', month: 'short' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** `21 Nov 2026` */
export function dateText(time: Date, timeZone: string): string {
  return format(timeZone, { ...DAY, year: 'numeric' }).format(time);
}

/** `21 Nov` */
export function dayText(time: Date, timeZone: string): string {
  return format(timeZone, DAY).format(time);
}

/** `14:05` */
export function clockText(time: Date, timeZone: string): string {
  return format(timeZone, CLOCK).format(time);
}

/** `14:05:09` */
export function secondText(time: Date, timeZone: string): string {
  return format(timeZone, { ...CLOCK, second: '2-digit' }).format(time);
}

/** `21 Nov, 14:05` */
export function momentText(time: Date, timeZone: string): string {
  return `${dayText(time, timeZone)}, ${clockText(time, timeZone)}`;
}

/** `2026-11-21 14:05:09.120 UTC`: what stands on hover. */
export function utcText(time: Date): string {
  return `${time.toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}

const STEPS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

/** `3 minutes ago`, `in 4 days`, `just now`. */
export function distanceText(time: Date, now: Date): string {
  const apart = time.getTime() - now.getTime();
  const step = STEPS.find(({ ms }) => Math.abs(apart) >= ms);
  if (!step) return 'just now';
  const count = Math.round(Math.abs(apart) / step.ms);
  const words = `${count} ${step.unit}${count === 1 ? '' : 's'}`;
  return apart < 0 ? `${words} ago` : `in ${words}`;
}
