import type { FinishReason, UpstreamFailure } from '@trunkline/contracts';
import { malformed } from '../../failure/index.js';
import { ownValue } from '../../own-value.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_MessageStopEvent.html */
const REASONS: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  guardrail_intervened: 'content_filter',
  content_filtered: 'content_filter',
};

/** The model wrote something that could not be read; what there is, is half an answer. */
const BROKEN = new Set(['malformed_model_output', 'malformed_tool_use']);

/**
 * A word that nobody knows is an ordinary stop, and so is `end_turn` of a model that calls tools.
 * @param hasCalls there are calls for the client to run
 */
export function finishReasonOf(native: string, hasCalls: boolean): FinishReason {
  const reason = ownValue(REASONS, native) ?? 'stop';
  return native === 'end_turn' && hasCalls ? 'tool_calls' : reason;
}

/** Null where the reason is no failure. */
export function failureOfStop(native: string): UpstreamFailure | null {
  if (!BROKEN.has(native)) return null;
  return { ...malformed('The model wrote an answer that cannot be read.'), providerCode: native };
}
