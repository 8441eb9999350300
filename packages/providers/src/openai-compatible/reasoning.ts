import type { ChatRequest } from '@trunkline/contracts';
import { ownValue } from '../own-value.js';
import type { ReasoningQuirks } from './quirks.js';

/** What a client wishes about thinking, from `reasoning` (OpenRouter's) or `reasoning_effort` (OpenAI's). */
export interface ReasoningWish {
  /** `none` and `enabled: false` are off; null is "as the model does by default". */
  readonly isOff: boolean;
  readonly isOn: boolean;
  readonly effort: string | null;
  readonly maxTokens: number | null;
}

/** https://openrouter.ai/docs/use-cases/reasoning-tokens */
export function readReasoningWish(request: ChatRequest): ReasoningWish {
  const { reasoning } = request;
  const effort = reasoning?.effort ?? request.reasoning_effort ?? null;
  const maxTokens = reasoning?.max_tokens ?? null;
  const isOff = effort === 'none' || reasoning?.enabled === false;
  return {
    isOff,
    isOn: !isOff && (effort !== null || maxTokens !== null || reasoning?.enabled === true),
    effort: effort === 'none' ? null : effort,
    maxTokens: isOff ? null : maxTokens,
  };
}

/**
 * Writes the wish in the provider's words; the client's own fields are not in the body any more, but for OpenRouter.
 * @returns the client's fields of which nothing was sent
 */
export function writeReasoning(
  body: Record<string, unknown>,
  request: ChatRequest,
  quirks: ReasoningQuirks,
): string[] {
  if (quirks.unified) return [];
  if ((request.reasoning ?? request.reasoning_effort ?? null) === null) return [];
  const asked = ['reasoning', 'reasoning_effort'].filter((field) => (request[field] ?? null) !== null);
  const wish = readReasoningWish(request);
  if (wish.isOff) return apply(body, quirks.off) ? [] : asked;
  if (!wish.isOn) return [];
  if (wish.maxTokens !== null && quirks.budgetField) {
    apply(body, quirks.on);
    body[quirks.budgetField] = wish.maxTokens;
    return [];
  }
  const effort = wish.effort ?? (wish.maxTokens === null ? null : effortOfBudget(wish.maxTokens));
  if (effort !== null && quirks.effort) {
    const named = ownValue(quirks.effortNames, effort) ?? effort;
    body['reasoning_effort'] = named;
    return named === effort ? [] : effortField(request);
  }
  if (!apply(body, quirks.on)) return asked;
  return wish.effort === null ? [] : effortField(request);
}

/** Where an effort was asked for, to tell that it is another one. */
export function effortField({ reasoning, reasoning_effort: effort }: ChatRequest): string[] {
  if ((reasoning?.effort ?? null) !== null) return ['reasoning.effort'];
  return (effort ?? null) === null ? [] : ['reasoning_effort'];
}

function apply(
  body: Record<string, unknown>,
  fields: Readonly<Record<string, unknown>> | undefined,
): boolean {
  if (fields) Object.assign(body, fields);
  return fields !== undefined;
}

/** Where only efforts are taken: the thresholds are ours, near what OpenRouter's shares of 20, 50 and 80 % come to. */
export function effortOfBudget(tokens: number): string {
  if (tokens <= 2048) return 'low';
  return tokens <= 16_384 ? 'medium' : 'high';
}
