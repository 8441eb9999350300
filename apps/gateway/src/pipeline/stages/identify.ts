import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorDialect } from '@trunkline/errors';
import type { EngineClock } from '../../failover/clock.js';
import { newTimedCallId } from '../new-id.js';
import { RequestContext } from '../request-context.js';
import { readWishes } from '../header-wishes.js';

const MAX_TEXT = 256;

/**
 * Gives the request its id, its clock and its dialect.
 * @throws AppError `invalid_header` for an `x-trunkline-…` header that is not known or not valid
 */
export function identify(
  headers: IncomingHttpHeaders,
  dialect: ErrorDialect,
  clock: EngineClock,
): RequestContext {
  const { id, atMs } = newTimedCallId();
  return new RequestContext(
    id,
    atMs,
    clock.now(),
    dialect,
    bounded(headers['x-client-request-id']),
    bounded(headers['user-agent']),
    { referer: bounded(headers['http-referer']), title: bounded(headers['x-title']) },
    readWishes(headers),
  );
}

function bounded(value: string | string[] | undefined): string | null {
  const text = Array.isArray(value) ? value[0] : value;
  return text ? text.slice(0, MAX_TEXT) : null;
}
