import type { UpstreamFailure } from '@trunkline/contracts';
import { scrubMessage } from '../failure/scrub-message.js';
import { countOf, isRecord, textOf } from '../loose-json.js';

/** The reasons where enumerations come as numbers, as far as Google and Vertex agree. */
const NUMBERS = ['', 'SAFETY', 'OTHER', 'BLOCKLIST', 'PROHIBITED_CONTENT'];

/**
 * A prompt that was blocked: a 200 without candidates, whose `promptFeedback` says why.
 * https://ai.google.dev/api/generate-content#PromptFeedback
 * @returns null where nothing was blocked
 */
export function blockedPrompt(feedback: unknown): UpstreamFailure | null {
  const reason = isRecord(feedback) ? reasonOf(feedback['blockReason']) : '';
  if (!isRecord(feedback) || reason === '') return null;
  const told = scrubMessage(textOf(feedback['blockReasonMessage']));
  return {
    outcome: 'content_policy',
    statusCode: null,
    retryAfterMs: null,
    providerCode: reason,
    message: told === '' ? `The provider blocked the prompt: ${scrubMessage(reason)}.` : told,
    param: null,
  };
}

function reasonOf(value: unknown): string {
  const number = countOf(value);
  return number === null ? textOf(value) : (NUMBERS[number] ?? 'OTHER');
}
