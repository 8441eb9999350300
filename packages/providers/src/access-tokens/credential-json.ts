import { isRecord, type JsonRecord } from '../loose-json.js';

/** The fields of a credential that is a JSON object; null for any other, which is a key. */
export function credentialJson(credential: string): JsonRecord | null {
  if (!credential.trimStart().startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(credential);
    if (isRecord(value)) return value;
  } catch {
    // Told below, without the text: it is a secret.
  }
  throw new RangeError('the credential looks like JSON and is none');
}

/** A field by any of its names. @throws RangeError where it is missing; the message names the field alone */
export function requiredField(fields: JsonRecord, names: readonly string[]): string {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  throw new RangeError(`the credential has no ${names[0] ?? 'field'}`);
}

/** Characters that a header may not have: a credential with one was pasted wrongly. */
const NOT_IN_HEADER = /[^\x21-\x7e]/;

/** @throws RangeError for what no header can carry */
export function headerValue(credential: string): string {
  if (credential === '' || NOT_IN_HEADER.test(credential))
    throw new RangeError('the credential has characters that a header cannot carry');
  return credential;
}
