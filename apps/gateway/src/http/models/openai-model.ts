import type { ModelProjection, PriceTerms, UsageBucket } from '@trunkline/contracts';
import type { ServedModel } from './model-list.js';

/** OpenAI's model object with OpenRouter's fields. https://openrouter.ai/docs/overview/models */
export function openAiModel({ model, terms, contextWindow, maxOutputTokens }: ServedModel) {
  return {
    id: model.id,
    object: 'model' as const,
    created: model.createdSeconds,
    owned_by: model.author,
    name: model.name,
    canonical_slug: model.id,
    description: model.description ?? '',
    context_length: contextWindow,
    architecture: architecture(model),
    pricing: pricing(terms),
    top_provider: {
      context_length: contextWindow,
      max_completion_tokens: maxOutputTokens,
      is_moderated: false,
    },
    per_request_limits: null,
    default_parameters: null,
    supported_voices: null,
    links: { details: `/api/v1/models/${model.id}/endpoints` },
    supported_parameters: supportedParameters(model),
  };
}

export function architecture(model: ModelProjection) {
  return {
    modality: `${model.inputModalities.join('+')}->${model.outputModalities.join('+')}`,
    input_modalities: model.inputModalities,
    output_modalities: model.outputModalities,
    tokenizer: 'Other',
    instruct_type: null,
  };
}

const PRICED: Record<string, UsageBucket> = {
  prompt: 'input.text',
  completion: 'output.text',
  internal_reasoning: 'reasoning.text',
  input_cache_read: 'cache_read.text',
  input_cache_write: 'cache_write_5m.text',
};
/** OpenRouter's names for what is not counted in tokens. */
const PRICED_BY_PIECE: Record<string, UsageBucket> = {
  request: 'requests',
  image: 'images',
  web_search: 'searches',
};

/** US dollars per token, or per piece, as decimal strings. */
export function pricing(terms: PriceTerms): Record<string, string> {
  // Both are always there: what a model does not count in tokens of text costs none of them.
  const prices: Record<string, string> = { prompt: '0', completion: '0' };
  for (const [name, bucket] of Object.entries({ ...PRICED, ...PRICED_BY_PIECE })) {
    const price = terms.prices[bucket];
    if (price !== undefined) prices[name] = usdPerUnit(price);
  }
  return prices;
}

/** Nano-USD per million units → US dollars per unit: 10¹⁵ times less. */
function usdPerUnit(nanoUsdPerMillion: string): string {
  const digits = nanoUsdPerMillion.padStart(16, '0');
  const fraction = digits.slice(-15).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, -15) : `${digits.slice(0, -15)}.${fraction}`;
}

/** Of models that do not chat. */
const PARAMETERS_OF_KIND: Readonly<Record<string, readonly string[]>> = {
  embedding: ['dimensions', 'encoding_format', 'input_type'],
  rerank: ['top_n', 'return_documents'],
  image: ['n', 'size', 'response_format'],
  audio: ['response_format', 'stream'],
  moderation: [],
};

export function supportedParameters({ kind, capabilities }: ModelProjection): string[] {
  const ofKind = PARAMETERS_OF_KIND[kind];
  if (ofKind) return [...ofKind];
  const parameters = ['max_tokens', 'temperature', 'top_p', 'stop', 'stream'];
  if (capabilities['tools']) parameters.push('tools', 'tool_choice');
  if (capabilities['parallel_tools']) parameters.push('parallel_tool_calls');
  if (capabilities['structured_outputs']) parameters.push('response_format', 'structured_outputs');
  if (capabilities['reasoning']) parameters.push('reasoning', 'include_reasoning');
  return parameters;
}
