/** What a model of Bedrock's refuses of Converse, by its maker. */
export interface ModelRules {
  readonly isClaude: boolean;
  readonly isMistral: boolean;
  /** `toolChoice` that it can be told. */
  readonly choices: readonly ('any' | 'tool')[];
  /** Nothing may stand beside a `toolResult`. */
  readonly wantsResultsAlone: boolean;
  readonly leadingAssistant: boolean;
  readonly cachePoints: boolean;
  /** Keys of `additionalModelRequestFields`. */
  readonly fields: readonly string[];
}

const CHOICES: Readonly<Record<string, ModelRules['choices']>> = {
  anthropic: ['any', 'tool'],
  amazon: ['any', 'tool'],
  zai: ['any', 'tool'],
  moonshot: ['any', 'tool'],
  moonshotai: ['any', 'tool'],
  mistral: ['any'],
};

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  anthropic: ['thinking', 'top_k', 'output_config', 'anthropic_beta', 'tool_choice'],
  amazon: ['inferenceConfig', 'reasoningConfig'],
  openai: ['reasoning_effort'],
  qwen: ['reasoning_config'],
};

/**
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolChoice.html
 * https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export function rulesOf(model: string): ModelRules {
  const [first = '', second = ''] = model.split('/').at(-1)?.split('.') ?? [];
  const isProfile = /^(?:global|apac|[a-z]{2}|us-gov)$/u.test(first);
  const maker = isProfile ? second : first;
  return {
    isClaude: maker === 'anthropic',
    isMistral: maker === 'mistral',
    choices: CHOICES[maker] ?? [],
    wantsResultsAlone: ['meta', 'mistral', 'writer'].includes(maker),
    leadingAssistant: ['anthropic', 'qwen', 'zai', 'moonshot', 'moonshotai'].includes(maker),
    cachePoints: maker === 'anthropic' || maker === 'amazon',
    fields: FIELDS[maker] ?? [],
  };
}
