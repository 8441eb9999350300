import { readAwsCredential } from './signing/aws-credential.js';
import { signAwsRequest, type RequestToSign } from './signing/sign-aws-request.js';
import type { AuthScheme } from './types.js';

/** Characters that a header may not have: a credential with one was pasted wrongly. */
const NOT_IN_HEADER = /[^\x21-\x7e]/;

/**
 * The headers that carry a credential, or a signature that was made with it, lower-case.
 * @param credential null where none is configured
 * @param request asks for what goes out with them, where it is signed
 * @throws RangeError when it is missing, has characters that no header can carry, or cannot sign; the message does not
 *   repeat it
 */
export function authHeaders(
  auth: Exclude<AuthScheme, { type: 'access-token' }>,
  credential: string | null,
  request: () => RequestToSign,
): Record<string, string> {
  if (credential === null || credential === '') {
    if (auth.type === 'optional-bearer') return {};
    throw new RangeError('this provider needs a credential');
  }
  if (NOT_IN_HEADER.test(credential))
    throw new RangeError('the credential has characters that a header cannot carry');
  switch (auth.type) {
    case 'header':
      return { [auth.header]: credential };
    case 'bearer':
    case 'optional-bearer':
      return bearer(credential);
    case 'aws': {
      const read = readAwsCredential(credential);
      return read.kind === 'api-key'
        ? bearer(read.apiKey)
        : signAwsRequest(auth.service, read.keys, request());
    }
  }
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
