import type { UpstreamFailure } from '@trunkline/contracts';
import { authHeaders, type AuthScheme, type RequestToSign } from '@trunkline/providers';
import type { AccessTokens, TokenHeaders } from './access-tokens.js';
import type { Trust } from './connection-pools.js';
import { localFailure } from './local-failure.js';

export interface AuthorizeInput {
  readonly tokens: Pick<AccessTokens, 'headersFor'>;
  readonly auth: AuthScheme;
  readonly credentialId: string | null;
  /** In plain text; null where none is configured, or it is not known here. */
  readonly credential: string | null;
  readonly tokenUrl: string | null;
  /** On whose word a token endpoint is asked. */
  readonly trust: Trust;
  /** What goes out, where it is signed. */
  readonly request: () => RequestToSign;
}

/** The headers that a request to an upstream carries its credential in: at once, unless a token must be fetched first. */
export function authorize(input: AuthorizeInput): TokenHeaders | Promise<TokenHeaders> {
  const { tokens, auth, credentialId, credential, tokenUrl, trust } = input;
  try {
    if (auth.type !== 'access-token')
      return { kind: 'headers', headers: authHeaders(auth, credential, input.request) };
    if (credentialId === null || credential === null) return { kind: 'failed', failure: unknownCredential() };
    return tokens.headersFor({ credentialId, credential, tokenUrl, trust, grantOf: auth.grantOf });
  } catch {
    return { kind: 'failed', failure: unknownCredential() };
  }
}

function unknownCredential(): UpstreamFailure {
  return localFailure('credential_rejected', 'The credential is not known here, or cannot be sent.');
}
