const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const PART = /(\d+(?:\.\d+)?)\s*(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|h|days?|d)/gi;

/** `6m0s`, `1.2s`, `20ms`, `1h30m`, `26 seconds`: milliseconds; null for anything else. */
export function readDuration(text: string): number | null {
  let total: number | null = null;
  const rest = text.replace(PART, (_, amount: string, unit: string) => {
    total = (total ?? 0) + Number(amount) * unitMs(unit.toLowerCase());
    return '';
  });
  return /^[\s,]*(?:and)?[\s,]*$/.test(rest) ? total : null;
}

/** Seconds from these on are a moment since 1970 and no delay. */
const FIRST_MOMENT_SECONDS = 1_000_000_000;

/**
 * The time until a limit is there again, however it is written: a duration, seconds, a moment in Unix seconds or
 * milliseconds, or a date.
 * @param receivedMs Unix milliseconds at which it was said
 */
export function readMoment(text: string, receivedMs: number): number | null {
  if (text === '') return null;
  const number = Number(text);
  if (Number.isFinite(number)) {
    if (number < 0) return null;
    if (number < FIRST_MOMENT_SECONDS) return number * 1000;
    const momentMs = number < FIRST_MOMENT_SECONDS * 1000 ? number * 1000 : number;
    return Math.max(0, momentMs - receivedMs);
  }
  const duration = readDuration(text);
  if (duration !== null) return duration;
  const date = Date.parse(text);
  return Number.isFinite(date) ? Math.max(0, date - receivedMs) : null;
}

function unitMs(unit: string): number {
  const short = unit.startsWith('mil') || unit === 'ms' ? 'ms' : unit.slice(0, 1);
  return UNIT_MS[short] ?? 0;
}
