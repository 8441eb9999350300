import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '@trunkline/errors';
import type { Timeouts } from '../failover/clocks.js';
import type { HeaderWishes } from './request-context.js';

const TIMEOUT_HEADERS: Record<string, keyof Timeouts> = {
  'x-trunkline-connect-ms': 'connectMs',
  'x-trunkline-headers-ms': 'headersMs',
  'x-trunkline-first-token-ms': 'firstTokenMs',
  'x-trunkline-gap-ms': 'gapMs',
  'x-trunkline-total-ms': 'totalMs',
};

/** Accepted, and without effect: docs/failover.md says so to those who send them. */
const SWITCHES: Record<string, ReadonlySet<string>> = {
  'x-trunkline-rescue': new Set(['true', 'false', 'on', 'off']),
  'x-trunkline-hedge': new Set(['true', 'false', 'on', 'off']),
  'x-trunkline-keep-alive': new Set(['early', 'commit']),
};

/** Ours in answers: a client that sends them back means nothing by it. */
const ANSWER_HEADERS = new Set([
  'x-trunkline-provider',
  'x-trunkline-model',
  'x-trunkline-attempts',
  'x-trunkline-cost',
  'x-trunkline-overhead-ms',
]);

/** The longest that any clock may be set to: one hour. */
export const MAX_TIMEOUT_MS = 3_600_000;

const NO_WISHES: HeaderWishes = { timeouts: {} };

/** Reads the `x-trunkline-…` headers. @throws AppError `invalid_header` for one that is not known or not valid */
export function readWishes(headers: IncomingHttpHeaders): HeaderWishes {
  let timeouts: Partial<Record<keyof Timeouts, number>> | null = null;
  for (const name in headers) {
    if (!name.startsWith('x-trunkline-')) continue;
    const value = String(headers[name]);
    const timeout = TIMEOUT_HEADERS[name];
    if (timeout) {
      timeouts ??= {};
      timeouts[timeout] = readTimeout(name, value);
    } else if (
      name !== 'x-trunkline-cache' &&
      !ANSWER_HEADERS.has(name) &&
      !SWITCHES[name]?.has(value.toLowerCase())
    ) {
      throw new AppError('invalid_header', {
        publicMessage: SWITCHES[name]
          ? `Invalid value for header '${name}': expected ${[...SWITCHES[name]].join(', ')}.`
          : `Unknown header '${name.slice(0, 64)}'.`,
        param: name.slice(0, 64),
      });
    }
  }
  return timeouts ? { timeouts } : NO_WISHES;
}

function readTimeout(name: string, value: string): number {
  const ms = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (ms >= 1 && ms <= MAX_TIMEOUT_MS) return ms;
  throw new AppError('invalid_header', {
    publicMessage: `Invalid value for header '${name}': expected milliseconds from 1 to ${MAX_TIMEOUT_MS}.`,
    param: name,
  });
}
