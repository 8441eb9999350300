import { hash, randomBytes } from 'node:crypto';

/** What every API key begins with. */
export const API_KEY_PREFIX = 'sk-tl-';

/** A new key: the only time that its text exists. */
export interface NewApiKey {
  /** `sk-tl-` and 43 characters (256 bits, base64url). Shown once, never stored. */
  key: string;
  /** SHA-256 of the whole key, hex. */
  hash: string;
  /** Visible beginning: the prefix and four characters. */
  prefix: string;
  lastFour: string;
}

/** Makes a key of 256 random bits. */
export function createApiKey(): NewApiKey {
  return describeApiKey(API_KEY_PREFIX + randomBytes(32).toString('base64url'));
}

/** What is stored of a key. */
export function describeApiKey(key: string): NewApiKey {
  return {
    key,
    hash: hashApiKey(key),
    prefix: key.slice(0, API_KEY_PREFIX.length + 4),
    lastFour: key.slice(-4),
  };
}

/** SHA-256 of the whole key, hex: 256 random bits need no slow hash. */
export function hashApiKey(key: string): string {
  return hash('sha256', key, 'hex');
}
