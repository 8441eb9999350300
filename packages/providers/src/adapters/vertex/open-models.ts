import { defineOpenAiCompatible } from '../../openai-compatible/index.js';
import type { ChatAdapter } from '../../types.js';
import { classifyVertex } from './failure.js';

const { chat } = defineOpenAiCompatible({
  id: 'vertex',
  name: 'Google Vertex AI',
  baseUrl: 'https://aiplatform.googleapis.com/v1',
  docsUrl: 'https://docs.cloud.google.com/vertex-ai/generative-ai/docs/maas/call-open-model-apis',
  quirks: { toolChoice: { allowedTools: false } },
});
if (!chat) throw new Error('the OpenAI family has no chat');

const family: ChatAdapter = chat;

/**
 * Models of other makers at Vertex, named `<publisher>/<model>`: OpenAI's format, beside a location's publishers.
 * https://docs.cloud.google.com/vertex-ai/generative-ai/docs/maas/call-open-model-apis
 */
export const openModelsAtVertex: ChatAdapter = {
  ...family,
  buildRequest: (call) => {
    const built = family.buildRequest({ ...call, model: named(call.model) });
    if (built.kind === 'refused') return built;
    return { ...built, request: { ...built.request, path: `/endpoints/openapi${built.request.path}` } };
  },
  classifyFailure: classifyVertex,
};

/** Grok has no publisher in some of the names that are known for it. */
function named(model: string): string {
  return model.includes('/') ? model : `xai/${model}`;
}
