import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import { openAiEmbeddings } from '../openai-endpoints/index.js';

/**
 * The operator puts the account's id into the base URL. Names begin with @cf/ and have slashes. Asked for JSON it gives
 * the very object as content: put right for clients. Errors come in Cloudflare's envelope ({errors: […]}): read; the
 * native route (/ai/run) wraps answers too and is not used. It bills neurons; the prices by token are its own
 * conversion.
 * https://developers.cloudflare.com/workers-ai/
 */
export const cloudflare = defineOpenAiCompatible({
  id: 'cloudflare',
  name: 'Cloudflare Workers AI',
  baseUrl: 'https://api.cloudflare.com/client/v4/accounts/{account_id}/ai/v1',
  docsUrl: 'https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility/',
  // https://developers.cloudflare.com/workers-ai/models/bge-m3/
  endpoints: {
    embeddings: openAiEmbeddings({ limits: { items: 100 }, drop: ['input_type', 'dimensions', 'user'] }),
  },
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
  },
});
