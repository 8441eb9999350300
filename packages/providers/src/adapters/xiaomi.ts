import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * Token plans have base URLs of their own and no price per token. Thinking is off by default for Flash and on for the
 * others; caching is automatic, its hits are OpenAI's field. Of the names that tools know the key by in the environment
 * (XIAOMI_API_KEY, XIAOMI_MIMO_API_KEY) the catalog has both.
 * https://platform.xiaomimimo.com/#/docs
 */
export const xiaomi = defineOpenAiCompatible({
  id: 'xiaomi',
  name: 'Xiaomi MiMo',
  baseUrl: 'https://api.xiaomimimo.com/v1',
  docsUrl: 'https://platform.xiaomimimo.com/#/docs',
  quirks: {
    customTools: 'as-functions',
    reasoning: { off: { thinking: { type: 'disabled' } }, on: { thinking: { type: 'enabled' } } },
  },
});
