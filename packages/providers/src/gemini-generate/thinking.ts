import type { ChatRequest } from '@trunkline/contracts';
import { effortField, readReasoningWish, type ReasoningWish } from '../openai-compatible/reasoning.js';
import { ownValue } from '../own-value.js';
import type { ModelTraits } from './model-traits.js';

export interface GeminiThinking {
  config: Record<string, unknown> | null;
  dropped: string[];
}

/** Share of the largest budget, as OpenRouter deals it. https://openrouter.ai/docs/use-cases/reasoning-tokens */
const SHARE_PERCENT: Readonly<Record<string, number>> = {
  minimal: 10,
  low: 20,
  medium: 50,
  high: 80,
  xhigh: 95,
  max: 95,
};

const LEVELS: Readonly<Record<string, string>> = { minimal: 'minimal', low: 'low', medium: 'medium' };

/**
 * What the client wishes about thinking, as this model can be told. Thoughts are shown where thinking was asked for and
 * not excluded. https://ai.google.dev/gemini-api/docs/thinking
 */
export function toGeminiThinking(request: ChatRequest, traits: ModelTraits): GeminiThinking {
  const wish = readReasoningWish(request);
  const asked = ['reasoning', 'reasoning_effort'].filter((field) => (request[field] ?? null) !== null);
  if (!wish.isOn && !wish.isOff) {
    const shows = request.include_reasoning === true && traits.thinking !== 'none';
    return { config: shows ? { includeThoughts: true } : null, dropped: [] };
  }
  if (traits.thinking === 'none') return { config: null, dropped: wish.isOn ? asked : [] };
  if (wish.isOff) return turnedOff(traits, asked);
  const includeThoughts = request.reasoning?.exclude !== true && request.include_reasoning !== false;
  const config = { ...amount(wish, traits), includeThoughts };
  const isOther = 'thinkingLevel' in config && wish.effort !== null && config.thinkingLevel !== wish.effort;
  return { config, dropped: isOther ? effortField(request) : [] };
}

/** Pro models always think, and the lowest level of the others is near to none, but not none. */
function turnedOff(traits: ModelTraits, asked: string[]): GeminiThinking {
  if (traits.thinking === 'budget') {
    return traits.alwaysThinks
      ? { config: { thinkingBudget: traits.budget.least }, dropped: asked }
      : { config: { thinkingBudget: 0 }, dropped: [] };
  }
  return { config: { thinkingLevel: traits.alwaysThinks ? 'low' : 'minimal' }, dropped: asked };
}

/** A budget is still taken where levels are the newer way; both at once are refused. */
function amount(
  { effort, maxTokens }: ReasoningWish,
  traits: ModelTraits,
): { thinkingLevel?: string; thinkingBudget?: number } {
  const { least, most } = traits.budget;
  if (maxTokens !== null) return { thinkingBudget: Math.min(Math.max(maxTokens, least), most) };
  // On, and the model decides how much.
  if (effort === null) return {};
  if (traits.thinking === 'budget') {
    const share = ownValue(SHARE_PERCENT, effort) ?? 50;
    return { thinkingBudget: Math.max(Math.floor((most * share) / 100), least) };
  }
  const level = ownValue(LEVELS, effort) ?? 'high';
  if (level === 'minimal' && traits.alwaysThinks) return { thinkingLevel: 'low' };
  return { thinkingLevel: level === 'medium' && !traits.mediumLevel ? 'high' : level };
}
