import { recordsOf, textOf } from '../loose-json.js';
import type { CitedPage } from '../page-citation.js';

/**
 * Pages that a server names beside its choices, to be cited: Perplexity with their titles (`search_results`), it and
 * xAI by address alone (`citations`). Which words they are about is not told.
 * https://docs.perplexity.ai/api-reference/chat-completions-post
 */
export function pagesBeside({ search_results: results, citations }: Record<string, unknown>): CitedPage[] {
  const titled = recordsOf(results).map(({ url, title }) => ({ url: textOf(url), title: textOf(title) }));
  const urls = Array.isArray(citations) ? (citations as unknown[]) : [];
  const found: CitedPage[] = titled.length > 0 ? titled : urls.map((url) => ({ url: textOf(url) }));
  return found.filter(({ url }) => url !== '');
}
