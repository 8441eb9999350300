import { googleGrant } from '../../access-tokens/google.js';
import type { ProviderAdapter } from '../../types.js';
import { vertexAddress } from './address.js';
import { claudeAtVertex } from './claude.js';
import { geminiAtVertex } from './gemini.js';
import { mistralAtVertex } from './mistral.js';
import { openModelsAtVertex } from './open-models.js';

/**
 * Google Vertex AI. What differs and needs nothing done here: older text embeddings are billed by characters, which is the
 * price book's and not chat.
 * https://docs.cloud.google.com/vertex-ai/generative-ai/docs/models
 */
export const vertex: ProviderAdapter = {
  id: 'vertex',
  name: 'Google Vertex AI',
  protocol: 'vertex',
  baseUrl: 'https://{location}-aiplatform.googleapis.com/v1/projects/{project}/locations/{location}',
  addressOf: vertexAddress,
  docsUrl: 'https://docs.cloud.google.com/vertex-ai/generative-ai/docs/models',
  auth: { type: 'access-token', grantOf: googleGrant },
  chat: geminiAtVertex,
  chatVia: { messages: claudeAtVertex },
  chatOfModels: [
    { name: 'open-models', models: /\/|^grok-/, chat: openModelsAtVertex },
    { name: 'mistral', models: /^(?:mistral|ministral|magistral|codestral|pixtral)-/, chat: mistralAtVertex },
  ],
};
