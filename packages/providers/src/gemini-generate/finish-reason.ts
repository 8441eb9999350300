import type { FinishReason, UpstreamFailure } from '@trunkline/contracts';
import { malformed } from '../failure/index.js';
import { countOf, textOf } from '../loose-json.js';
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

/**
 * The reasons where enumerations come as numbers (`$alt=json;enum-encoding=int`): from 6 on they are others at Google and
 * at Vertex.
 */
export type FinishNumbers = readonly string[];

const OF_BOTH = ['', 'STOP', 'MAX_TOKENS', 'SAFETY', 'RECITATION', 'OTHER'];

/** https://github.com/googleapis/googleapis/blob/master/google/ai/generativelanguage/v1beta/generative_service.proto */
export const GEMINI_FINISH_NUMBERS: FinishNumbers = [
  ...[...OF_BOTH, 'LANGUAGE', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'MALFORMED_FUNCTION_CALL'],
  ...['IMAGE_SAFETY', 'UNEXPECTED_TOOL_CALL', 'TOO_MANY_TOOL_CALLS', 'IMAGE_PROHIBITED_CONTENT'],
  ...['IMAGE_OTHER', 'NO_IMAGE', 'IMAGE_RECITATION'],
];

/** https://github.com/googleapis/googleapis/blob/master/google/cloud/aiplatform/v1beta1/content.proto */
export const VERTEX_FINISH_NUMBERS: FinishNumbers = [
  ...[...OF_BOTH, 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'MALFORMED_FUNCTION_CALL', 'MODEL_ARMOR'],
  ...['IMAGE_SAFETY', 'IMAGE_PROHIBITED_CONTENT', 'IMAGE_RECITATION', 'IMAGE_OTHER'],
  ...['UNEXPECTED_TOOL_CALL', 'NO_IMAGE'],
];

/** Google's word for how a candidate ended; '' where it has not ended yet. */
export function nativeReasonOf(value: unknown, numbers: FinishNumbers): string {
  const number = countOf(value);
  if (number === null) return textOf(value);
  return numbers[number] ?? `FINISH_REASON_${number}`;
}

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
 * Whether a reason counts that comes behind another: some say `STOP` with every frame and what it was in the last. An
 * ordinary end takes no other back.
 */
export function isLaterEnd(earlier: FinishReason, later: FinishReason): boolean {
  if (later === earlier || later === 'stop') return false;
  return later !== 'tool_calls' || earlier === 'stop';
}

/**
 * Null where the reason is no failure.
 * @param hasCalls the choice has calls for the client to run
 */
export function failureOfFinish(native: string, hasCalls: boolean): UpstreamFailure | null {
  if (!BROKEN.has(native) && (hasCalls || !CALLED.has(native))) return null;
  return { ...malformed('The model wrote a function call that cannot be read.'), providerCode: native };
}

/** An end within a call is none, but where a limit or a filter made it. */
export function endsWithinCall(reason: FinishReason, isWithinCall: boolean): UpstreamFailure | null {
  const isCut = reason === 'length' || reason === 'content_filter';
  return isWithinCall && !isCut ? malformed('The answer ends within a call.') : null;
}

/** What Google says of an answer that it stopped; '' where it says nothing, and for any other end. */
export function explanationOf(finishMessage: unknown, reason: FinishReason): string {
  return reason === 'content_filter' ? textOf(finishMessage) : '';
}
