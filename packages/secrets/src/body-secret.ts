import { open, seal } from './aes-gcm.js';
import { deriveKey, type MasterKeys } from './master-keys.js';

/**
 * Encrypts a kept body under the key derived for bodies: the id of the master key (8 bytes), then AES-256-GCM.
 * @param context the call's id and which side it is
 */
export function encryptBody(plain: Uint8Array, keys: MasterKeys, context: string): Buffer {
  const [master] = keys;
  return Buffer.concat([Buffer.from(master.id), seal(plain, deriveKey(master, 'body'), context)]);
}

/** @throws Error when no master key at hand sealed it, the context is another, or a byte was changed */
export function decryptBody(sealed: Uint8Array, keys: MasterKeys, context: string): Buffer {
  const keyId = Buffer.from(sealed.subarray(0, 8)).toString();
  const master = keys.find((key) => key.id === keyId);
  if (!master) throw new Error('encrypted with a master key that TRUNKLINE_MASTER_KEY does not hold');
  return open(sealed.subarray(8), deriveKey(master, 'body'), context);
}
