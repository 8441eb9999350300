import { GPT_REASONING, OPENAI_QUIRKS, takesBreakpoints } from '../openai-compatible/gpt-models.js';
import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import {
  openAiEmbeddings,
  openAiImages,
  openAiModerations,
  openAiSpeech,
  openAiTranscriptions,
} from '../openai-endpoints/index.js';
import { defineResponses } from '../openai-responses/index.js';
import type { ProviderAdapter } from '../types.js';

/**
 * The reference. `retry-after-ms`, the 429 that means "no money" and the usage chunk with empty choices are handled for
 * all providers; x-should-retry speaks of the same address, and another target is tried either way; a price step by
 * prompt length is the price book's; prompt_cache_key and prompt_cache_options pass.
 * https://github.com/openai/openai-openapi · https://github.com/vercel/ai/tree/main/packages/openai/src/chat
 */
export const openai: ProviderAdapter = {
  ...defineOpenAiCompatible({
    id: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    docsUrl: 'https://platform.openai.com/docs/api-reference/chat/create',
    endpoints: {
      embeddings: openAiEmbeddings({ base64: true, tokens: true, drop: ['input_type'] }),
      moderations: openAiModerations,
      images: openAiImages(),
      speech: openAiSpeech(),
      transcriptions: openAiTranscriptions(),
    },
    quirks: OPENAI_QUIRKS,
  }),
  chatVia: {
    responses: defineResponses({
      ...GPT_REASONING,
      takesBreakpoints,
      reasoningFormat: 'openai-responses-v1',
    }),
  },
};
