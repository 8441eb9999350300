import { countOf, parsedRecord, type JsonRecord } from '../loose-json.js';
import type { TokenCounting } from '../types.js';

/** What says how an answer is to be written, and is refused where none is. */
const OF_ANSWERS = [
  ...['max_tokens', 'stream', 'stop_sequences', 'temperature', 'top_k', 'top_p'],
  ...['container', 'inference_geo', 'metadata', 'service_tier'],
];

/** https://platform.claude.com/docs/en/api/messages/count_tokens */
export const countMessageTokens: TokenCounting = {
  requestFor: (built) => ({
    ...built,
    path: built.path.replace(/\/messages$/, '/messages/count_tokens'),
    body: JSON.stringify(promptOf(parsedRecord(built.body))),
  }),
  read: (body) => countOf(parsedRecord(body)['input_tokens']),
};

/** The prompt of a Messages request alone. */
export function promptOf(body: JsonRecord): JsonRecord {
  const prompt = { ...body };
  for (const field of OF_ANSWERS) delete prompt[field];
  return prompt;
}
