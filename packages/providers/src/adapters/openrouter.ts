import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import { openAiEmbeddings } from '../openai-endpoints/index.js';

/**
 * SSE comments (`: OPENROUTER PROCESSING`) are read over. An error after the first token comes inside the 200, with a
 * number as its code: read as the status. `provider` stands in every chunk and never passes, nor does its cost: chunks
 * are printed again. Our own `models`, `provider` and `transforms` are not sent on, or it would route for itself. A
 * forced tool choice on a Claude model with thinking drops the reasoning there without a word; a 429 is its own or the
 * host's behind it, and another target helps with both; a host may ignore a parameter that it does not know; hosts that
 * do not stop a closed stream bill it whole; prices are a snapshot of a day: none of it can be mended from here.
 * https://openrouter.ai/docs/api-reference/overview · https://openrouter.ai/docs/api-reference/errors-and-debugging
 */
export const openrouter = defineOpenAiCompatible({
  id: 'openrouter',
  name: 'OpenRouter',
  baseUrl: 'https://openrouter.ai/api/v1',
  docsUrl: 'https://openrouter.ai/docs/api-reference/chat-completion',
  endpoints: { embeddings: openAiEmbeddings({ base64: true, tokens: true }) },
  quirks: {
    // The documentation lists both, one client says only this one is taken.
    tokenLimitField: 'max_tokens',
    messages: {
      developerRole: true,
      cacheControl: true,
      answerExtras: true,
      // Claude's, behind it.
      mostCacheMarks: 4,
      reasoning: 'as-sent',
      // https://openrouter.ai/docs/use-cases/reasoning-tokens#reasoning_details-array-structure
      stateFormats: [
        ...['anthropic-claude-v1', 'google-gemini-v1', 'openai-responses-v1', 'xai-responses-v1'],
        ...['azure-openai-responses-v1', 'unknown'],
      ],
    },
    reasoning: { unified: true },
    // https://openrouter.ai/docs/guides/features/server-tools/web-search
    webSearch: {
      as: 'tools',
      taken: ['search_context_size', 'user_location', 'allowed_domains', 'blocked_domains'],
      write: ({ contextSize, location, allowedDomains, blockedDomains }) => {
        const parameters = {
          ...(contextSize === null ? {} : { search_context_size: contextSize }),
          ...(location === null ? {} : { user_location: { type: 'approximate', ...location } }),
          ...(allowedDomains.length > 0 ? { allowed_domains: allowedDomains } : {}),
          ...(blockedDomains.length > 0 ? { excluded_domains: blockedDomains } : {}),
        };
        const isPlain = Object.keys(parameters).length === 0;
        return { tools: [{ type: 'openrouter:web_search', ...(isPlain ? {} : { parameters }) }] };
      },
    },
  },
});
