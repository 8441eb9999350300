import { nativeId } from '../native-ids.js';

/** Headers of every answer. https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers */
export function openAiHeaders(providerId: string): Record<string, string> {
  return {
    'x-request-id': nativeId('req_', 32),
    'openai-processing-ms': '42',
    'openai-organization': `simulated-${providerId}`,
    'x-ratelimit-limit-requests': '10000',
    'x-ratelimit-limit-tokens': '30000000',
    'x-ratelimit-remaining-requests': '9999',
    'x-ratelimit-remaining-tokens': '29999000',
    'x-ratelimit-reset-requests': '6ms',
    'x-ratelimit-reset-tokens': '2ms',
  };
}
