import type { FinishReason, UpstreamFailure } from '@trunkline/contracts';
import { scrubMessage } from '../../failure/scrub-message.js';
import { ownValue } from '../../own-value.js';

/** https://docs.cohere.com/reference/chat · ERROR_TOXIC and ERROR_LIMIT are the older interface's. */
const REASONS: Readonly<Record<string, FinishReason>> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  TOOL_CALL: 'tool_calls',
  MAX_TOKENS: 'length',
  ERROR_LIMIT: 'length',
  ERROR_TOXIC: 'content_filter',
};

/** A word that nobody knows is an ordinary stop. */
export function finishReasonOf(native: string, hasCalls: boolean): FinishReason {
  const reason = ownValue(REASONS, native) ?? 'stop';
  return reason === 'stop' && hasCalls ? 'tool_calls' : reason;
}

/** The generation broke off on the provider's side; what there is, is half an answer. Null where it did not. */
export function failureOfFinish(native: string, told: string): UpstreamFailure | null {
  if (native !== 'ERROR' && native !== 'TIMEOUT' && native !== 'USER_CANCEL') return null;
  return {
    outcome: native === 'TIMEOUT' ? 'timeout' : 'server_error',
    statusCode: null,
    retryAfterMs: null,
    providerCode: native,
    message: scrubMessage(told) || 'The provider broke the answer off.',
    param: null,
  };
}
