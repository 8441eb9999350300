import type { ChatRequest } from '@trunkline/contracts';
import { toClaudeThinking } from '../../claude/thinking.js';
import {
  effortField,
  effortOfBudget,
  readReasoningWish,
  type ReasoningWish,
} from '../../openai-compatible/reasoning.js';
import type { ModelTraits } from './model-traits.js';

export interface ConverseThinking {
  /** For `additionalModelRequestFields`. */
  fields: Record<string, unknown>;
  /** The model thinks and takes no forced choice of tools beside it. */
  isOn: boolean;
  /** Samplers are refused beside it. */
  refusesSamplers: boolean;
  dropped: string[];
}

export interface ThinkingInput {
  request: ChatRequest;
  traits: ModelTraits;
  /** Null where none is sent. */
  maxTokens: number | null;
  isToolForced: boolean;
  continuesWithoutThinking: boolean;
}

/**
 * What the client wishes about thinking, as this model can be told: each maker's in its own words.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html
 */
export function toConverseThinking(input: ThinkingInput): ConverseThinking {
  const { request, traits, maxTokens } = input;
  if (traits.claude) return claudeThinking(input);
  const wish = readReasoningWish(request);
  const asked = wish.isOn || wish.isOff ? ['reasoning'] : [];
  // Claude's own words say nothing to others.
  const foreign = (request['thinking'] ?? null) === null ? [] : ['thinking'];
  const none = { fields: {}, isOn: false, refusesSamplers: false, dropped: [...asked, ...foreign] };
  if (!wish.isOn) {
    // Off is how Nova begins; the others cannot be told to stop.
    return traits.thinking === 'nova' ? { ...none, dropped: foreign } : none;
  }
  const effort = effortOf(wish);
  const isOther = wish.effort !== null && wish.effort !== effort;
  foreign.push(...(isOther ? effortField(request) : []));
  switch (traits.thinking) {
    case 'effort':
      return { ...none, fields: { reasoning_effort: effort }, dropped: foreign };
    case 'level':
      return { ...none, fields: { reasoning_config: effort === 'low' ? 'low' : 'high' }, dropped: foreign };
    case 'nova':
      return { ...none, ...novaThinking(effort, maxTokens, foreign) };
    default:
      return none;
  }
}

/** `high` takes neither samplers nor a token limit; where there is one, it is kept and the effort gives way. */
function novaThinking(
  effort: string,
  maxTokens: number | null,
  dropped: readonly string[],
): Omit<ConverseThinking, 'isOn'> {
  const isCut = effort === 'high' && maxTokens !== null;
  const maxReasoningEffort = isCut ? 'medium' : effort;
  return {
    fields: { reasoningConfig: { type: 'enabled', maxReasoningEffort } },
    refusesSamplers: maxReasoningEffort === 'high',
    dropped: [...(isCut ? ['reasoning'] : []), ...dropped],
  };
}

function claudeThinking(input: ThinkingInput): ConverseThinking {
  const { request, traits, isToolForced, continuesWithoutThinking } = input;
  if (!traits.claude) return { fields: {}, isOn: false, refusesSamplers: false, dropped: [] };
  const { thinking, effort, isOn, dropped } = toClaudeThinking({
    request,
    traits: traits.claude,
    maxTokens: input.maxTokens ?? traits.claude.defaultMaxTokens,
    isToolForced,
    continuesWithoutThinking,
  });
  const takesNone = traits.claude.thinking === 'adaptive' || traits.claude.thinking === 'always';
  return {
    fields: { ...(thinking ? { thinking } : {}), ...(effort ? { output_config: { effort } } : {}) },
    isOn,
    refusesSamplers: isOn || takesNone,
    dropped,
  };
}

/** In three steps, which is what there is. */
function effortOf({ effort, maxTokens }: ReasoningWish): string {
  const wanted = effort ?? (maxTokens === null ? 'medium' : effortOfBudget(maxTokens));
  if (wanted === 'minimal') return 'low';
  return wanted === 'low' || wanted === 'medium' ? wanted : 'high';
}
