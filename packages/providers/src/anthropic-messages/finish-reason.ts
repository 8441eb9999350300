import type { FinishReason } from '@trunkline/contracts';
import { recordOf, textOf } from '../loose-json.js';
import { ownValue } from '../own-value.js';

/** https://docs.claude.com/en/api/handling-stop-reasons */
const REASONS: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  // A server tool took long; the client may go on with what it has.
  pause_turn: 'stop',
  compaction: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

/**
 * A word that nobody knows is an ordinary stop, and so is `end_turn` of a model that calls tools, as servers of this
 * protocol say that have other models.
 * @param hasCalls there are calls for the client to run
 */
export function finishReasonOf(stopReason: string, hasCalls: boolean): FinishReason {
  const reason = ownValue(REASONS, stopReason) ?? 'stop';
  return stopReason === 'end_turn' && hasCalls ? 'tool_calls' : reason;
}

/**
 * What Claude says of a refusal beside the answer; '' where it says nothing.
 * https://docs.claude.com/en/api/messages#response-stop-details
 */
export function explanationOf(details: unknown): string {
  return textOf(recordOf(details)['explanation']);
}
