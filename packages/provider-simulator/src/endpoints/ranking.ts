import { refuse } from '../protocols/native-problem.js';
import type { Fields } from '../protocols/read-fields.js';

export interface RankingRequest {
  readonly query: string;
  readonly documents: readonly string[];
  readonly most: number;
}

/** Reads query, documents and how many are wanted. */
export function readRanking(fields: Fields, limitName: string): RankingRequest {
  const query = fields.requiredString('query');
  fields.required('documents');
  const documents = (fields.list('documents') ?? []).map((document, at) =>
    typeof document === 'string'
      ? document
      : refuse([...fields.at('documents'), at], 'type', 'a string', document),
  );
  if (documents.length === 0) refuse(fields.at('documents'), 'range', '1..', 0);
  const most = fields.number(limitName, { least: 1, whole: true }) ?? documents.length;
  return { query, documents, most };
}

/** The share of the query's words that a document has: the same for the same texts. */
export function scoreOf(query: string, document: string): number {
  const words = wordsOf(query);
  const found = wordsOf(document);
  const hits = [...words].filter((word) => found.has(word)).length;
  return Math.round((0.05 + (0.9 * hits) / Math.max(1, words.size)) * 1e6) / 1e6;
}

/** Best first. */
export function rank({
  query,
  documents,
  most,
}: RankingRequest): { index: number; relevance_score: number }[] {
  return documents
    .map((document, index) => ({ index, relevance_score: scoreOf(query, document) }))
    .toSorted((left, right) => right.relevance_score - left.relevance_score)
    .slice(0, most);
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/\w+/gu) ?? []);
}
