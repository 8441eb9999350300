import type { RerankRequest } from '@trunkline/contracts';
import { countOf, isRecord } from '../loose-json.js';
import type { Ranking } from './types.js';

/**
 * Reads `{index, relevance_score}` rows, sorts them best first, and keeps as many as were asked for.
 * @returns null where a row has no such shape, or names a document that is not there or was named before
 */
export function readRanking(
  rows: unknown,
  { documents, top_n: wanted }: Pick<RerankRequest, 'documents' | 'top_n'>,
): Ranking['results'] | null {
  if (!Array.isArray(rows)) return null;
  const seen = new Set<number>();
  const results: { index: number; score: number }[] = [];
  for (const row of rows as unknown[]) {
    const index = isRecord(row) ? countOf(row['index']) : null;
    const score = isRecord(row) ? (row['relevance_score'] ?? row['score']) : null;
    if (index === null || typeof score !== 'number' || !Number.isFinite(score)) return null;
    if (index >= documents.length || seen.has(index)) return null;
    seen.add(index);
    results.push({ index, score });
  }
  if (results.length < Math.min(wanted ?? documents.length, documents.length)) return null;
  return results.toSorted((left, right) => right.score - left.score).slice(0, wanted ?? documents.length);
}
