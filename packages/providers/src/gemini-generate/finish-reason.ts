import type { FinishReason, UpstreamFailure } from '@trunkline/contracts';
import { malformed } from '../failure/index.js';
import { textOf } from '../loose-json.js';
import { ownValue } from '../own-value.js';

/** https://ai.google.dev/api/generate-content#FinishReason · MODEL_ARMOR is Vertex's. */
const REASONS: Readonly<Record<string, FinishReason>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content_filter',
  RECITATION: 'content_filter',
  BLOCKLIST: 'content_filter',
  PROHIBITED_CONTENT: 'content_filter',
  SPII: 'content_filter',
  LANGUAGE: 'content_filter',
  MODEL_ARMOR: 'content_filter',
  IMAGE_SAFETY: 'content_filter',
  IMAGE_PROHIBITED_CONTENT: 'content_filter',
  IMAGE_RECITATION: 'content_filter',
};

/** The model wrote something that could not be read; what there is, is half an answer. */
const BROKEN = new Set(['MALFORMED_FUNCTION_CALL', 'MALFORMED_RESPONSE']);
/** It called what there is not, or no end of it: an answer where the call is there to be judged. */
const CALLED = new Set(['UNEXPECTED_TOOL_CALL', 'TOO_MANY_TOOL_CALLS']);

/**
 * Gemini ends by `STOP` also where it calls functions. A word that nobody knows is an ordinary stop.
 * @param hasCalls the choice has calls for the client to run
 */
export function finishReasonOf(native: string, hasCalls: boolean): FinishReason {
  const reason = ownValue(REASONS, native) ?? 'stop';
  return reason === 'stop' && hasCalls ? 'tool_calls' : reason;
}

/**
 * Null where the reason is no failure.
 * @param hasCalls the choice has calls for the client to run
 */
export function failureOfFinish(native: string, hasCalls: boolean): UpstreamFailure | null {
  if (!BROKEN.has(native) && (hasCalls || !CALLED.has(native))) return null;
  return { ...malformed('The model wrote a function call that cannot be read.'), providerCode: native };
}

/** What Google says of an answer that it stopped; '' where it says nothing, and for any other end. */
export function explanationOf(finishMessage: unknown, reason: FinishReason): string {
  return reason === 'content_filter' ? textOf(finishMessage) : '';
}
