import type { FinishReason } from '@trunkline/contracts';

/** https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons */
const OWN: ReadonlySet<string> = new Set([
  'end_turn',
  'max_tokens',
  'stop_sequence',
  'tool_use',
  'pause_turn',
  'refusal',
  'model_context_window_exceeded',
]);

const OF_FINISH: Readonly<Record<FinishReason, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  function_call: 'tool_use',
  content_filter: 'refusal',
};

export interface Ending {
  /** Canonical; null where the answer has none. */
  readonly reason: string | null;
  /** In the provider's own words. */
  readonly native: string | null;
  /** What the model said where it refused in words, which other dialects do not call an ending; else ''. */
  readonly refusal: string;
  readonly stopSequences: readonly string[];
}

export interface Stop {
  stop_reason: string;
  stop_sequence: string | null;
  stop_details: { type: 'refusal'; category: null; explanation: string } | null;
}

/** Why a message ended. Who stops at a sequence seldom says which: with one alone it is known. */
export function stopOf({ reason, native, refusal, stopSequences }: Ending): Stop {
  const [only] = stopSequences;
  const isSequence = native === 'stop_sequence';
  return {
    // Who calls a tool and says that its turn is over waits for the result all the same.
    stop_reason: native !== null && OWN.has(native) && reason !== 'tool_calls' ? native : ofFinish(reason),
    stop_sequence: isSequence && stopSequences.length === 1 && only !== undefined ? only : null,
    stop_details: refusal === '' ? null : { type: 'refusal', category: null, explanation: refusal },
  };
}

function ofFinish(reason: string | null): string {
  return reason !== null && Object.hasOwn(OF_FINISH, reason) ? OF_FINISH[reason as FinishReason] : 'end_turn';
}
