import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '@trunkline/errors';
import type { KeyLookup, Principal, Projections } from '../ports.js';

const PLAYGROUND_PREFIX = 'pt-tl-';
const MAX_KEY_CHARACTERS = 512;

/**
 * Finds out who calls. At once when the key is known here, after one look-up when it is not.
 * @throws AppError 401 without a good key, 403 where the tenant may not call, 503 when it cannot be known
 */
export function authenticate(
  projections: Projections,
  headers: IncomingHttpHeaders,
  nowMs: number,
): Principal | Promise<Principal> {
  const key = readKey(headers);
  if (key.startsWith(PLAYGROUND_PREFIX)) return check(projections.findPlayground(key), nowMs);
  const lookup = projections.findKey(key);
  return lookup instanceof Promise ? lookup.then((found) => check(found, nowMs)) : check(lookup, nowMs);
}

/** `Authorization: Bearer` or `x-api-key`; both only when they agree. */
function readKey(headers: IncomingHttpHeaders): string {
  const { authorization } = headers;
  const apiKey = headers['x-api-key'];
  const bearer = authorization === undefined ? null : readBearer(authorization);
  const own = typeof apiKey === 'string' && apiKey !== '' ? apiKey.trim() : null;
  if (bearer !== null && own !== null && bearer !== own) throw new AppError('conflicting_credentials');
  const key = bearer ?? own;
  if (key === null || key === '') throw new AppError('missing_api_key');
  if (key.length > MAX_KEY_CHARACTERS) throw new AppError('invalid_api_key');
  return key;
}

function readBearer(authorization: string): string | null {
  const match = /^bearer\s+(.*)$/i.exec(authorization);
  return match ? (match[1] ?? '').trim() : null;
}

function check(lookup: KeyLookup, nowMs: number): Principal {
  switch (lookup.kind) {
    case 'unknown':
      throw new AppError('invalid_api_key');
    case 'unavailable':
      throw new AppError('service_unavailable', {
        publicMessage: 'The API key cannot be checked at the moment.',
        retryAfterMs: 1_000,
      });
    case 'found':
      return mayCall(lookup.principal, nowMs);
  }
}

function mayCall(principal: Principal, nowMs: number): Principal {
  const { key, organization, project } = principal;
  if (key?.revoked) throw new AppError('key_revoked');
  if (key && key.expiresAtMs !== null && key.expiresAtMs <= nowMs) throw new AppError('key_expired');
  if (organization.suspended) throw new AppError('organization_suspended');
  if (project.archived) throw new AppError('project_archived');
  return principal;
}
