import type { Schemas } from '@/lib/api';
import type { Signal } from '@/components/ui/status-mark';

type Breaker = Schemas['OpenBreaker'];

export const CAUSE_WORDS: Readonly<Record<Breaker['cause'], string>> = {
  failures_in_row: 'failures in a row',
  error_rate: 'half of its attempts fail',
  slow_starts: 'starts much later than usual',
  credential: 'the provider refuses the credential',
  outage: 'several of its models fail at once',
  cooling: 'the provider asked for a pause',
};

export const SCOPE_WORDS: Readonly<Record<Breaker['scope'], string>> = {
  target: 'Model',
  credential: 'Credential',
  entry: 'Provider',
};

/** What is out: a model at a provider, a credential, or the whole entry. */
export function subjectOf(breaker: Breaker): string {
  const { scope, offerId, credentialId, credentialHint, providerName, region, entryId } = breaker;
  const provider = providerName ?? `entry ${entryId}`;
  const place = region ? `${provider}, ${region}` : provider;
  if (scope === 'target') return offerId?.slice(0, offerId.lastIndexOf('@')) ?? place;
  if (scope === 'entry') return place;
  // Short keys have no letters to show: the end of the id tells two of them apart.
  return credentialHint === null
    ? 'a credential that is gone'
    : `${credentialHint} (${credentialId?.slice(-6)})`;
}

export function stateOf({ cause, waitsForProbe }: Breaker): { signal: Signal; word: string } {
  if (cause === 'cooling') return { signal: 'caution', word: 'cools' };
  return waitsForProbe
    ? { signal: 'caution', word: 'waits for a call to try' }
    : { signal: 'stop', word: 'open' };
}
