import { refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';

const OF_ANSWERS = [
  ...['max_tokens', 'stream', 'stop_sequences', 'temperature', 'top_k', 'top_p'],
  ...['container', 'inference_geo', 'metadata', 'service_tier'],
];

/** A count takes the prompt and nothing else. https://platform.claude.com/docs/en/api/messages/count_tokens */
export function promptAlone(raw: unknown): unknown {
  const body = Fields.of(raw, []);
  for (const field of OF_ANSWERS)
    if (body.has(field)) refuse([field], 'unsupported', 'Extra inputs are not permitted');
  return raw;
}
