import type { ChatRequest } from '@trunkline/contracts';
import { isRecord, recordOf, textOf } from './loose-json.js';

/** A wish that the provider may search the web by itself, in whatever words it came. */
export interface SearchWish {
  /** Where it stands: `web_search_options`, or `tools[2]`. */
  readonly path: string;
  /** `low`, `medium`, `high`; null where it is not said. */
  readonly contextSize: string | null;
  /** `country`, `region`, `city`, `timezone`; null where it is not said. */
  readonly location: Readonly<Record<string, string>> | null;
  readonly allowedDomains: readonly string[];
  readonly blockedDomains: readonly string[];
  readonly maxUses: number | null;
}

export type SearchMember =
  | 'search_context_size'
  | 'user_location'
  | 'allowed_domains'
  | 'blocked_domains'
  | 'max_uses';

/** OpenAI's, Anthropic's and OpenRouter's own tool, dated or not. */
const SEARCH_TOOL = /^(?:openrouter:)?web_search(?:_preview)?(?:_\d{8}|_\d{4}_\d{2}_\d{2})?$/;

export function isSearchTool({ type }: { readonly type?: unknown }): boolean {
  return typeof type === 'string' && SEARCH_TOOL.test(type);
}

/**
 * The request's wish to search the web; null where there is none. `web_search_options` are OpenAI's, and may say what
 * tools of others say besides: domains and how often.
 */
export function searchWishOf(request: ChatRequest): SearchWish | null {
  const options = request['web_search_options'];
  if (isRecord(options)) return wishIn(options, 'web_search_options');
  const at = request.tools?.findIndex(isSearchTool) ?? -1;
  const tool = request.tools?.[at];
  return tool ? wishIn({ ...recordOf(tool['parameters']), ...tool }, `tools[${at}]`) : null;
}

/** What of a wish is not said to a target that takes these members of it. */
export function lostOfSearch(wish: SearchWish, taken: readonly SearchMember[]): string[] {
  const said: Record<SearchMember, boolean> = {
    // A hint: the middle is what everybody does.
    search_context_size: wish.contextSize !== null && wish.contextSize !== 'medium',
    user_location: wish.location !== null,
    allowed_domains: wish.allowedDomains.length > 0,
    blocked_domains: wish.blockedDomains.length > 0,
    max_uses: wish.maxUses !== null,
  };
  return Object.entries(said).flatMap(([name, isSaid]) =>
    isSaid && !taken.includes(name as SearchMember) ? [`${wish.path}.${name}`] : [],
  );
}

const PLACE = ['country', 'region', 'city', 'timezone'];

function wishIn(said: Readonly<Record<string, unknown>>, path: string): SearchWish {
  const { search_context_size: size, user_location: location, max_uses: uses } = said;
  const filters = { ...said, ...recordOf(said['filters']) };
  const approximate = recordOf(location)['approximate'] ?? location;
  const place = PLACE.flatMap((name) => {
    const text = textOf(recordOf(approximate)[name]);
    return text === '' ? [] : [[name, text] as const];
  });
  return {
    path,
    contextSize: textOf(size) || null,
    location: place.length > 0 ? Object.fromEntries(place) : null,
    allowedDomains: textsOf(filters['allowed_domains']),
    blockedDomains: textsOf(filters['blocked_domains'] ?? filters['excluded_domains']),
    maxUses: typeof uses === 'number' && Number.isSafeInteger(uses) && uses > 0 ? uses : null,
  };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
