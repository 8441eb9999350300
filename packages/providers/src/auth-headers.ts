import type { AuthScheme } from './types.js';

/** Characters that a header may not have: a credential with one was pasted wrongly. */
const NOT_IN_HEADER = /[^\x21-\x7e]/;

/**
 * The header that carries a credential, lower-case.
 * @param credential null where none is configured
 * @throws RangeError when it is missing or has characters that no header can carry; the message does not repeat it
 */
export function authHeaders(auth: AuthScheme, credential: string | null): Record<string, string> {
  if (credential === null || credential === '') {
    if (auth.type === 'optional-bearer') return {};
    throw new RangeError('this provider needs a credential');
  }
  if (NOT_IN_HEADER.test(credential))
    throw new RangeError('the credential has characters that a header cannot carry');
  return auth.type === 'header' ? { [auth.header]: credential } : { authorization: `Bearer ${credential}` };
}
