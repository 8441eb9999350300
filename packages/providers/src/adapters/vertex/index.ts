import { googleGrant } from '../../access-tokens/google.js';
import { geminiSpeech, imagen } from '../../google-endpoints/index.js';
import type { ProviderAdapter } from '../../types.js';
import { modelPath, vertexAddress } from './address.js';
import { claudeAtVertex } from './claude.js';
import { geminiAtVertex } from './gemini.js';
import { vertexEmbed } from './embed.js';
import { mistralAtVertex } from './mistral.js';
import { openModelsAtVertex } from './open-models.js';

function pathOf({ model, baseUrl }: { model: string; baseUrl?: string }, verb: string): string {
  return modelPath(baseUrl, 'google', model, verb);
}

/**
 * Google Vertex AI.
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
  endpoints: { embeddings: vertexEmbed, images: imagen(pathOf), speech: geminiSpeech(pathOf) },
  chatOfModels: [
    { name: 'open-models', models: /\/|^grok-/, chat: openModelsAtVertex },
    { name: 'mistral', models: /^(?:mistral|ministral|magistral|codestral|pixtral)-/, chat: mistralAtVertex },
  ],
};
