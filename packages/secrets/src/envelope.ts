import { randomBytes } from 'node:crypto';
import { open, seal } from './aes-gcm.js';
import type { MasterKeys } from './master-keys.js';

const FORMAT = 'e1';

/**
 * Encrypts a secret under a data key of its own, which the first master key wraps (both AES-256-GCM).
 * @param context what it belongs to, e.g. a credential's id: it opens nowhere else
 * @returns `e1.<id of the master key>.<wrapped data key>.<sealed text>`, parts in base64url
 */
export function encryptSecret(plain: string, keys: MasterKeys, context: string): string {
  const [master] = keys;
  const dataKey = randomBytes(32);
  const wrapped = seal(dataKey, master.bytes, `wrap:${context}`);
  const sealed = seal(Buffer.from(plain), dataKey, context);
  return [FORMAT, master.id, wrapped.toString('base64url'), sealed.toString('base64url')].join('.');
}

/**
 * @throws Error when no master key at hand wrapped it, the context is another, or a byte was changed; the message holds
 * no part of the secret
 */
export function decryptSecret(envelope: string, keys: MasterKeys, context: string): string {
  const [format, keyId, wrapped, sealed, ...rest] = envelope.split('.');
  if (format !== FORMAT || !wrapped || !sealed || rest.length > 0) throw new Error('not an encrypted secret');
  const master = keys.find((key) => key.id === keyId);
  if (!master)
    throw new Error(`encrypted with master key ${keyId}, which TRUNKLINE_MASTER_KEY does not hold`);
  const dataKey = open(Buffer.from(wrapped, 'base64url'), master.bytes, `wrap:${context}`);
  return open(Buffer.from(sealed, 'base64url'), dataKey, context).toString();
}
