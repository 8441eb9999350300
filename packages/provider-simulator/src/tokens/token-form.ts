/** What a token endpoint makes of a form: the key that the token is to stand for, or why there is none. */
export type TokenVerdict =
  | { readonly key: string }
  | { readonly error: 'invalid_grant' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type' };

const LONGEST_SECONDS = 3_660;
const CLOUD_SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/**
 * A service account's statement, whose address begins with the key. Claims are checked as Google does; the signature is
 * not, since nobody has given the simulator a public key.
 * https://developers.google.com/identity/protocols/oauth2/service-account#httprest
 */
export function readGoogleForm(form: URLSearchParams, path: string, nowMs: number): TokenVerdict {
  if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer')
    return { error: 'unsupported_grant_type' };
  const [head, payload, signature] = (form.get('assertion') ?? '').split('.').map(decode);
  const { alg } = jsonOf(head);
  const { iss, scope, aud, iat, exp } = jsonOf(payload);
  const nowSeconds = nowMs / 1_000;
  const isTimely =
    typeof iat === 'number' &&
    typeof exp === 'number' &&
    exp > nowSeconds &&
    iat < nowSeconds + 60 &&
    exp - iat <= LONGEST_SECONDS;
  const isForUs = typeof aud === 'string' && aud.endsWith(path);
  if (alg !== 'RS256' || (signature?.length ?? 0) < 128 || !isTimely || !isForUs || typeof iss !== 'string')
    return { error: 'invalid_grant' };
  return scope === CLOUD_SCOPE ? { key: iss.split('@')[0] ?? '' } : { error: 'invalid_scope' };
}

/** An application whose secret is the key. https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export function readEntraForm(form: URLSearchParams): TokenVerdict {
  if (form.get('grant_type') !== 'client_credentials') return { error: 'unsupported_grant_type' };
  if (!form.get('scope')?.endsWith('/.default')) return { error: 'invalid_scope' };
  return form.get('client_id') ? { key: form.get('client_secret') ?? '' } : { error: 'invalid_client' };
}

function decode(part: string): Buffer {
  return Buffer.from(part, 'base64url');
}

function jsonOf(bytes: Buffer | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes?.toString('utf8') ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
