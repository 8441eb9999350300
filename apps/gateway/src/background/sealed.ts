import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decryptBody, encryptBody, type MasterKeys } from '@trunkline/secrets';

/** What blows up to more was not written by a gateway. */
const MAX_OPENED_BYTES = 64 * 1024 * 1024;

/** Deflated and encrypted like kept bodies, base64. @param context what it is bound to */
export function sealJson(value: unknown, keys: MasterKeys, context: string): string {
  const plain = Buffer.from(JSON.stringify(value));
  return encryptBody(deflateRawSync(plain, { level: 1 }), keys, context).toString('base64');
}

/** @throws Error when no master key at hand sealed it for this context */
export function openJson(sealed: string, keys: MasterKeys, context: string): unknown {
  const packed = decryptBody(Buffer.from(sealed, 'base64'), keys, context);
  return JSON.parse(inflateRawSync(packed, { maxOutputLength: MAX_OPENED_BYTES }).toString('utf8'));
}
