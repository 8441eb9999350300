import type { ChatRequest, ReasoningDetail } from '@trunkline/contracts';
import type { BuildResult } from './types.js';

/**
 * Tells in `dropped` that opaque state of another maker (signatures, encrypted reasoning) was left out: only who made it
 * can read it, and the others refuse it.
 * @param formats of the state that this target takes
 */
export function tellForeignState(
  built: BuildResult,
  request: ChatRequest,
  formats: readonly string[],
): BuildResult {
  if (built.kind === 'refused' || !hasForeignState(request, formats)) return built;
  const dropped = new Set([...built.request.dropped, 'reasoning_details']);
  return { kind: 'built', request: { ...built.request, dropped: [...dropped] } };
}

function hasForeignState({ messages }: ChatRequest, formats: readonly string[]): boolean {
  return messages.some(
    (message) =>
      message.role === 'assistant' &&
      message.reasoning_details?.some((detail) => isState(detail) && !isOwnDetail(detail, formats)),
  );
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
