import type { FailureOutcome, UpstreamFailure } from '@trunkline/contracts';

/** A failure that we noticed ourselves, without a word from the provider. */
export function localFailure(
  outcome: FailureOutcome,
  message: string,
  providerCode: string | null = null,
): UpstreamFailure {
  return { outcome, statusCode: null, retryAfterMs: null, providerCode, message, param: null };
}

/** A broken connection, or a body that does not decompress. */
export function transportFailure(error: Error): UpstreamFailure {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code?.startsWith('Z_') || code?.startsWith('ERR_BROTLI') || /content encoding/.test(error.message)) {
    return localFailure('malformed', 'The answer does not decompress.', code);
  }
  if (code?.startsWith('HPE_') || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    return localFailure('malformed', 'The answer is not HTTP.', code);
  }
  return localFailure('transport', `The connection failed: ${code ?? error.name}.`, code);
}
