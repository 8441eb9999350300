import { defineOpenAiCompatible } from '../../openai-compatible/index.js';
import { MISTRAL_QUIRKS } from '../../openai-compatible/mistral-models.js';
import type { ChatAdapter } from '../../types.js';
import { modelPath } from './address.js';
import { classifyVertex } from './failure.js';

const { chat } = defineOpenAiCompatible({
  id: 'vertex',
  name: 'Google Vertex AI',
  baseUrl: 'https://aiplatform.googleapis.com/v1',
  docsUrl: 'https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/mistral',
  quirks: MISTRAL_QUIRKS,
});
if (!chat) throw new Error('the OpenAI family has no chat');

const family: ChatAdapter = chat;

/**
 * Mistral's models at Vertex: its own server behind a publisher's path, which names the model as the body does.
 * https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/mistral
 */
export const mistralAtVertex: ChatAdapter = {
  ...family,
  buildRequest: (call) => {
    const built = family.buildRequest(call);
    if (built.kind === 'refused') return built;
    const verb = call.stream ? 'streamRawPredict' : 'rawPredict';
    const path = modelPath(call.baseUrl, 'mistralai', call.model, verb);
    return { ...built, request: { ...built.request, path } };
  },
  classifyFailure: classifyVertex,
};
