import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/** https://docs.perplexity.ai/guides/search-domain-filters */
const MOST_DOMAINS = 20;

/**
 * No /v1 in the path (/v1/sonar, which is newer, says the same). usage.cost is exact and would be the safest figure,
 * but money here is computed from the price book alone; citation tokens and searches have buckets. Deep research has
 * the reasoning beside completion_tokens and beside the total.
 * https://docs.perplexity.ai · https://github.com/vercel/ai/tree/main/packages/perplexity/src
 */
export const perplexity = defineOpenAiCompatible({
  id: 'perplexity',
  name: 'Perplexity',
  baseUrl: 'https://api.perplexity.ai',
  docsUrl: 'https://docs.perplexity.ai/api-reference/chat-completions-post',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    drop: ['stop', 'seed', 'top_k'],
    // It always searches. https://docs.perplexity.ai/guides/search-domain-filters
    webSearch: {
      as: 'web_search_options, search_domain_filter',
      taken: ['search_context_size', 'user_location', 'allowed_domains', 'blocked_domains'],
      write: ({ contextSize, location, allowedDomains, blockedDomains }) => {
        const domains = [...allowedDomains, ...blockedDomains.map((domain) => `-${domain}`)];
        const { timezone: _zone, ...place } = location ?? {};
        const options = {
          ...(contextSize === null ? {} : { search_context_size: contextSize }),
          ...(Object.keys(place).length > 0 ? { user_location: place } : {}),
        };
        return {
          ...(Object.keys(options).length > 0 ? { web_search_options: options } : {}),
          ...(domains.length > 0 ? { search_domain_filter: domains.slice(0, MOST_DOMAINS) } : {}),
        };
      },
    },
    // "Unsupported JSON Schemas" of https://docs.perplexity.ai/guides/structured-outputs: one that contains itself, and so
    // an object that may have anything in it, for which nothing else can stand.
    schemas: { output: { references: 'acyclic' }, strict: { references: 'acyclic' } },
    // A fee for each request by search context, beside the tokens.
    usage: { countRequests: true, reasoningBeside: 'where-more' },
  },
});
