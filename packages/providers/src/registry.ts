import { ai21 } from './adapters/ai21.js';
import { alibaba } from './adapters/alibaba.js';
import { anthropic } from './adapters/anthropic/index.js';
import { azureFoundry, azureOpenai } from './adapters/azure/index.js';
import { baseten } from './adapters/baseten.js';
import { bedrock } from './adapters/bedrock/index.js';
import { cerebras } from './adapters/cerebras.js';
import { cloudflare } from './adapters/cloudflare.js';
import { cohere } from './adapters/cohere/index.js';
import { deepinfra } from './adapters/deepinfra/index.js';
import { deepseek } from './adapters/deepseek.js';
import { fireworks } from './adapters/fireworks.js';
import { friendli } from './adapters/friendli.js';
import { google } from './adapters/gemini/index.js';
import { groq } from './adapters/groq.js';
import { huggingface } from './adapters/huggingface.js';
import { inception } from './adapters/inception.js';
import { jina } from './adapters/jina.js';
import { meta } from './adapters/meta.js';
import { minimax } from './adapters/minimax/index.js';
import { mistral } from './adapters/mistral.js';
import { moonshot } from './adapters/moonshot.js';
import { nebius } from './adapters/nebius.js';
import { novita } from './adapters/novita.js';
import { nvidia } from './adapters/nvidia.js';
import { ollama } from './adapters/ollama.js';
import { openai } from './adapters/openai.js';
import { openrouter } from './adapters/openrouter.js';
import { perplexity } from './adapters/perplexity.js';
import { sambanova } from './adapters/sambanova.js';
import { scaleway } from './adapters/scaleway.js';
import { siliconflow } from './adapters/siliconflow.js';
import { stepfun } from './adapters/stepfun.js';
import { together } from './adapters/together.js';
import { upstage } from './adapters/upstage.js';
import { vertex } from './adapters/vertex/index.js';
import { vllm } from './adapters/vllm.js';
import { voyage } from './adapters/voyage.js';
import { wandb } from './adapters/wandb.js';
import { xai } from './adapters/xai.js';
import { xiaomi } from './adapters/xiaomi.js';
import { zhipu } from './adapters/zhipu.js';
import { defineOpenAiCompatible } from './openai-compatible/index.js';
import {
  jinaRerank,
  openAiCompletions,
  openAiEmbeddings,
  openAiImages,
  openAiModerations,
  openAiSpeech,
  openAiTranscriptions,
} from './openai-endpoints/index.js';
import { GPT_REASONING } from './openai-compatible/gpt-models.js';
import { defineResponses } from './openai-responses/index.js';
import type { Protocol, ProviderAdapter } from './types.js';

/** All providers with an endpoint that is spoken, one line each. The only file that names one. */
const ADAPTERS: readonly ProviderAdapter[] = [
  ai21,
  alibaba,
  anthropic,
  azureFoundry,
  azureOpenai,
  baseten,
  bedrock,
  cerebras,
  cloudflare,
  cohere,
  deepinfra,
  deepseek,
  fireworks,
  friendli,
  google,
  groq,
  huggingface,
  inception,
  jina,
  meta,
  minimax,
  mistral,
  moonshot,
  nebius,
  novita,
  nvidia,
  ollama,
  openai,
  openrouter,
  perplexity,
  sambanova,
  scaleway,
  siliconflow,
  stepfun,
  together,
  upstage,
  vertex,
  vllm,
  voyage,
  wandb,
  xai,
  xiaomi,
  zhipu,
];

const byId: ReadonlyMap<string, ProviderAdapter> = new Map(ADAPTERS.map((adapter) => [adapter.id, adapter]));

export function allAdapters(): readonly ProviderAdapter[] {
  return ADAPTERS;
}

/** The adapter of a provider of the catalog; undefined where there is none (yet). */
export function adapterOf(providerId: string): ProviderAdapter | undefined {
  return byId.get(providerId);
}

/** For endpoints of an operator's or tenant's own: the protocol as it is written, without any provider's quirks. */
const BY_PROTOCOL: Readonly<Record<Protocol, ProviderAdapter>> = {
  openai: defineOpenAiCompatible({
    id: 'openai-compatible',
    name: 'OpenAI-compatible',
    baseUrl: 'http://localhost:8000/v1',
    docsUrl: 'https://platform.openai.com/docs/api-reference/chat',
    auth: { type: 'optional-bearer' },
    // Whose models stand behind it nobody knows.
    quirks: { messages: { callExtras: true }, webSearch: 'as-sent' },
    endpoints: {
      completions: openAiCompletions(),
      embeddings: openAiEmbeddings({ base64: true, tokens: true }),
      rerank: jinaRerank(),
      moderations: openAiModerations,
      images: openAiImages(),
      speech: openAiSpeech(),
      transcriptions: openAiTranscriptions(),
    },
  }),
  'openai-responses': {
    id: 'openai-responses',
    name: 'Responses',
    protocol: 'openai-responses',
    baseUrl: 'http://localhost:8000/v1',
    docsUrl: 'https://platform.openai.com/docs/api-reference/responses',
    auth: { type: 'optional-bearer' },
    chat: defineResponses({
      reasons: GPT_REASONING.reasons,
      canStopReasoning: () => true,
      reasoningFormat: 'own-responses-v1',
    }),
  },
  anthropic,
  'azure-openai': azureOpenai,
  gemini: google,
  vertex,
  bedrock,
  cohere,
};

/** The adapter of an endpoint that no catalog knows; undefined for a protocol that nobody speaks (yet). */
export function adapterOfProtocol(protocol: string): ProviderAdapter | undefined {
  return Object.hasOwn(BY_PROTOCOL, protocol) ? BY_PROTOCOL[protocol as Protocol] : undefined;
}
