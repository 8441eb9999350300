import type { Schemas } from '@/lib/api';
import type { Signal } from '@/components/ui/status-mark';
import { plural } from '@/lib/format-number';

type Status = Schemas['PlatformStatus'];
export type HealthState = Schemas['ProviderStatus']['state'];
export type Windows = Schemas['ProviderStatus']['windows'];

export const STATE_WORDS: Readonly<Record<HealthState, { signal: Signal; word: string }>> = {
  operational: { signal: 'clear', word: 'operational' },
  degraded: { signal: 'caution', word: 'degraded' },
  down: { signal: 'stop', word: 'down' },
  quiet: { signal: 'idle', word: 'no recent calls' },
};

/** From these on a share of answered attempts looks well, or at least bearable. */
const WELL_PPM = 980_000;
const BEARABLE_PPM = 500_000;

export function signalOf(uptimePpm: number | null): Signal {
  if (uptimePpm === null) return 'idle';
  if (uptimePpm >= WELL_PPM) return 'clear';
  return uptimePpm >= BEARABLE_PPM ? 'caution' : 'stop';
}

/** `99.95%`; never rounded up to a whole that it is not. */
export function uptimeText(uptimePpm: number | null): string {
  if (uptimePpm === null) return '–';
  if (uptimePpm === 1_000_000) return '100%';
  return `${(Math.floor(uptimePpm / 100) / 100).toFixed(2)}%`;
}

/** What is the matter now, in a sentence. */
export function headline({ providers }: Status): { signal: Signal; text: string } {
  const down = providers.filter(({ state }) => state === 'down');
  const degraded = providers.filter(({ state }) => state === 'degraded');
  const names = (some: typeof providers) =>
    some.length <= 2
      ? some.map(({ providerName }) => providerName).join(' and ')
      : plural(some.length, 'provider');
  if (down.length > 0)
    return {
      signal: 'stop',
      text: `${names(down)} ${down.length === 1 ? 'does' : 'do'} not answer most calls`,
    };
  if (degraded.length > 0)
    return {
      signal: 'caution',
      text: `${names(degraded)} ${degraded.length === 1 ? 'answers' : 'answer'} only some calls`,
    };
  if (providers.every(({ state }) => state === 'quiet'))
    return { signal: 'idle', text: 'Nobody has called lately' };
  return { signal: 'clear', text: 'Every provider that is called answers' };
}

/** Every word that was typed stands somewhere in the model's id or name, or is the provider. */
export function chooseTargets(
  targets: Status['targets'],
  { q, provider }: { q: string; provider: string },
): Status['targets'] {
  const words = q.toLowerCase().split(/\s+/);
  return targets.filter(({ modelId, modelName, providerId }) => {
    const text = `${modelId} ${modelName} ${providerId}`.toLowerCase();
    return (provider === '' || providerId === provider) && words.every((word) => text.includes(word));
  });
}
