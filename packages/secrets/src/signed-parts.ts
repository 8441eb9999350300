import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey, type KeyPurpose, type MasterKey, type MasterKeys } from './master-keys.js';

/** `<JSON>.<HMAC-SHA-256 of it>`, both base64url, signed with a key derived from the first master key for one purpose. */
export function signParts(parts: readonly unknown[], purpose: KeyPurpose, keys: MasterKeys): string {
  const payload = Buffer.from(JSON.stringify(parts)).toString('base64url');
  return `${payload}.${sign(payload, purpose, keys[0]).toString('base64url')}`;
}

/**
 * The parts of a token, or null when it is not ours or was changed. Any of the master keys may have signed it. Only what
 * we signed is parsed.
 */
export function readSignedParts(token: string, purpose: KeyPurpose, keys: MasterKeys): unknown[] | null {
  const [payload, signature, ...rest] = token.split('.');
  if (!payload || !signature || rest.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const isOurs = keys.some((key) => {
    const expected = sign(payload, purpose, key);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return isOurs ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as unknown[]) : null;
}

const signingKeys = new WeakMap<MasterKey, Map<KeyPurpose, Buffer>>();

function sign(payload: string, purpose: KeyPurpose, master: MasterKey): Buffer {
  const keys = signingKeys.get(master) ?? new Map<KeyPurpose, Buffer>();
  signingKeys.set(master, keys);
  const key = keys.get(purpose) ?? deriveKey(master, purpose);
  keys.set(purpose, key);
  return createHmac('sha256', key).update(payload).digest();
}
