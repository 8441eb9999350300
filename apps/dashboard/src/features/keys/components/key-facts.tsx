import { StatusMark } from '@/components/ui/status-mark';
import { shortUsd } from '@/lib/format-money';
import { countText, shareText } from '@/lib/format-number';
import type { Schemas } from '@/lib/api';

type ApiKey = Schemas['ApiKey'];

const STATES = {
  active: { signal: 'clear', word: 'Active' },
  disabled: { signal: 'caution', word: 'Switched off' },
  expired: { signal: 'idle', word: 'Expired' },
  revoked: { signal: 'idle', word: 'Revoked' },
} as const;

export function KeyState({ state }: { state: ApiKey['state'] }) {
  const { signal, word } = STATES[state];
  return <StatusMark signal={signal}>{word}</StatusMark>;
}

/** `600/min · 8 at once`, or a dash. */
export function KeyLimits({ requestsPerMinute, maxConcurrency, allowedModels }: ApiKey) {
  const models = allowedModels.length === 1 ? allowedModels[0] : `${allowedModels.length} models`;
  const parts = [
    allowedModels.length === 0 ? null : (models ?? null),
    requestsPerMinute === null ? null : `${countText(requestsPerMinute)}/min`,
    maxConcurrency === null ? null : `${countText(maxConcurrency)} at once`,
  ].filter((part) => part !== null);
  return parts.length > 0 ? (
    <span title={allowedModels.join(', ')}>{parts.join(' · ')}</span>
  ) : (
    <span className="text-ink-muted">–</span>
  );
}

/** The budget that is used most. */
export function KeyBudget({ budgets }: ApiKey) {
  const tightest = budgets.toSorted((left, right) => right.usedPpm - left.usedPpm)[0];
  if (!tightest) return <span className="text-ink-muted">–</span>;
  const share = shareText(tightest.usedPpm);
  return (
    <span
      title={`${shortUsd(tightest.usedNanoUsd)} of ${shortUsd(tightest.limitNanoUsd)} per ${tightest.period}`}
    >
      {share} of {shortUsd(tightest.limitNanoUsd)}/{tightest.period}
    </span>
  );
}
