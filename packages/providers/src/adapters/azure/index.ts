import { entraGrant } from '../../access-tokens/entra.js';
import { GPT_QUIRKS, GPT_REASONING } from '../../openai-compatible/gpt-models.js';
import { defineOpenAiCompatible } from '../../openai-compatible/index.js';
import type { Quirks } from '../../openai-compatible/quirks.js';
import { cohereRerank } from '../../cohere-endpoints/index.js';
import {
  openAiEmbeddings,
  openAiImages,
  openAiSpeech,
  openAiTranscriptions,
} from '../../openai-endpoints/index.js';
import { defineResponses } from '../../openai-responses/index.js';
import type { ProviderAdapter } from '../../types.js';
import { atAzure, endpointAtAzure } from './address.js';
import { claudeAtFoundry } from './claude.js';

const DIFFERENT: Quirks = {
  toolChoice: { allowedTools: false },
  // Verdicts on the prompt. Streams bring them in a chunk without choices, which no client gets either.
  stripFromAnswer: ['prompt_filter_results'],
  errorCodes: {
    DeploymentNotFound: 'model_unavailable',
    OperationNotSupported: 'model_unavailable',
    unknown_model: 'model_unavailable',
    unavailable_model: 'model_unavailable',
    ResponsibleAIPolicyViolation: 'content_policy',
  },
};

/**
 * OpenAI's models at Azure. A deployment is taken to be named as the model, unless the entry says what it calls it.
 * What differs and needs nothing done: a prompt that the filter stops is a 400 with code content_filter, which is
 * content_policy for all providers; `tool_choice: required` is taken now; a 429 that no waiting helps cannot be told
 * from the others, and another target is tried for each; prices by region are the price book's.
 * https://learn.microsoft.com/en-us/azure/foundry/openai/reference
 */
export const azureOpenai: ProviderAdapter = {
  ...azure({
    id: 'azure-openai',
    name: 'Azure OpenAI',
    baseUrl: 'https://{resource_name}.openai.azure.com/openai/v1',
    docsUrl: 'https://learn.microsoft.com/en-us/azure/foundry/openai/reference',
    quirks: { ...GPT_QUIRKS, ...DIFFERENT },
    scope: 'https://cognitiveservices.azure.com/.default',
  }),
  chatVia: {
    responses: atAzure(defineResponses({ ...GPT_REASONING, reasoningFormat: 'azure-openai-responses-v1' })),
  },
  endpoints: {
    embeddings: endpointAtAzure(openAiEmbeddings({ base64: true, tokens: true, drop: ['input_type'] })),
    images: endpointAtAzure(openAiImages()),
    speech: endpointAtAzure(openAiSpeech()),
    transcriptions: endpointAtAzure(openAiTranscriptions()),
  },
};

/**
 * Other makers' models at Azure, on the same routes; a server of one model alone is an entry with its own address. Grok
 * reports more cached than prompt tokens at times: its prompt is all that is taken to be read from the cache, since the
 * cache's tokens are documented as a part of the prompt's. Claude is on a route of Anthropic's format beside them. What
 * differs and needs nothing done: some open models are dearer here than anywhere, which is the price book's to know; of
 * the names that tools know the key by in the environment (`AZURE_API_KEY`, `AZURE_AI_API_KEY`) the catalog has both.
 * https://learn.microsoft.com/en-us/azure/foundry/foundry-models/concepts/models-sold-directly-by-azure
 */
export const azureFoundry: ProviderAdapter = {
  ...azure({
    id: 'azure-foundry',
    name: 'Azure AI Foundry',
    baseUrl: 'https://{resource_name}.services.ai.azure.com/openai/v1',
    docsUrl: 'https://learn.microsoft.com/en-us/azure/ai-foundry/foundry-models/how-to/use-chat-completions',
    quirks: DIFFERENT,
    scope: 'https://ai.azure.com/.default',
  }),
  chatVia: { messages: claudeAtFoundry },
  endpoints: {
    embeddings: endpointAtAzure(openAiEmbeddings({ limits: { items: 96 }, drop: ['user'] })),
    rerank: endpointAtAzure(cohereRerank({ path: '/providers/cohere/v2/rerank', besides: '/openai/v1' })),
  },
};

function azure({
  id,
  name,
  baseUrl,
  docsUrl,
  quirks,
  scope,
}: Pick<ProviderAdapter, 'id' | 'name' | 'baseUrl' | 'docsUrl'> & {
  quirks: Quirks;
  scope: string;
}): ProviderAdapter {
  const { chat, ...rest } = defineOpenAiCompatible({ id, name, baseUrl, docsUrl, quirks });
  return {
    ...rest,
    protocol: 'azure-openai',
    auth: { type: 'access-token', grantOf: entraGrant(scope) },
    ...(chat ? { chat: atAzure(chat) } : {}),
  };
}
