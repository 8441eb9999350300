import type { ChatRequest } from '@trunkline/contracts';
import { isRecord } from '../../loose-json.js';
import { readReasoningWish } from '../../openai-compatible/reasoning.js';
import { ownValue } from '../../own-value.js';
import type { ModelTraits } from './model-traits.js';

export interface CohereThinking {
  thinking: Record<string, unknown> | null;
  dropped: string[];
}

/** Share of the token limit to think with, as OpenRouter deals it; more than these is without a bound. */
const SHARE_PERCENT: Readonly<Record<string, number>> = { minimal: 10, low: 20, medium: 50 };
const USUAL_MAX_TOKENS = 32_000;

/**
 * What the client wishes about thinking: on with a budget in tokens, or off. Thoughts cannot be kept from the answer.
 * https://docs.cohere.com/docs/reasoning
 * @param maxTokens what the whole answer may take; null when unknown
 */
export function toCohereThinking(
  request: ChatRequest,
  traits: ModelTraits,
  maxTokens: number | null,
): CohereThinking {
  const own = request['thinking'];
  const wish = readReasoningWish(request);
  const asked = ['reasoning', 'reasoning_effort'].filter((field) => (request[field] ?? null) !== null);
  if (!traits.thinking) {
    const isWished = wish.isOn || (isRecord(own) && own['type'] !== 'disabled');
    return { thinking: null, dropped: isWished ? [...asked, ...(isRecord(own) ? ['thinking'] : [])] : [] };
  }
  if (isRecord(own)) return { thinking: ownWords(own), dropped: [] };
  if (wish.isOff) return { thinking: { type: 'disabled' }, dropped: [] };
  if (!wish.isOn) return { thinking: null, dropped: [] };
  const share = ownValue(SHARE_PERCENT, wish.effort ?? '');
  const budget =
    wish.maxTokens ??
    (share === undefined ? null : Math.floor(((maxTokens ?? USUAL_MAX_TOKENS) * share) / 100));
  return {
    thinking: { type: 'enabled', ...(budget === null ? {} : { token_budget: Math.max(1, budget) }) },
    dropped: [],
  };
}

/** Claude's form differs in the name of the budget alone. */
function ownWords({ type, token_budget: own, budget_tokens: claudes }: Record<string, unknown>) {
  const budget = own ?? claudes;
  return {
    type: type === 'disabled' ? 'disabled' : 'enabled',
    ...(typeof budget === 'number' ? { token_budget: budget } : {}),
  };
}
