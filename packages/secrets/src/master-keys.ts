import { createHash, hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/** One wrapping key with a short name that says which it is without telling anything about it. */
export interface MasterKey {
  id: string;
  bytes: Buffer;
}

/** The first key writes; all of them read. */
export type MasterKeys = readonly [MasterKey, ...MasterKey[]];

/**
 * Reads `TRUNKLINE_MASTER_KEY`: base64 of 32 bytes, several separated by commas for rotation.
 * @throws RangeError when the list is empty or one of them is not 32 bytes in base64; the message never holds the key
 */
export function readMasterKeys(text: string): MasterKeys {
  const [first, ...others] = text.split(',').map((part, index) => readKey(part.trim(), index + 1));
  if (!first) throw new RangeError('TRUNKLINE_MASTER_KEY is empty');
  return [first, ...others];
}

function readKey(text: string, position: number): MasterKey {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== KEY_BYTES || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) {
    throw new RangeError(`key ${position} of TRUNKLINE_MASTER_KEY is not base64 of ${KEY_BYTES} bytes`);
  }
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
}

/** What keys are derived for: one purpose's key never opens what another's sealed. */
export type KeyPurpose = 'playground-token' | 'body' | 'internal-token' | 'sign-in';

/** A key for one purpose (HKDF-SHA-256, RFC 5869): 32 bytes. */
export function deriveKey(master: MasterKey, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', master.bytes, 'trunkline', purpose, KEY_BYTES));
}
