import type { ChatRequest } from '@trunkline/contracts';
import { isRecord } from '../loose-json.js';
import { effortField, readReasoningWish, type ReasoningWish } from '../openai-compatible/reasoning.js';
import { ownValue } from '../own-value.js';
import type { ModelTraits } from './model-traits.js';

export interface ClaudeThinking {
  thinking: Record<string, unknown> | null;
  effort: string | null;
  /** Thinking is on, so that samplers are refused. */
  isOn: boolean;
  dropped: string[];
}

/** The least that is taken. https://docs.claude.com/en/docs/build-with-claude/extended-thinking */
const MIN_BUDGET_TOKENS = 1024;
const MAX_BUDGET_TOKENS = 32_000;

/** Share of the token limit to think with, as OpenRouter deals it. https://openrouter.ai/docs/use-cases/reasoning-tokens */
const SHARE_PERCENT: Readonly<Record<string, number>> = {
  minimal: 10,
  low: 20,
  medium: 50,
  high: 80,
  xhigh: 95,
  max: 95,
};

export interface ThinkingInput {
  request: ChatRequest;
  traits: ModelTraits;
  maxTokens: number;
  /** A forced tool choice and thinking exclude each other. */
  isToolForced: boolean;
  /**
   * The conversation ends with results of a turn that has no thinking of its own: another provider made it, or a client
   * did not keep it. With a budget such a turn must begin with thinking, and the request would be refused.
   */
  continuesWithoutThinking: boolean;
}

/** What the client wishes about thinking, as this model can be told. */
export function toClaudeThinking(input: ThinkingInput): ClaudeThinking {
  const own = input.request['thinking'];
  if (!isRecord(own)) return thinkingOfWish(input);
  // A client that knows Claude says it in Claude's words.
  if (isClaudes(own)) return { thinking: own, effort: null, isOn: own['type'] !== 'disabled', dropped: [] };
  const written = thinkingOfWish({ ...input, request: withWishOf(own, input.request) });
  const lost = Object.keys(own).filter((member) => member !== 'type' && member !== 'budget_tokens');
  const isOnlyWish = (input.request.reasoning ?? null) === null;
  const dropped = written.dropped.map((field) => (field === 'reasoning' && isOnlyWish ? 'thinking' : field));
  return { ...written, dropped: [...dropped, ...lost.map((member) => `thinking.${member}`)] };
}

const MEMBERS: ReadonlySet<string> = new Set(['type', 'budget_tokens', 'display']);

/** https://platform.claude.com/docs/en/api/messages/create#body-thinking */
function isClaudes(own: Record<string, unknown>): boolean {
  if (!Object.keys(own).every((member) => MEMBERS.has(member))) return false;
  const { type, budget_tokens: budget } = own;
  return type === 'disabled' || type === 'adaptive' || (type === 'enabled' && typeof budget === 'number');
}

/** DeepSeek, Zhipu and Moonshot have a `thinking` too, that is on or off and has members of their own. */
function withWishOf(
  { type, budget_tokens: budget }: Record<string, unknown>,
  request: ChatRequest,
): ChatRequest {
  const says = type === 'enabled' || type === 'disabled' ? { enabled: type === 'enabled' } : {};
  const most = typeof budget === 'number' ? { max_tokens: budget } : {};
  return { ...request, reasoning: { ...says, ...most, ...request.reasoning } };
}

function thinkingOfWish(input: ThinkingInput): ClaudeThinking {
  const { request, traits, isToolForced } = input;
  const wish = readReasoningWish(request);
  const asked = wish.isOn || wish.isOff ? ['reasoning'] : [];
  switch (traits.thinking) {
    case 'none':
      return off(wish.isOn ? asked : []);
    case 'budget':
      return withBudget(input, wish);
    case 'either':
      return wish.maxTokens === null ? adaptive(input, wish) : withBudget(input, wish);
    case 'adaptive':
      if (wish.isOff || isToolForced)
        return { ...off(wish.isOn ? asked : []), thinking: { type: 'disabled' } };
      return adaptive(input, wish);
    case 'always':
      return { ...adaptive(input, wish), isOn: true, dropped: wish.isOff ? asked : [] };
  }
}

function off(dropped: string[]): ClaudeThinking {
  return { thinking: null, effort: null, isOn: false, dropped };
}

function adaptive({ traits, isToolForced, request }: ThinkingInput, wish: ReasoningWish): ClaudeThinking {
  const isOnByDefault = traits.thinking === 'adaptive' || traits.thinking === 'always';
  const effort = effortOf(wish, traits);
  if (!wish.isOn) return { ...off([]), isOn: isOnByDefault };
  if (isToolForced && traits.thinking === 'either') return { ...off(['reasoning']), effort };
  const display = isHidden(request) ? 'omitted' : 'summarized';
  const dropped = wish.effort === effort || wish.effort === null ? [] : effortField(request);
  return { thinking: { type: 'adaptive', display }, effort, isOn: true, dropped };
}

/** https://platform.claude.com/docs/en/build-with-claude/effort */
function effortOf({ effort, maxTokens }: ReasoningWish, traits: ModelTraits): string | null {
  if (!traits.effort) return null;
  if (effort === null) return maxTokens === null ? null : maxTokens <= 4096 ? 'low' : 'high';
  if (effort === 'minimal') return 'low';
  if (effort === 'xhigh' && !traits.highestEffort) return 'high';
  return effort;
}

function withBudget(input: ThinkingInput, wish: ReasoningWish): ClaudeThinking {
  const { request, maxTokens, isToolForced, continuesWithoutThinking } = input;
  if (!wish.isOn) return off([]);
  // The budget is part of max_tokens and must leave room for the answer.
  const room = maxTokens - 1;
  if (isToolForced || room < MIN_BUDGET_TOKENS || continuesWithoutThinking) return off(['reasoning']);
  const share = Math.floor((maxTokens * (ownValue(SHARE_PERCENT, wish.effort ?? 'medium') ?? 50)) / 100);
  const wanted = wish.maxTokens ?? Math.min(share, MAX_BUDGET_TOKENS);
  const budget = Math.min(Math.max(wanted, MIN_BUDGET_TOKENS), room);
  // Thoughts are shown unless it is said that they are not.
  const display = isHidden(request) ? { display: 'omitted' } : {};
  const thinking = { type: 'enabled', budget_tokens: budget, ...display };
  return { thinking, effort: null, isOn: true, dropped: [] };
}

/** https://platform.claude.com/docs/en/build-with-claude/thinking#controlling-thinking-display */
function isHidden({ reasoning, include_reasoning: included }: ChatRequest): boolean {
  return reasoning?.exclude === true || included === false;
}
