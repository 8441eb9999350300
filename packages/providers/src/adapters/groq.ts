import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import type { MessageQuirks } from '../openai-compatible/quirks.js';
import type { WebSearchQuirk } from '../openai-compatible/web-search.js';
import { OPENAI_STRICT } from '../openai-compatible/strict-schemas.js';
import { openAiTranscriptions } from '../openai-endpoints/index.js';

/** A 400 each, but for the penalties and top_k, which do nothing. */
const UNSUPPORTED = [
  'logprobs',
  'top_logprobs',
  'logit_bias',
  'presence_penalty',
  'frequency_penalty',
  'top_k',
];

const MESSAGES: MessageQuirks = { name: false, imageDetail: false, reasoning: 'omit' };

/** It searches when it sees fit. https://console.groq.com/docs/web-search */
const SEARCH_SETTINGS: WebSearchQuirk = {
  as: 'search_settings',
  taken: ['allowed_domains', 'blocked_domains'],
  write: ({ allowedDomains, blockedDomains }) => {
    const settings = {
      ...(allowedDomains.length > 0 ? { include_domains: allowedDomains } : {}),
      ...(blockedDomains.length > 0 ? { exclude_domains: blockedDomains } : {}),
    };
    return Object.keys(settings).length > 0 ? { search_settings: settings } : {};
  },
};

/**
 * Usage of a stream stands in x_groq.usage of the last chunk: read there, and x_groq never passes. Temperature 0 becomes
 * 1e-8 on their side. A tool call that does not match its schema comes back as a 400 (tool_use_failed); its
 * `failed_generation` is not shown. include_reasoning is never sent, since it excludes reasoning_format. retry-after comes
 * with a 429 only. No embeddings.
 * https://console.groq.com/docs/openai · https://github.com/vercel/ai/tree/main/packages/groq/src
 */
export const groq = defineOpenAiCompatible({
  id: 'groq',
  name: 'Groq',
  baseUrl: 'https://api.groq.com/openai/v1',
  docsUrl: 'https://console.groq.com/docs/openai',
  // https://console.groq.com/docs/speech-to-text
  endpoints: { transcriptions: openAiTranscriptions() },
  quirks: {
    customTools: 'as-functions',
    drop: UNSUPPORTED,
    singleChoice: true,
    // https://console.groq.com/docs/structured-outputs
    schemas: { strict: OPENAI_STRICT },
    messages: MESSAGES,
    // Others than those below refuse it: https://console.groq.com/docs/reasoning
    reasoning: {},
    models: [
      {
        // It always reasons.
        match: /gpt-oss/,
        quirks: {
          messages: { ...MESSAGES, reasoning: 'reasoning' },
          reasoning: { effort: true, effortNames: { minimal: 'low', xhigh: 'high', max: 'high' } },
        },
      },
      // No JSON schemas: https://console.groq.com/docs/structured-outputs
      { match: /compound/, quirks: { jsonSchema: 'json_object', webSearch: SEARCH_SETTINGS } },
      { match: /llama-3/, quirks: { jsonSchema: 'json_object' } },
      {
        match: /qwen/i,
        quirks: {
          jsonSchema: 'json_object',
          messages: { ...MESSAGES, reasoning: 'reasoning' },
          // Otherwise the reasoning stands in <think> tags inside the text.
          defaults: { reasoning_format: 'parsed' },
          reasoning: {
            effort: true,
            effortNames: {
              minimal: 'default',
              low: 'default',
              medium: 'default',
              high: 'default',
              xhigh: 'default',
            },
            off: { reasoning_effort: 'none' },
            on: { reasoning_effort: 'default' },
          },
        },
      },
    ],
    errorCodes: { tool_use_failed: 'invalid_request' },
  },
});
