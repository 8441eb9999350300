import { z } from 'zod';
import { catalogOffer } from './offer-schema.js';

export const MODEL_KINDS = ['chat', 'embedding', 'image', 'audio', 'rerank', 'moderation'] as const;

/** What a chat model can do: true, false, or null where no source says. */
const capabilities = z.strictObject({
  tools: z.boolean().nullable(),
  parallel_tools: z.boolean().nullable(),
  structured_outputs: z.boolean().nullable(),
  reasoning: z.boolean().nullable(),
  vision: z.boolean().nullable(),
  pdf: z.boolean().nullable(),
  audio_input: z.boolean().nullable(),
  audio_output: z.boolean().nullable(),
  prompt_caching: z.boolean().nullable(),
});
export type ModelCapabilities = z.infer<typeof capabilities>;

/** A model with everyone who sells it. */
export const catalogModel = z.strictObject({
  /** `author/slug`. */
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*\/[a-z0-9][a-z0-9._-]*$/, '"author/slug" in lower case'),
  name: z.string().min(1),
  author: z.string().min(1),
  family: z.string().min(1),
  kind: z.enum(MODEL_KINDS),
  /** Audio models only. */
  task: z.enum(['speech_to_text', 'text_to_speech']).optional(),
  /** `legacy`: still sold somewhere, no longer advertised. `retired`: kept for its name and its past, never offered. */
  status: z.enum(['current', 'legacy', 'retired']),
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  releaseDate: z
    .string()
    .regex(/^\d{4}(-\d{2}){0,2}$/)
    .nullable()
    .default(null),
  releaseDateSource: z.string().optional(),
  openWeights: z.boolean().nullable().default(null),
  /** Tokens; the author's own figure, an offer may have less. */
  contextWindow: z.int().positive().nullable().default(null),
  maxOutputTokens: z.int().positive().nullable().default(null),
  embeddingDimensions: z.int().positive().optional(),
  inputModalities: z.array(z.enum(['text', 'image', 'audio', 'video', 'pdf'])).min(1),
  outputModalities: z
    .array(z.enum(['text', 'image', 'audio', 'video', 'embedding', 'scores', 'labels']))
    .min(1),
  factsSource: z.string().optional(),
  /** Chat models only. */
  capabilities: capabilities.optional(),
  offers: z.array(catalogOffer).min(1),
});
export type CatalogModel = z.infer<typeof catalogModel>;

/** Who made a model, and the providers that are the maker's own. */
export const catalogAuthor = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  providers: z.array(z.string()),
});
export type CatalogAuthor = z.infer<typeof catalogAuthor>;
