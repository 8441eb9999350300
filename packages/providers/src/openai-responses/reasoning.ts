import type { ChatRequest } from '@trunkline/contracts';
import { effortOfBudget, readReasoningWish } from '../openai-compatible/reasoning.js';
import type { ResponsesTraits } from './define.js';

export interface WrittenReasoning {
  body: Record<string, unknown> | null;
  /** The model reasons, so that samplers are refused. */
  isOn: boolean;
  dropped: string[];
}

/**
 * What the client wishes about reasoning. A summary is asked for with it, since nothing else of it can be shown.
 * https://platform.openai.com/docs/guides/reasoning#reasoning-summaries
 */
export function writeReasoning(
  request: ChatRequest,
  model: string,
  traits: ResponsesTraits,
): WrittenReasoning {
  const wish = readReasoningWish(request);
  const more = ownMembers(request);
  const asked = ['reasoning', 'reasoning_effort'].filter((field) => (request[field] ?? null) !== null);
  if (!traits.reasons(model)) return { body: null, isOn: false, dropped: wish.isOn ? asked : [] };
  const canStop = traits.canStopReasoning(model);
  if (wish.isOff) {
    return canStop
      ? { body: { effort: 'none' }, isOn: false, dropped: [] }
      : { body: null, isOn: true, dropped: asked };
  }
  // Where it can be switched off, it is off by default.
  if (!wish.isOn) return { body: Object.keys(more).length > 0 ? more : null, isOn: !canStop, dropped: [] };
  const effort = wish.effort ?? (wish.maxTokens === null ? null : effortOfBudget(wish.maxTokens));
  const isHidden = request.reasoning?.exclude === true || request.include_reasoning === false;
  const own = request.reasoning?.['summary'];
  const summary = typeof own === 'string' ? own : 'auto';
  return {
    body: { ...more, ...(effort === null ? {} : { effort }), ...(isHidden ? {} : { summary }) },
    isOn: true,
    dropped: [],
  };
}

/** Members of the wish that only Responses knows. */
function ownMembers({ reasoning }: ChatRequest): Record<string, unknown> {
  const {
    effort: _effort,
    max_tokens: _budget,
    enabled: _on,
    exclude: _hidden,
    summary: _summary,
    ...own
  } = reasoning ?? {};
  return Object.fromEntries(Object.entries(own).filter(([, value]) => (value ?? null) !== null));
}
