import { defineOpenAiCompatible } from '../../openai-compatible/index.js';
import { minimaxSpeech } from './speech.js';

/**
 * Reasoning comes in reasoning_details (M3.1 Flash preview: reasoning_content). The same models speak Anthropic's
 * format at another URL, with cache marks; that is an entry of protocol `anthropic`. M3's lasting reduction is in the
 * catalog's price.
 * https://platform.minimax.io/docs/guides/quickstart
 */
export const minimax = defineOpenAiCompatible({
  id: 'minimax',
  name: 'MiniMax',
  baseUrl: 'https://api.minimax.io/v1',
  docsUrl: 'https://platform.minimax.io/docs/api-reference/text-openai-api',
  endpoints: { speech: minimaxSpeech },
  quirks: {
    customTools: 'as-functions',
    // Without it the reasoning stands in <think> tags inside the text.
    defaults: { reasoning_split: true },
    messages: { reasoning: 'as-sent', stateFormats: ['MiniMax-response-v1', 'unknown'] },
    reasoning: {},
  },
});
