/** How a provider's wire differs from the protocol that it speaks. */
export interface ProviderProfile {
  /** Where an answer carries reasoning; `hidden` ones are only counted. */
  readonly reasoningField: 'hidden' | 'reasoning_content' | 'reasoning' | 'thinking_parts';
  /** Whether a stream's usage comes only when asked for, or always in the chunk with the finish reason. */
  readonly streamUsage: 'on_request' | 'with_finish';
  readonly errorShape: 'openai' | 'mistral' | 'flat' | 'code_and_text' | 'numeric_code';
  /** Reasoning models refuse `max_tokens`. */
  readonly refusesMaxTokens: boolean;
  readonly cacheCounters: 'openai' | 'deepseek';
  /** Usage again under `x_groq`. */
  readonly xGroq: boolean;
  /** The provider's name and cost of the call stand in its answers. */
  readonly reportsCost: boolean;
  readonly rerank: 'jina' | 'voyage';
  /** Names of encodings that embeddings take. */
  readonly embeddingEncodings: readonly ('float' | 'base64')[];
  /** Embeddings take `output_dimension` and not `dimensions`. */
  readonly outputDimension: boolean;
  /** What a plain answer or stream sends while it waits. */
  readonly keepAlive: string;
}

const ORDINARY: ProviderProfile = {
  reasoningField: 'reasoning_content',
  streamUsage: 'on_request',
  errorShape: 'openai',
  refusesMaxTokens: false,
  cacheCounters: 'openai',
  xGroq: false,
  reportsCost: false,
  rerank: 'jina',
  embeddingEncodings: ['float', 'base64'],
  outputDimension: false,
  keepAlive: ': keep-alive\n\n',
};

// Facts: the providers' own API references, as linked beside each.
const SPECIAL: Readonly<Record<string, Partial<ProviderProfile>>> = {
  // https://platform.openai.com/docs/api-reference/chat
  openai: { reasoningField: 'hidden', refusesMaxTokens: true },
  // https://api-docs.deepseek.com/api/create-chat-completion
  deepseek: { cacheCounters: 'deepseek' },
  // https://docs.mistral.ai/api
  mistral: { reasoningField: 'thinking_parts', errorShape: 'mistral', outputDimension: true },
  // https://console.groq.com/docs/api-reference
  groq: { reasoningField: 'reasoning', xGroq: true },
  // https://docs.x.ai/docs/api-reference
  xai: { errorShape: 'code_and_text' },
  // https://docs.together.ai/reference/chat-completions-1
  together: { reasoningField: 'reasoning' },
  // https://inference-docs.cerebras.ai/api-reference/chat-completions
  cerebras: { reasoningField: 'reasoning', errorShape: 'flat' },
  // https://docs.fireworks.ai/api-reference/post-chatcompletions
  fireworks: { streamUsage: 'with_finish' },
  // https://openrouter.ai/docs/api-reference/overview
  openrouter: {
    reasoningField: 'reasoning',
    streamUsage: 'with_finish',
    errorShape: 'numeric_code',
    reportsCost: true,
    keepAlive: ': OPENROUTER PROCESSING\n\n',
  },
  wandb: { reasoningField: 'reasoning' },
  stepfun: { reasoningField: 'reasoning' },
  // https://docs.voyageai.com/reference
  voyage: { rerank: 'voyage', embeddingEncodings: ['base64'], outputDimension: true },
  ollama: { reasoningField: 'reasoning' },
};

export function profileOf(providerId: string): ProviderProfile {
  return { ...ORDINARY, ...(Object.hasOwn(SPECIAL, providerId) ? SPECIAL[providerId] : undefined) };
}
