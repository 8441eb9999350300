'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { StatusMark } from '@/components/ui/status-mark';
import { browserApi } from '@/lib/api';
import { budgetsQuery } from '@/lib/queries/budgets-query';
import { keysQuery } from '@/lib/queries/keys-query';
import { walletQuery } from '@/lib/queries/wallet-query';
import { useReaderClock } from '@/lib/reader-clock';
import { useScope } from '@/lib/use-scope';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';
import { overviewQuery } from '../api/overview-query';
import { concernsOf } from '../attention';

/** What needs a look today, each with the way to the page that mends it. */
export function Attention() {
  const { organization, me } = useWorkspace();
  const { scope, range } = useScope();
  const { now } = useReaderClock();
  const path = useOrganizationPath();
  const wallet = useQuery(walletQuery(browserApi, organization.id));
  const budgets = useQuery(budgetsQuery(browserApi, organization.id));
  const keys = useQuery(keysQuery(browserApi, scope));
  const overview = useQuery(overviewQuery(browserApi, scope, range));
  const concerns = concernsOf({
    wallet: wallet.data,
    budgets: budgets.data ?? [],
    keys: keys.data?.items ?? [],
    overview: overview.data,
    emailVerified: me.emailVerified,
    now,
  });
  if (concerns.length === 0) {
    return (
      <p className="py-2 text-sm">
        <StatusMark signal="clear">Nothing needs attention</StatusMark>
      </p>
    );
  }
  return (
    <ul>
      {concerns.map(({ id, signal, text, page }) => (
        <li key={id} className="border-b border-rule last:border-b-0">
          <Link href={path(page)} className="flex gap-2.5 py-2 text-sm hover:bg-paper-sunken">
            <StatusMark signal={signal} className="mt-1 self-start">
              <span className="sr-only">{signal}</span>
            </StatusMark>
            <span>{text}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
