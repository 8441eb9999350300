import { faultDefinition, type FaultName } from './fault-catalog.js';

/** How a fault is played; what is not set has a default that fits the fault. */
export interface FaultOptions {
  /** Output tokens delivered before it happens; default half of the answer. */
  readonly at?: number;
  readonly delayMs?: number;
  /** Between keep-alives. */
  readonly intervalMs?: number;
  readonly bytes?: number;
  readonly events?: number;
  readonly keepFinish?: boolean;
  /** Sent as `retry-after` (seconds or date) or `retry-after-ms`; not set: no such header. */
  readonly retryAfterMs?: number;
  readonly retryAfterForm?: 'seconds' | 'date' | 'ms';
  /** The error says that the account's quota is used up, not that calls come too fast. */
  readonly quota?: boolean;
  /** Only the first so many calls that match. */
  readonly count?: number;
  /** Of [0, 1]: the share of calls, decided by `seed` and the number of the call. */
  readonly probability?: number;
  readonly seed?: string;
}

const CHECKS: Readonly<Record<keyof FaultOptions, (value: unknown) => boolean>> = {
  at: wholeUpTo(1_000_000),
  delayMs: wholeUpTo(3_600_000),
  intervalMs: wholeUpTo(3_600_000),
  bytes: wholeUpTo(256 * 1024 * 1024),
  events: wholeUpTo(1_000_000),
  keepFinish: (value) => typeof value === 'boolean',
  retryAfterMs: wholeUpTo(86_400_000),
  retryAfterForm: (value) => value === 'seconds' || value === 'date' || value === 'ms',
  quota: (value) => typeof value === 'boolean',
  count: wholeUpTo(1_000_000_000),
  probability: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  seed: (value) => typeof value === 'string' && value.length <= 200,
};

const COMMON = ['count', 'probability', 'seed'];

/** Checks the options of a fault. @throws Error that names the option which is wrong. */
export function parseFaultOptions(fault: FaultName, value: unknown): FaultOptions {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('options must be an object');
  const allowed: readonly string[] = [...faultDefinition(fault).options, ...COMMON];
  for (const [name, option] of Object.entries(value)) {
    if (!allowed.includes(name)) throw new Error(`options.${name}: "${fault}" takes ${allowed.join(', ')}`);
    if (!CHECKS[name as keyof FaultOptions](option)) throw new Error(`options.${name} has a wrong value`);
  }
  return { ...value };
}

function wholeUpTo(most: number): (value: unknown) => boolean {
  return (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}
