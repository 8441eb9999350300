import type { MasterKeys } from './master-keys.js';
import { readSignedParts, signParts } from './signed-parts.js';

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
  return PLAYGROUND_TOKEN_PREFIX + signParts(parts, 'playground-token', keys);
}

/** The claims of a token, or null when it is not ours, was changed or has expired. Any of the master keys may have signed it. */
export function verifyPlaygroundToken(
  token: string,
  keys: MasterKeys,
  nowMs: number,
): PlaygroundClaims | null {
  if (!token.startsWith(PLAYGROUND_TOKEN_PREFIX)) return null;
  const parts = readSignedParts(token.slice(PLAYGROUND_TOKEN_PREFIX.length), 'playground-token', keys);
  if (!parts) return null;
  const [organizationId, projectId, memberId, expiresSeconds] = parts as [string, string, string, number];
  return nowMs < expiresSeconds * 1000 ? { organizationId, projectId, memberId } : null;
}
