import { geminiSpeech, imagen } from '../../google-endpoints/index.js';
import { geminiGenerate } from '../../gemini-generate/index.js';
import type { ProviderAdapter } from '../../types.js';
import { geminiEmbed } from './embed.js';

function pathOf({ model }: { model: string }, verb: string): string {
  return `/models/${encodeURIComponent(model)}:${verb}`;
}

/**
 * Google's Gemini API. What differs and needs nothing done here: usage stands in every frame of a stream, and the last
 * one counts; prices that hold until a day, and those of audio and images, are the catalog's, which the buckets by
 * modality serve; the OpenAI-format route loses thought signatures and is not used; a key in the query would stand in
 * logs and is not used either.
 * https://ai.google.dev/api/generate-content
 */
export const google: ProviderAdapter = {
  id: 'google',
  name: 'Google Gemini API',
  protocol: 'gemini',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  docsUrl: 'https://ai.google.dev/api/generate-content',
  auth: { type: 'header', header: 'x-goog-api-key' },
  chat: geminiGenerate,
  endpoints: { embeddings: geminiEmbed, images: imagen(pathOf), speech: geminiSpeech(pathOf) },
};
