import type { UpstreamFailure } from '@trunkline/contracts';
import { malformed } from '../failure/index.js';
import { retryAfterMs } from '../failure/retry-after.js';
import { scrubMessage } from '../failure/scrub-message.js';
import { isRecord, recordOf, textOf } from '../loose-json.js';
import type { FailedResponse } from '../types.js';

export type TokenAnswer =
  | { readonly kind: 'token'; readonly token: string; readonly expiresInSeconds: number }
  | { readonly kind: 'failed'; readonly failure: UpstreamFailure };

/** Where the endpoint does not say. */
const USUAL_SECONDS = 3600;

/** Reads a token endpoint's answer. https://www.rfc-editor.org/rfc/rfc6749#section-5 */
export function readTokenAnswer(response: FailedResponse): TokenAnswer {
  const value = parsed(response.body);
  if (response.statusCode > 299) return { kind: 'failed', failure: refusal(response, recordOf(value)) };
  if (!isRecord(value))
    return { kind: 'failed', failure: malformed('The token endpoint did not answer JSON.') };
  const token = textOf(value['access_token']);
  if (!/^[\x21-\x7e]+$/.test(token))
    return { kind: 'failed', failure: malformed('The token endpoint gave no token.') };
  const seconds = Number(value['expires_in'] ?? USUAL_SECONDS);
  return {
    kind: 'token',
    token,
    expiresInSeconds: Number.isFinite(seconds) && seconds > 0 ? seconds : USUAL_SECONDS,
  };
}

/** Each refusal of the request is one of the credential in it: there is nothing else that a client said. */
function refusal(response: FailedResponse, body: Record<string, unknown>): UpstreamFailure {
  const { statusCode } = response;
  const told = scrubMessage(textOf(body['error_description']));
  return {
    outcome: outcomeOf(statusCode),
    statusCode,
    retryAfterMs: retryAfterMs(response.headers, response.receivedMs),
    providerCode: textOf(body['error']) || null,
    message: `The token endpoint answered ${statusCode}${told === '' ? '.' : `: ${told}`}`,
    param: null,
  };
}

function outcomeOf(status: number): UpstreamFailure['outcome'] {
  if (status === 429) return 'rate_limited';
  if (status === 408) return 'timeout';
  if (status === 503) return 'overloaded';
  return status >= 500 || status < 400 ? 'server_error' : 'credential_rejected';
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}
