import type { EmbeddingsRequest } from '@trunkline/contracts';

/** Cohere's and Voyage's names; Google's own pass. https://ai.google.dev/gemini-api/docs/embeddings#supported-task-types */
const TASK_TYPES: Readonly<Record<string, string>> = {
  query: 'RETRIEVAL_QUERY',
  search_query: 'RETRIEVAL_QUERY',
  document: 'RETRIEVAL_DOCUMENT',
  search_document: 'RETRIEVAL_DOCUMENT',
  classification: 'CLASSIFICATION',
  clustering: 'CLUSTERING',
};

/** What Google calls the purpose of an embedding; null where the client says none. */
export function taskTypeOf({ input_type: inputType }: Pick<EmbeddingsRequest, 'input_type'>): string | null {
  return inputType ? (TASK_TYPES[inputType] ?? inputType.toUpperCase()) : null;
}
