/**
 * Reasoning as clients carry it from turn to turn, in OpenRouter's shape.
 * `format` says which kind of provider made signature or data; it is never sent to a provider of another kind.
 * https://openrouter.ai/docs/use-cases/reasoning-tokens
 */
export type ReasoningDetail = ReasoningText | ReasoningEncrypted | ReasoningSummary;

interface ReasoningDetailBase {
  /** Kind of provider that made it, such as `anthropic-claude-v1`. */
  format?: string | null;
  id?: string | null;
  /** Position among the answer's reasoning blocks. */
  index?: number;
  [extra: string]: unknown;
}

export interface ReasoningText extends ReasoningDetailBase {
  type: 'reasoning.text';
  text?: string | null;
  signature?: string | null;
}

/** Opaque: only the provider that made it can read it. */
export interface ReasoningEncrypted extends ReasoningDetailBase {
  type: 'reasoning.encrypted';
  data: string;
}

export interface ReasoningSummary extends ReasoningDetailBase {
  type: 'reasoning.summary';
  summary: string;
}

/** `format` of thinking blocks that Claude made; the same on every platform that sells Claude. */
export const CLAUDE_REASONING_FORMAT = 'anthropic-claude-v1';
