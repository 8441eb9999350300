import type { PromptSegment } from '../counting/prompt-cache.js';

/** A tool as any protocol describes it. */
export interface ToolSpec {
  readonly name: string;
  readonly schema: unknown;
}

export type ToolChoice =
  | { readonly kind: 'auto' }
  | { readonly kind: 'none' }
  | { readonly kind: 'required' }
  | { readonly kind: 'named'; readonly name: string };

export type OutputFormat =
  | { readonly kind: 'text' }
  | { readonly kind: 'json_object' }
  | { readonly kind: 'json_schema'; readonly schema: unknown };

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** A request for text, read from its native protocol: all that deciding on an answer needs. */
export interface Prompt {
  readonly model: string;
  /** In the order in which the provider reads them; their tokens and `primingTokens` are the prompt's. */
  readonly segments: readonly PromptSegment[];
  readonly primingTokens: number;
  readonly firstUserText: string;
  readonly lastUserText: string;
  /** What user and assistant said, in order. */
  readonly turns: readonly Turn[];
  /** What tools answered after the last assistant message. */
  readonly toolResults: readonly string[];
  readonly assistantTurns: number;
  /** Text of an assistant message that ends the conversation, to be continued. */
  readonly prefill: string | undefined;
  readonly hasImages: boolean;
  readonly tools: readonly ToolSpec[];
  readonly toolChoice: ToolChoice;
  readonly parallelToolCalls: boolean;
  readonly format: OutputFormat;
  readonly stop: readonly string[];
  readonly maxOutputTokens: number | undefined;
  readonly choices: number;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  /** `default` leaves it to the model. */
  readonly reasoning: 'default' | 'on' | 'off';
  /** Where reasoning is hidden unless asked for. */
  readonly showsReasoning?: boolean;
  /** Reasoning is given out encrypted. */
  readonly sealsReasoning?: boolean;
  /** Log probabilities are told, each with so many tokens that might have been; undefined for none. */
  readonly logprobs?: number;
  readonly seed: string;
}

/** Tokens of the whole prompt. */
export function promptTokens(prompt: Prompt): number {
  let tokens = prompt.primingTokens;
  for (const segment of prompt.segments) tokens += segment.tokens;
  return tokens;
}
