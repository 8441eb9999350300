import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import {
  jinaRerank,
  openAiCompletions,
  openAiEmbeddings,
  openAiTranscriptions,
} from '../openai-endpoints/index.js';

/**
 * Self-hosted. parallel_tool_calls and user are ignored, top_k and other samplers are taken. Sampling defaults come
 * from the model's own generation_config. The last chunk of a stream can have choices null or missing: read as usage
 * alone. /score, /pooling and /tokenize have no place here. Prices are the operator's to set. Its key guards /v1, /v2
 * and /inference alone: the rest is for the operator's network to guard.
 * https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
 */
export const vllm = defineOpenAiCompatible({
  id: 'vllm',
  name: 'vLLM',
  baseUrl: 'http://localhost:8000/v1',
  docsUrl: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
  // https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
  endpoints: {
    completions: openAiCompletions(),
    embeddings: openAiEmbeddings({ base64: true, tokens: true }),
    rerank: jinaRerank(),
    transcriptions: openAiTranscriptions(),
  },
  auth: { type: 'optional-bearer' },
  quirks: {
    customTools: 'as-functions',
    toolChoice: { allowedTools: false },
    messages: { imageDetail: false },
    reasoning: {
      effort: true,
      off: { chat_template_kwargs: { enable_thinking: false } },
      on: { chat_template_kwargs: { enable_thinking: true } },
    },
  },
});
