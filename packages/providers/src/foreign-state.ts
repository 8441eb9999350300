import type { ChatMessage, ChatRequest, ReasoningDetail } from '@trunkline/contracts';
import type { BuildResult } from './types.js';

/** What a target takes of reasoning in earlier turns. */
export interface TakenState {
  /** `format`s of the signed or encrypted state that it takes. */
  readonly formats: readonly string[];
  /** It takes reasoning as plain text, whoever made it. */
  readonly takesText?: boolean;
  /** It takes `extra_content` of calls, in which makers keep state for clients that know no `reasoning_details`. */
  readonly takesCallExtras?: boolean;
}

/**
 * Tells in `dropped` that reasoning of another maker was left out: opaque state (signatures, encrypted reasoning), which
 * only who made it can read and the others refuse, and unsigned text where the target takes no other than its own.
 */
export function tellForeignState(built: BuildResult, request: ChatRequest, taken: TakenState): BuildResult {
  if (built.kind === 'refused' || !request.messages.some((message) => losesReasoning(message, taken)))
    return built;
  const dropped = new Set([...built.request.dropped, 'reasoning_details']);
  return { kind: 'built', request: { ...built.request, dropped: [...dropped] } };
}

function losesReasoning(message: ChatMessage, taken: TakenState): boolean {
  if (message.role !== 'assistant') return false;
  const { formats, takesText = false, takesCallExtras = false } = taken;
  if (!takesCallExtras && message.tool_calls?.some((call) => call['extra_content'] !== undefined))
    return true;
  const details = message.reasoning_details ?? [];
  if (details.some((detail) => isState(detail) && !isOwnDetail(detail, formats))) return true;
  // What its maker left unsigned it does not want back.
  if (takesText || details.some((detail) => isOwnDetail(detail, formats))) return false;
  return Boolean(message.reasoning_content ?? message.reasoning) || details.some(hasText);
}

function hasText(detail: ReasoningDetail | null): boolean {
  return detail?.type === 'reasoning.text' && Boolean(detail.text);
}

/** Made by a maker whose state the target takes. What names no maker came from a provider that names none. */
export function isOwnDetail(detail: ReasoningDetail | null, formats: readonly string[]): boolean {
  return formats.includes(detail?.format ?? 'unknown');
}

/** Has something in it that only its maker can read. */
export function isState(detail: ReasoningDetail | null): boolean {
  if (detail?.type === 'reasoning.encrypted') return Boolean(detail.data);
  return detail?.type === 'reasoning.text' && Boolean(detail.signature);
}
