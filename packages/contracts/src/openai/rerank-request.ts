import { z } from 'zod';
import { routingFields } from './routing-fields.js';

/** Cohere's bound. https://docs.cohere.com/reference/rerank */
const MAX_DOCUMENTS = 10_000;

/** `POST /v1/rerank`, in the shape that Cohere and Jina share. A document is a text, or an object that has one. */
export const rerankRequestSchema = z.looseObject({
  ...routingFields,
  query: z.string().min(1),
  documents: z
    .array(z.union([z.string(), z.record(z.string(), z.unknown())]))
    .min(1)
    .max(MAX_DOCUMENTS),
  top_n: z.int().positive().nullish(),
  return_documents: z.boolean().nullish(),
  max_tokens_per_doc: z.int().positive().nullish(),
  rank_fields: z.array(z.string()).nullish(),
});
export type RerankRequest = z.infer<typeof rerankRequestSchema>;

/**
 * The text by which a document is ranked: itself, its `rank_fields`, its `text`, or all of it. More than one field is
 * written as `name: value` lines, as Cohere advises for structured documents.
 * https://docs.cohere.com/docs/reranking-with-cohere#structured-data
 */
export function documentText(
  document: RerankRequest['documents'][number],
  rankFields?: string[] | null,
): string {
  if (typeof document === 'string') return document;
  const names = rankFields?.length ? rankFields : typeof document['text'] === 'string' ? ['text'] : null;
  const [only] = names ?? [];
  if (names?.length === 1 && only !== undefined) return printValue(document[only]);
  return (names ?? Object.keys(document)).map((name) => `${name}: ${printValue(document[name])}`).join('\n');
}

function printValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
