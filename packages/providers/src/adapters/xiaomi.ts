import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * Token plans have base URLs of their own and no price per token.
 * https://platform.xiaomimimo.com/#/docs
 */
export const xiaomi = defineOpenAiCompatible({
  id: 'xiaomi',
  name: 'Xiaomi MiMo',
  baseUrl: 'https://api.xiaomimimo.com/v1',
  docsUrl: 'https://platform.xiaomimimo.com/#/docs',
  quirks: {
    reasoning: { off: { thinking: { type: 'disabled' } }, on: { thinking: { type: 'enabled' } } },
  },
});
