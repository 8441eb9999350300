import { createHash } from 'node:crypto';

/** What the documentation lets clients send where a history came from another model. */
const STAND_INS = ['skip_thought_signature_validator', 'context_engineering_is_the_way_to_go'];
const NONCE_BYTES = 16;

/** A thought signature: opaque, other for every prompt, and told from foreign ones by its second half. */
export function thoughtSignature(seed: string): string {
  const nonce = createHash('sha256').update(seed).digest().subarray(0, NONCE_BYTES);
  return Buffer.concat([nonce, seal(nonce)]).toString('base64');
}

/** https://ai.google.dev/gemini-api/docs/thought-signatures */
export function isOwnSignature(signature: string): boolean {
  if (STAND_INS.includes(signature)) return true;
  const bytes = Buffer.from(signature, 'base64');
  return seal(bytes.subarray(0, NONCE_BYTES)).equals(bytes.subarray(NONCE_BYTES));
}

function seal(nonce: Uint8Array): Buffer {
  return createHash('sha512').update('provider-simulator thought\n').update(nonce).digest();
}
