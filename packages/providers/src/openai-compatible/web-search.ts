import type { ChatRequest } from '@trunkline/contracts';
import { isRecord } from '../loose-json.js';
import {
  isSearchTool,
  lostOfSearch,
  searchWishOf,
  type SearchMember,
  type SearchWish,
} from '../web-search.js';
import type { Quirks } from './quirks.js';

/** How one provider is asked to search. */
export interface WebSearchQuirk {
  /** The fields that say it, as the table of parameters names them. */
  readonly as: string;
  /** What of a wish they say. */
  readonly taken: readonly SearchMember[];
  /** Fields of the body; of `tools`, the tools beside the client's own. */
  write(wish: SearchWish): Readonly<Record<string, unknown>> & { readonly tools?: readonly object[] };
}

/**
 * Writes a wish to search the web as the provider takes it. Tools of this kind stand in the body only where the provider
 * is not known to have other words for it, or none.
 * @returns what is lost of it
 */
export function writeWebSearch(
  body: Record<string, unknown>,
  request: ChatRequest,
  quirks: Quirks,
): string[] {
  const { webSearch } = quirks;
  if (webSearch === undefined || webSearch === 'as-sent') return [];
  const wish = searchWishOf(request);
  if (!wish) return [];
  const written = Array.isArray(body['tools']) ? (body['tools'] as unknown[]) : [];
  const tools: unknown[] = written.filter((tool) => !isRecord(tool) || !isSearchTool(tool));
  const isRefused = webSearch === 'none';
  const { tools: own = [], ...fields } = isRefused ? {} : webSearch.write(wish);
  Object.assign(body, fields);
  tools.push(...own);
  if (tools.length > 0) body['tools'] = tools;
  else for (const field of ['tools', 'tool_choice', 'parallel_tool_calls']) delete body[field];
  if (isRefused) return [wish.path];
  return lostOfSearch(wish, webSearch.taken);
}
