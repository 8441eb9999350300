import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey, type MasterKey, type MasterKeys } from './master-keys.js';

/** What every playground token begins with; API keys begin with `sk-tl-`. */
export const PLAYGROUND_TOKEN_PREFIX = 'pt-tl-';

/** How long a playground token is good for. */
export const PLAYGROUND_TOKEN_SECONDS = 15 * 60;

/** Whose calls a playground token makes. */
export interface PlaygroundClaims {
  organizationId: string;
  projectId: string;
  memberId: string;
}

/**
 * Makes a token for one member and project: `pt-tl-<claims>.<HMAC-SHA-256 of them>`, both base64url. The signing key is
 * derived from the first master key.
 * @param nowMs Unix milliseconds; the token expires 15 minutes later
 */
export function mintPlaygroundToken(claims: PlaygroundClaims, keys: MasterKeys, nowMs: number): string {
  const expiresSeconds = Math.floor(nowMs / 1000) + PLAYGROUND_TOKEN_SECONDS;
  const parts = [claims.organizationId, claims.projectId, claims.memberId, expiresSeconds];
  const payload = Buffer.from(JSON.stringify(parts)).toString('base64url');
  return `${PLAYGROUND_TOKEN_PREFIX}${payload}.${sign(payload, keys[0]).toString('base64url')}`;
}

/** The claims of a token, or null when it is not ours, was changed or has expired. Any of the master keys may have signed it. */
export function verifyPlaygroundToken(
  token: string,
  keys: MasterKeys,
  nowMs: number,
): PlaygroundClaims | null {
  if (!token.startsWith(PLAYGROUND_TOKEN_PREFIX)) return null;
  const [payload, signature, ...rest] = token.slice(PLAYGROUND_TOKEN_PREFIX.length).split('.');
  if (!payload || !signature || rest.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const isOurs = keys.some((key) => {
    const expected = sign(payload, key);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isOurs) return null;
  // Only what we signed is parsed, and we sign nothing but this shape.
  const [organizationId, projectId, memberId, expiresSeconds] = JSON.parse(
    Buffer.from(payload, 'base64url').toString(),
  ) as [string, string, string, number];
  return nowMs < expiresSeconds * 1000 ? { organizationId, projectId, memberId } : null;
}

const signingKeys = new WeakMap<MasterKey, Buffer>();

function sign(payload: string, master: MasterKey): Buffer {
  let key = signingKeys.get(master);
  if (!key) signingKeys.set(master, (key = deriveKey(master, 'playground-token')));
  return createHmac('sha256', key).update(payload).digest();
}
