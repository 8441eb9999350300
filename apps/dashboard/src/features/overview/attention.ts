import type { Signal } from '@/components/ui/status-mark';
import type { Schemas } from '@/lib/api';
import { shortUsd } from '@/lib/format-money';
import { plural, shareText } from '@/lib/format-number';
import { distanceText } from '@/lib/format-time';

/** Something to look at today. */
export interface Concern {
  id: string;
  signal: Signal;
  text: string;
  /** Page of the organization that mends it. */
  page: string;
}

export interface AttentionFacts {
  wallet: Schemas['Wallet'] | undefined;
  budgets: readonly Schemas['Budget'][];
  keys: readonly Schemas['ApiKey'][];
  overview: Schemas['Overview'] | undefined;
  emailVerified: boolean;
  now: Date;
}

const DAY_MS = 86_400_000;
const NEAR_FULL_PPM = 800_000;
const FULL_PPM = 1_000_000;
const MANY_ERRORS = 0.05;
const FEW_CALLS = 20;

function walletConcern({ wallet, now }: AttentionFacts): Concern[] {
  if (!wallet) return [];
  if (BigInt(wallet.balanceNanoUsd) <= 0n) {
    return [
      {
        id: 'wallet',
        signal: 'stop',
        text: 'The wallet is empty: calls are refused with 402.',
        page: 'wallet',
      },
    ];
  }
  const left = wallet.runsOutAt ? Date.parse(wallet.runsOutAt) - now.getTime() : Infinity;
  if (left > 7 * DAY_MS) return [];
  const when = distanceText(new Date(now.getTime() + left), now);
  return [
    {
      id: 'wallet',
      signal: left < 2 * DAY_MS ? 'stop' : 'caution',
      text: `The wallet runs out ${when} at this pace; ${shortUsd(wallet.balanceNanoUsd)} is left.`,
      page: 'wallet',
    },
  ];
}

function budgetConcerns({ budgets }: AttentionFacts): Concern[] {
  return budgets
    .filter(({ usedPpm }) => usedPpm >= NEAR_FULL_PPM)
    .map(({ id, usedPpm, scopeName, period, limitNanoUsd }) => ({
      id: `budget ${id}`,
      signal: usedPpm >= FULL_PPM ? ('stop' as const) : ('caution' as const),
      text:
        usedPpm >= FULL_PPM
          ? `The budget of ${scopeName} is used up (${shortUsd(limitNanoUsd)} per ${period}): its calls are refused.`
          : `${scopeName} has used ${shareText(usedPpm)} of its ${shortUsd(limitNanoUsd)} per ${period}.`,
      page: 'budgets',
    }));
}

function keyConcerns({ keys, now }: AttentionFacts): Concern[] {
  return keys
    .filter(
      ({ state, expiresAt }) =>
        state === 'active' && expiresAt && Date.parse(expiresAt) - now.getTime() < 7 * DAY_MS,
    )
    .map(({ id, name, expiresAt, calls30d }) => ({
      id: `key ${id}`,
      signal: 'caution' as const,
      text: `Key “${name}” expires ${distanceText(new Date(expiresAt ?? ''), now)}; it made ${plural(calls30d, 'call')} in 30 days.`,
      page: 'keys',
    }));
}

function errorConcern({ overview }: AttentionFacts): Concern[] {
  if (!overview || overview.current.calls < FEW_CALLS) return [];
  const { current, previous } = overview;
  const share = current.errors / current.calls;
  const before = previous.calls > 0 ? previous.errors / previous.calls : 0;
  if (share < MANY_ERRORS || share < before * 1.5) return [];
  return [
    {
      id: 'errors',
      signal: 'stop',
      text: `${shareText(Math.round(share * 1_000_000))} of the requests failed; before it was ${shareText(Math.round(before * 1_000_000))}.`,
      page: 'requests?status=4xx,5xx',
    },
  ];
}

const WEIGHT: Readonly<Record<Signal, number>> = { stop: 0, caution: 1, idle: 2, clear: 3 };

/** What needs attention, the worst first. */
export function concernsOf(facts: AttentionFacts): Concern[] {
  const email: Concern[] = facts.emailVerified
    ? []
    : [
        {
          id: 'email',
          signal: 'idle',
          text: 'Your e-mail address is not verified: you cannot invite others yet.',
          page: 'settings/account',
        },
      ];
  return [
    ...walletConcern(facts),
    ...errorConcern(facts),
    ...budgetConcerns(facts),
    ...keyConcerns(facts),
    ...email,
  ].sort((left, right) => WEIGHT[left.signal] - WEIGHT[right.signal]);
}
