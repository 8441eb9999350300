'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useQueryState } from 'nuqs';
import { DataTable, type Column } from '@/components/data/data-table';
import { MoreRows } from '@/components/data/more-rows';
import { EmptyState } from '@/components/states/empty-state';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { cn } from '@/lib/class-names';
import { exactUsd } from '@/lib/format-money';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';
import { ledgerEntriesQuery } from '../api/ledger-entries-query';
import { kindsOf, LEDGER_VIEWS, walletParams } from '../params';

type Entry = Schemas['LedgerEntry'];

const KIND_WORDS: Readonly<Record<Entry['kind'], string>> = {
  charge: 'Call',
  grant: 'Credit granted',
  top_up: 'Top-up',
  refund: 'Refund',
  correction: 'Correction',
};
const VIEW_WORDS = { all: 'All', calls: 'Calls', money: 'Without calls' } as const;

function About({ entry }: { entry: Entry }) {
  const path = useOrganizationPath();
  if (entry.kind !== 'charge') return <>{entry.description ?? '–'}</>;
  return (
    <Link
      className="font-mono text-xs text-accent underline-offset-2 hover:underline"
      href={`${path('requests')}?call=${entry.sourceId}`}
    >
      {entry.sourceId}
    </Link>
  );
}

const COLUMNS: readonly Column<Entry>[] = [
  { id: 'time', head: 'Time', cell: ({ createdAt }) => <Time value={createdAt} /> },
  { id: 'kind', head: 'Kind', phone: 'title', cell: ({ kind }) => KIND_WORDS[kind] },
  { id: 'about', head: 'About', cell: (entry) => <About entry={entry} /> },
  { id: 'sequence', head: 'Ledger no.', numeric: true, phone: 'hidden', cell: ({ sequence }) => sequence },
  {
    id: 'amount',
    head: 'Amount',
    numeric: true,
    cell: ({ amountNanoUsd }) => {
      const adds = BigInt(amountNanoUsd) > 0n;
      return (
        <span className={cn(adds && 'font-medium text-signal-green')}>
          {adds ? '+' : ''}
          {exactUsd(amountNanoUsd)}
        </span>
      );
    },
  },
];

/** Every entry of the wallet's ledger, to the last nano-dollar. */
export function LedgerEntries() {
  const { organization } = useWorkspace();
  const [view, setView] = useQueryState('show', walletParams.show);
  const query = useInfiniteQuery(ledgerEntriesQuery(browserApi, organization.id, kindsOf(view)));
  return (
    <div>
      <div role="group" aria-label="Which entries" className="mb-2 flex gap-1">
        {LEDGER_VIEWS.map((one) => (
          <Button
            key={one}
            size="sm"
            variant={one === view ? 'secondary' : 'quiet'}
            aria-pressed={one === view}
            onClick={() => void setView(one)}
          >
            {VIEW_WORDS[one]}
          </Button>
        ))}
      </div>
      <Loaded query={query} skeleton={<RowSkeletons rows={10} />}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          if (entries.length === 0) {
            return (
              <EmptyState title="No entry yet">
                <p className="text-ink-muted">
                  Credit that comes in and each call that is paid stand here, in the order of the ledger.
                </p>
              </EmptyState>
            );
          }
          return (
            <>
              <DataTable
                label="Ledger entries"
                columns={COLUMNS}
                rows={entries}
                rowKey={({ sequence }) => sequence}
              />
              <MoreRows query={query} what="Older entries" className="mt-3" />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
