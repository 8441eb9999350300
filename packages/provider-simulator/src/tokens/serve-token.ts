import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http/read-body.js';
import { sendJson } from '../http/send-json.js';
import { acceptsKey } from '../providers/provider-keys.js';
import type { SimulatedProvider, Simulator } from '../simulator.js';
import { issueToken, TOKEN_LIFE_SECONDS } from './access-token.js';
import type { TokenVerdict } from './token-form.js';

/** How a protocol's token endpoint reads what it is asked. */
export type ReadTokenForm = (form: URLSearchParams, path: string, nowMs: number) => TokenVerdict;

export interface TokenCall {
  readonly simulator: Simulator;
  readonly provider: SimulatedProvider;
  readonly read: ReadTokenForm;
  /** As it was asked for, without the query. */
  readonly path: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** A token for whoever has a key of the provider. https://www.rfc-editor.org/rfc/rfc6749#section-5 */
export async function serveToken(call: TokenCall): Promise<void> {
  const { simulator, provider, read, path, request, response } = call;
  const body = await readBody(request);
  if (body === 'client_gone') return;
  if (body === 'too_large') {
    request.resume();
    sendJson(response, 413, { error: 'invalid_request' });
    return;
  }
  const verdict = read(new URLSearchParams(body.toString('utf8')), path, Date.now());
  if ('error' in verdict) {
    sendJson(response, 400, { error: verdict.error, error_description: 'The request for a token is wrong.' });
    return;
  }
  if (!acceptsKey(simulator.keys, provider.id, verdict.key)) {
    sendJson(response, 401, { error: 'invalid_client', error_description: 'Nobody of that name is known.' });
    return;
  }
  const token = issueToken(verdict.key, Date.now());
  sendJson(response, 200, { access_token: token, expires_in: TOKEN_LIFE_SECONDS, token_type: 'Bearer' });
}
