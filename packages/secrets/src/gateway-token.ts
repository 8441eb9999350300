import type { MasterKeys } from './master-keys.js';
import { readSignedParts, signParts } from './signed-parts.js';

/** What the tokens begin with by which gateways speak to the control plane. */
export const GATEWAY_TOKEN_PREFIX = 'gt-tl-';

/** Long enough for clocks that differ, and for one request. */
const LIFE_SECONDS = 60;

/** For whom a gateway asks: it has authenticated the caller. */
export interface GatewayCaller {
  organizationId: string;
  projectId: string;
  /** Null for the playground. */
  keyId: string | null;
  memberId: string | null;
}

/**
 * Makes a token with which a gateway asks the control plane about what a caller of its owns.
 * @param nowMs Unix milliseconds; the token is good for a minute
 */
export function mintGatewayToken(caller: GatewayCaller, keys: MasterKeys, nowMs: number): string {
  const { organizationId, projectId, keyId, memberId } = caller;
  const expiresSeconds = Math.floor(nowMs / 1000) + LIFE_SECONDS;
  const parts = [organizationId, projectId, keyId, memberId, expiresSeconds];
  return GATEWAY_TOKEN_PREFIX + signParts(parts, 'internal-token', keys);
}

/** The caller of a token, or null when it is not ours, was changed or has expired. */
export function verifyGatewayToken(token: string, keys: MasterKeys, nowMs: number): GatewayCaller | null {
  if (!token.startsWith(GATEWAY_TOKEN_PREFIX)) return null;
  const parts = readSignedParts(token.slice(GATEWAY_TOKEN_PREFIX.length), 'internal-token', keys);
  if (!parts) return null;
  const [organizationId, projectId, keyId, memberId, expiresSeconds] = parts as [
    string,
    string,
    string | null,
    string | null,
    number,
  ];
  return nowMs < expiresSeconds * 1000 ? { organizationId, projectId, keyId, memberId } : null;
}
