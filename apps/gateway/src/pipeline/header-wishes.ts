import type { IncomingHttpHeaders } from 'node:http';
import { MAX_CLOCK_MS } from '@trunkline/contracts';
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

const ON_OFF: Readonly<Record<string, boolean>> = { true: true, on: true, false: false, off: false };
const SWITCHES: Record<
  string,
  { wish: 'rescue' | 'hedge' | 'keepAliveEarly'; values: Readonly<Record<string, boolean>> }
> = {
  'x-trunkline-rescue': { wish: 'rescue', values: ON_OFF },
  'x-trunkline-hedge': { wish: 'hedge', values: ON_OFF },
  'x-trunkline-keep-alive': { wish: 'keepAliveEarly', values: { early: true, commit: false } },
};

/** Ours in answers: a client that sends them back means nothing by it. `x-trunkline-cache` has no other effect yet. */
const ANSWER_HEADERS = new Set([
  'x-trunkline-provider',
  'x-trunkline-model',
  'x-trunkline-attempts',
  'x-trunkline-cost',
  'x-trunkline-overhead-ms',
  'x-trunkline-cache',
  'x-trunkline-counted-by',
]);

const NO_WISHES: HeaderWishes = { timeouts: {}, rescue: null, hedge: null, keepAliveEarly: null };

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** Reads the `x-trunkline-…` headers. @throws AppError `invalid_header` for one that is not known or not valid */
export function readWishes(headers: IncomingHttpHeaders): HeaderWishes {
  let wishes: Writable<HeaderWishes> | null = null;
  for (const name in headers) {
    if (!name.startsWith('x-trunkline-') || ANSWER_HEADERS.has(name)) continue;
    wishes ??= { ...NO_WISHES };
    readWish(wishes, name, String(headers[name]));
  }
  return wishes ?? NO_WISHES;
}

function readWish(wishes: Writable<HeaderWishes>, name: string, value: string): void {
  const timeout = TIMEOUT_HEADERS[name];
  if (timeout) {
    wishes.timeouts = { ...wishes.timeouts, [timeout]: readTimeout(name, value) };
    return;
  }
  const known = SWITCHES[name];
  const isOn = known?.values[value.toLowerCase()];
  if (!known || isOn === undefined) {
    throw new AppError('invalid_header', {
      publicMessage: known
        ? `Invalid value for header '${name}': expected ${Object.keys(known.values).join(', ')}.`
        : `Unknown header '${name.slice(0, 64)}'.`,
      param: name.slice(0, 64),
    });
  }
  wishes[known.wish] = isOn;
}

function readTimeout(name: string, value: string): number {
  const ms = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (ms >= 1 && ms <= MAX_CLOCK_MS) return ms;
  throw new AppError('invalid_header', {
    publicMessage: `Invalid value for header '${name}': expected milliseconds from 1 to ${MAX_CLOCK_MS}.`,
    param: name,
  });
}
