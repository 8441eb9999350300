'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loaded } from '@/components/states/loaded';
import { Money } from '@/components/ui/money';
import { Skeleton } from '@/components/ui/skeleton';
import { StatusMark, type Signal } from '@/components/ui/status-mark';
import { Ago, Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { walletQuery } from '@/lib/queries/wallet-query';
import { useReaderClock } from '@/lib/reader-clock';
import { useWorkspace } from '@/lib/workspace';

const DAY_MS = 86_400_000;

function useRunsOut({ balanceNanoUsd, runsOutAt }: Schemas['Wallet']): { signal: Signal; text: ReactNode } {
  const { now } = useReaderClock();
  if (BigInt(balanceNanoUsd) <= 0n) return { signal: 'stop', text: 'Empty: calls are refused' };
  if (!runsOutAt) return { signal: 'clear', text: 'Lasts at this pace' };
  const left = Date.parse(runsOutAt) - now.getTime();
  return {
    signal: left < 2 * DAY_MS ? 'stop' : left < 7 * DAY_MS ? 'caution' : 'clear',
    text: (
      <>
        Runs out <Time value={runsOutAt} as="date" />, <Ago value={runsOutAt} />
      </>
    ),
  };
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="py-3 pr-6">
      <dt className="text-xs text-ink-muted">{label}</dt>
      <dd className="mt-0.5 text-xl leading-7 font-semibold tracking-tight">{children}</dd>
    </div>
  );
}

function Figures({ wallet }: { wallet: Schemas['Wallet'] }) {
  const { signal, text } = useRunsOut(wallet);
  return (
    <dl className="grid grid-cols-2 border-y border-rule lg:grid-cols-4">
      <div className="py-3 pr-6">
        <dt className="text-xs text-ink-muted">Balance</dt>
        <dd className="mt-0.5 text-xl leading-7 font-semibold tracking-tight" data-testid="balance">
          <Money nanoUsd={wallet.balanceNanoUsd} />
        </dd>
        <dd className="text-xs">
          <StatusMark signal={signal}>{text}</StatusMark>
        </dd>
      </div>
      <Figure label="Spend per day">
        <Money nanoUsd={wallet.spendPerDayNanoUsd} />
      </Figure>
      <Figure label="Put in, in all">
        <Money nanoUsd={wallet.creditedNanoUsd} />
      </Figure>
      <Figure label="Spent, in all">
        <Money nanoUsd={wallet.chargedNanoUsd} />
      </Figure>
    </dl>
  );
}

/** What is left, and how long it lasts. */
export function Balance() {
  const { organization, platform } = useWorkspace();
  const query = useQuery(walletQuery(browserApi, organization.id));
  return (
    <div>
      <Loaded query={query} skeleton={<Skeleton className="h-24" />}>
        {(wallet) => <Figures wallet={wallet} />}
      </Loaded>
      {platform.cardPayments ? null : (
        <p className="mt-3 border-l-2 border-rule-strong pl-3 text-sm text-ink-muted">
          Top-ups by card need Stripe keys, which this installation does not have. An operator can grant
          credit.
        </p>
      )}
    </div>
  );
}
