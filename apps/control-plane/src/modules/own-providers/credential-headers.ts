import { type AddressGuard, guardedRequest } from '@trunkline/outbound';
import {
  authHeaders,
  type ProviderAdapter,
  readTokenAnswer,
  type RequestToSign,
  type TokenAnswer,
  type TokenRequest,
} from '@trunkline/providers';
import { signStatement } from '@trunkline/secrets';

export const TIMEOUT_MS = 20_000;
export const MAX_ANSWER_BYTES = 256 * 1024;

interface Holder {
  readonly adapter: Pick<ProviderAdapter, 'auth'>;
  readonly guard: AddressGuard;
  /** Where tokens are fetched, when the entry says so. */
  readonly tokenUrl: string | null;
}

type CredentialHeaders =
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  | Extract<TokenAnswer, { kind: 'failed' }>;

/**
 * The headers that one try of a credential goes out with; a token is fetched for it where that is its way.
 * @throws RangeError for a credential that cannot be sent, and what `guardedRequest` throws
 */
export async function credentialHeaders(
  { adapter: { auth }, guard, tokenUrl }: Holder,
  secret: string | null,
  toSign: () => RequestToSign,
): Promise<CredentialHeaders> {
  if (auth.type !== 'access-token') return { kind: 'headers', headers: authHeaders(auth, secret, toSign) };
  const grant = auth.grantOf(secret ?? '', { tokenUrl });
  if (grant.kind === 'headers') return grant;
  const answer = await askForToken(guard, grant.request);
  return answer.kind === 'failed'
    ? answer
    : { kind: 'headers', headers: { authorization: `Bearer ${answer.token}` } };
}

async function askForToken(
  guard: AddressGuard,
  { url, form, assertion }: TokenRequest,
): Promise<TokenAnswer> {
  const fields = new URLSearchParams(form);
  if (assertion) {
    const signed = await signStatement(assertion);
    if (signed === null) throw new RangeError('its private key cannot be read');
    fields.set(assertion.field, signed);
  }
  const answer = await guardedRequest({
    guard,
    url: new URL(url),
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: fields.toString(),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_ANSWER_BYTES,
  });
  return readTokenAnswer({ ...answer, receivedMs: Date.now() });
}
