import type { Signal } from '@/components/ui/status-mark';
import type { Schemas } from '@/lib/api';

type Outcome = Schemas['OwnProviderTest']['results'][number]['outcome'];

const WORDS: Partial<Record<Outcome, { signal: Signal; word: string }>> = {
  success: { signal: 'clear', word: 'answers' },
  credential_rejected: { signal: 'stop', word: 'key rejected' },
  quota_exhausted: { signal: 'stop', word: 'no credit left there' },
  rate_limited: { signal: 'caution', word: 'works, rate limited now' },
  model_unavailable: { signal: 'caution', word: 'model not known there' },
  timeout: { signal: 'stop', word: 'no answer in time' },
  transport: { signal: 'stop', word: 'cannot be reached' },
};

/** What a trial's outcome means to who typed the key. */
export function trialWords(outcome: Outcome): { signal: Signal; word: string } {
  return WORDS[outcome] ?? { signal: 'stop', word: outcome.replaceAll('_', ' ') };
}
