import { CLAUDE_REASONING_FORMAT } from '@trunkline/contracts';
import { traitsOf as claudeTraitsOf, type ModelTraits as ClaudeTraits } from '../../claude/model-traits.js';
import { ownValue } from '../../own-value.js';
import { readModelId } from './model-id.js';

/** What a model takes of Converse, which is one form for models that differ. */
export interface ModelTraits {
  /** `format` of reasoning that it signed or sealed. */
  readonly reasoningFormat: string;
  /** Null for models of other makers. */
  readonly claude: ClaudeTraits | null;
  /** False: the model is sold here by other ways alone. */
  readonly isOnConverse: boolean;
  /** What it can be forced to: nothing, any tool, or one that is named. */
  readonly forcedChoice: 'nothing' | 'any' | 'named';
  /** Takes `outputConfig` and strict tools. */
  readonly jsonSchema: boolean;
  /** Takes cache points in messages and system, and in the list of tools. */
  readonly cachePoints: boolean;
  readonly toolCachePoints: boolean;
  /** How thinking is asked for. */
  readonly thinking: 'claude' | 'effort' | 'nova' | 'level' | 'not';
  /** Where `top_k` goes. */
  readonly topK: 'flat' | 'nova' | 'nowhere';
  /** Is told that a tool failed. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolResultBlock.html */
  readonly readsFailures: boolean;
  /** A message with results of tools may have these beside them. */
  readonly besideResults: 'anything' | 'text-and-images' | 'nothing';
  /** A conversation may begin with the assistant. */
  readonly leadingAssistant: boolean;
  /** Ids of calls are nine letters and digits. */
  readonly shortCallIds: boolean;
}

const ORDINARY: Omit<ModelTraits, 'reasoningFormat'> = {
  claude: null,
  isOnConverse: true,
  forcedChoice: 'nothing',
  jsonSchema: false,
  cachePoints: false,
  toolCachePoints: false,
  thinking: 'not',
  topK: 'nowhere',
  readsFailures: false,
  besideResults: 'anything',
  leadingAssistant: false,
  shortCallIds: false,
};

/**
 * By maker. Sources, where Amazon's own pages say less than its answers do:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolChoice.html
 * https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
 * https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 * pydantic/pydantic-ai pydantic_ai_slim/pydantic_ai/providers/bedrock.py@4fda38988f29 (tried against us-east-1)
 * vercel/ai packages/amazon-bedrock/src/normalize-tool-call-id.ts@ed857f50f112
 */
const BY_MAKER: Readonly<Record<string, (name: string) => Partial<ModelTraits>>> = {
  anthropic: (name) => claude(claudeTraitsOf(name), name),
  amazon: (name) =>
    name.startsWith('nova')
      ? {
          forcedChoice: 'named',
          cachePoints: true,
          topK: 'nova',
          readsFailures: true,
          thinking: name.startsWith('nova-2') ? 'nova' : 'not',
        }
      : {},
  meta: () => ({ besideResults: 'nothing' }),
  mistral: (name) => ({
    forcedChoice: name.startsWith('mistral-large') ? 'any' : 'nothing',
    jsonSchema: /^(?:magistral-small|ministral-3|mistral-large-3|voxtral)/.test(name),
    besideResults: 'nothing',
    shortCallIds: true,
  }),
  writer: () => ({ besideResults: 'nothing' }),
  qwen: (name) => ({
    leadingAssistant: true,
    jsonSchema: name.startsWith('qwen3'),
    thinking: name.startsWith('qwen3') ? 'level' : 'not',
  }),
  zai: () => ({ forcedChoice: 'named', leadingAssistant: true, jsonSchema: true }),
  moonshot: () => ({ forcedChoice: 'named', leadingAssistant: true, jsonSchema: true }),
  moonshotai: () => ({ forcedChoice: 'named', leadingAssistant: true, jsonSchema: true }),
  google: (name) => ({ jsonSchema: /^gemma-3-(?:12|27)b/.test(name) }),
  minimax: (name) => ({ jsonSchema: name.startsWith('minimax-m2') }),
  nvidia: (name) => ({ jsonSchema: name.startsWith('nemotron-nano') }),
  // Others of OpenAI's are served at OpenAI-format addresses of Amazon's alone.
  openai: (name) => (name.startsWith('gpt-oss') ? { thinking: 'effort' } : { isOnConverse: false }),
};

/** Of a model that nobody knows, what is asked for is sent and Amazon judges: it may be any behind a profile's ARN. */
const UNKNOWN: Partial<ModelTraits> = { forcedChoice: 'named' };

/** Told by the model's id, since a request must be shaped before anyone can ask. */
export function traitsOf(model: string): ModelTraits {
  const { maker, name } = readModelId(model);
  const own = maker === '' ? UNKNOWN : (ownValue(BY_MAKER, maker)?.(name) ?? {});
  return { ...ORDINARY, reasoningFormat: `amazon-bedrock-${maker || 'unknown'}-v1`, ...own };
}

function claude(traits: ClaudeTraits, name: string): Partial<ModelTraits> {
  // Offered for those that think with a budget or either way; the newest are not on the list.
  const isListed = traits.thinking === 'budget' || traits.thinking === 'either';
  const isCached = !/^claude-(?:v|instant|3-(?:opus|sonnet|haiku))/.test(name);
  return {
    reasoningFormat: CLAUDE_REASONING_FORMAT,
    claude: traits,
    forcedChoice: traits.forcedToolChoice ? 'named' : 'nothing',
    jsonSchema: traits.structuredOutputs && isListed,
    cachePoints: isCached,
    toolCachePoints: isCached,
    thinking: 'claude',
    topK: 'flat',
    readsFailures: true,
    besideResults: 'text-and-images',
    leadingAssistant: true,
  };
}
