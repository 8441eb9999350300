import type { Schemas } from '@/lib/api';
import type { Signal } from '@/components/ui/status-mark';

/** 2xx is clear, what the client could mend is caution, the rest is stop. */
export function statusSignal(status: number): Signal {
  if (status < 400) return 'clear';
  if (status === 499) return 'idle';
  return status < 500 ? 'caution' : 'stop';
}

/** Why the call cost what it cost, in a sentence (docs/billing.md). */
export const BILLING_WORDS: Readonly<Record<Schemas['Call']['billingReason'], string>> = {
  finished: 'The answer came to its end: its usage is charged.',
  failed: 'No attempt answered: nothing is charged.',
  empty: 'The answer was empty: nothing is charged.',
  truncated: 'The answer was cut and not rescued: nothing is charged.',
  client_left_before_commit: 'The client left before the first content: nothing is charged.',
  client_left_after_commit: 'The client left: the prompt and what was delivered are charged.',
  budget_exceeded: 'The budget or wallet ended the answer: what was delivered is charged.',
  gateway_lost: 'The gateway process was lost: nothing is charged.',
};

const BUCKET_WORDS: Readonly<Record<string, string>> = {
  input: 'Input',
  cache_read: 'Cached input',
  cache_write_5m: 'Cache write, 5 min',
  cache_write_1h: 'Cache write, 1 h',
  output: 'Output',
  reasoning: 'Reasoning',
  unbilled: 'Not charged',
};

/** `input.text` → `Input, text`. */
export function bucketWords(bucket: string): string {
  const [flow = bucket, modality] = bucket.split('.');
  const name = BUCKET_WORDS[flow] ?? flow.replaceAll('_', ' ');
  return modality ? `${name}, ${modality}` : name;
}

const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  success: 'answered',
  transport: 'connection failed',
  timeout: 'timed out',
  rate_limited: 'rate limited',
  overloaded: 'overloaded',
  server_error: 'server error',
  credential_rejected: 'key rejected',
  quota_exhausted: 'quota exhausted',
  model_unavailable: 'model unavailable',
  context_length: 'prompt too long',
  content_policy: 'content policy',
  invalid_request: 'invalid request',
  malformed: 'malformed answer',
  empty: 'empty answer',
  invalid_output: 'invalid output',
  truncated: 'cut off',
  cancelled: 'cancelled',
};

export function outcomeWords(outcome: string): string {
  return OUTCOME_WORDS[outcome] ?? outcome.replaceAll('_', ' ');
}
