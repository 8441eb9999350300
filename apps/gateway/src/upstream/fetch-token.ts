import { readTokenAnswer, type TokenAnswer, type TokenRequest } from '@trunkline/providers';
import { signStatement } from '@trunkline/secrets';
import { BoundedBody, MAX_ERROR_BODY_BYTES } from './bounded-body.js';
import type { ConnectionPools, Origin, Trust } from './connection-pools.js';
import { localFailure, transportFailure } from './local-failure.js';

/** From the start to the answer's last byte. */
const TIMEOUT_MS = 10_000;

/** Asks a token endpoint for a token. Whatever goes wrong is a value. */
export async function fetchToken(
  pools: ConnectionPools,
  request: TokenRequest,
  trust: Trust,
): Promise<TokenAnswer> {
  const form = new URLSearchParams(request.form);
  if (request.assertion) {
    const signed = await signStatement(request.assertion);
    if (signed === null) {
      const message = 'The private key of the credential cannot be read.';
      return { kind: 'failed', failure: localFailure('credential_rejected', message) };
    }
    form.set(request.assertion.field, signed);
  }
  try {
    return await post(pools.of(request.url, trust), request.url, form.toString());
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error));
    const failure =
      thrown.name === 'TimeoutError'
        ? localFailure('timeout', 'The token endpoint did not answer in time.')
        : transportFailure(thrown);
    return { kind: 'failed', failure };
  }
}

async function post({ pool, pathPrefix }: Origin, url: string, form: string): Promise<TokenAnswer> {
  const { statusCode, headers, body } = await pool.request({
    method: 'POST',
    path: `${pathPrefix}${new URL(url).search}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const read = new BoundedBody(MAX_ERROR_BODY_BYTES);
  for await (const chunk of body as AsyncIterable<Buffer>) if (!read.add(chunk)) break;
  return readTokenAnswer({ statusCode, headers, body: read.text(), receivedMs: Date.now() });
}
