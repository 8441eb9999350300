import type { ChatChunk } from '@trunkline/providers';
import type { UsageObject } from '../billing/usage-object.js';

/** What a chat answer carries besides, in the body or in the last data frame. */
export interface AnswerAdditions {
  /** Who answered. */
  readonly provider: string;
  readonly trunkline: TrunklineObject;
}

export interface TrunklineObject {
  readonly attempts: readonly { provider: string; model: string; outcome: string }[];
  readonly rescued: boolean;
  readonly dropped: readonly string[];
  readonly cache: 'off';
  readonly route: { model: string; provider: string; reason: string };
  /** Streams only: a plain answer says it in a header. */
  readonly overhead_ms?: number;
}

export interface ClosingInput {
  /** The chunk that carries the last `finish_reason`, when it was held for usage and additions. */
  readonly held: ChatChunk | null;
  /** The client asked for a last chunk with usage alone. */
  readonly usageChunk: boolean;
  readonly identity: { id: string; createdSeconds: number; model: string };
  readonly finishReason: string | null;
  readonly usage: UsageObject;
  readonly additions: AnswerAdditions;
}

/**
 * The last frames of a chat stream that ended well: usage and additions in the frame that belongs to them, and
 * `[DONE]`. An unasked chunk with empty `choices` crashes the loop that every tutorial shows, so without the wish they
 * stand in the chunk that finishes.
 */
export function closingFrames(input: ClosingInput): string {
  const base = input.usageChunk ? chunkOf(input, []) : (input.held ?? chunkOf(input, [finishOf(input)]));
  const last = { ...base, usage: input.usage, ...input.additions };
  return `data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`;
}

function chunkOf({ identity }: ClosingInput, choices: ChatChunk['choices']): ChatChunk {
  return {
    id: identity.id,
    object: 'chat.completion.chunk',
    created: identity.createdSeconds,
    model: identity.model,
    choices,
  };
}

function finishOf({ finishReason }: ClosingInput): ChatChunk['choices'][number] {
  return { index: 0, delta: {}, finish_reason: finishReason ?? 'stop' };
}
