import { startGateway, type TestGateway, type TestGatewayOptions } from '../support/start-gateway.js';

/** Models of every endpoint beside chat, by providers of every way to ask for it. */
export const ENDPOINT_MODELS = [
  'openai/text-embedding-3-small',
  'google/gemini-embedding-001',
  'cohere/embed-v4.0',
  'mistralai/mistral-embed',
  'voyageai/voyage-3.5',
  'jinaai/jina-reranker-v3',
  'qwen/qwen3-reranker-8b',
  'cohere/rerank-v4.0-pro',
  'openai/omni-moderation',
  'openai/gpt-image-1',
  'google/imagen-4',
  'openai/gpt-4o-mini-tts',
  'openai/tts-1',
  'minimax/speech-2.6-hd',
  'google/gemini-2.5-flash-preview-tts',
  'openai/whisper-1',
  'openai/whisper-large-v3',
  'openai/gpt-4o-transcribe',
];

/** Where each provider's base URL ends, as the real ones do. */
export const ENDPOINT_PATHS = {
  google: '/v1beta',
  'azure-openai': '/openai/v1',
  'azure-foundry': '/openai/v1',
  deepinfra: '/v1/openai',
};

export function startEndpoints(options: TestGatewayOptions = {}): Promise<TestGateway> {
  return startGateway({ models: ENDPOINT_MODELS, paths: ENDPOINT_PATHS, ...options });
}
