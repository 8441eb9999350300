'use client';

import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '@/components/data/data-table';
import { ProviderChip } from '@/components/data/provider-chip';
import { Section } from '@/components/frame/page';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { StatusMark } from '@/components/ui/status-mark';
import { browserApi, type Schemas } from '@/lib/api';
import { exactUsd } from '@/lib/format-money';
import { platformLedgerQuery } from '../api/platform-ledger-query';

interface AccountRow {
  name: string;
  about: string;
  amountNanoUsd: string;
}

const ACCOUNT_COLUMNS: readonly Column<AccountRow>[] = [
  {
    id: 'name',
    head: 'Account',
    phone: 'title',
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  { id: 'about', head: 'What it is', cell: ({ about }) => <span className="text-ink-muted">{about}</span> },
  { id: 'amount', head: 'Balance', numeric: true, cell: ({ amountNanoUsd }) => exactUsd(amountNanoUsd) },
];

const PROVIDER_COLUMNS: readonly Column<Schemas['PlatformLedger']['providers'][number]>[] = [
  {
    id: 'provider',
    head: 'Line',
    phone: 'title',
    cell: ({ providerId }) => <ProviderChip providerId={providerId} />,
  },
  { id: 'payable', head: 'Owed', numeric: true, cell: ({ payableNanoUsd }) => exactUsd(payableNanoUsd) },
];

function accountsOf(ledger: Schemas['PlatformLedger']): AccountRow[] {
  return [
    {
      name: 'Wallets',
      about: 'what customers have and did not use yet',
      amountNanoUsd: ledger.walletsNanoUsd,
    },
    { name: 'Revenue', about: 'what calls cost', amountNanoUsd: ledger.revenueNanoUsd },
    { name: 'Promotions', about: 'credit that was granted', amountNanoUsd: ledger.promotionsNanoUsd },
    {
      name: 'Overrun',
      about: 'what calls cost beyond a balance, given back',
      amountNanoUsd: ledger.overrunNanoUsd,
    },
  ];
}

/** Balances of the platform's accounts; entries of a transaction sum to zero, so all of them do. */
export function PlatformLedger() {
  const query = useQuery(platformLedgerQuery(browserApi));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={6} />}>
      {(ledger) => (
        <div className="flex flex-col gap-8">
          <Section
            title="Accounts"
            actions={
              ledger.sumNanoUsd === '0' ? (
                <StatusMark signal="clear" className="text-sm">
                  All entries sum to zero
                </StatusMark>
              ) : (
                <StatusMark signal="stop" className="text-sm">
                  Entries sum to {exactUsd(ledger.sumNanoUsd)}: tell an engineer
                </StatusMark>
              )
            }
          >
            <DataTable
              label="Accounts"
              columns={ACCOUNT_COLUMNS}
              rows={accountsOf(ledger)}
              rowKey={({ name }) => name}
            />
          </Section>
          <Section title="Owed to providers">
            {ledger.providers.length === 0 ? (
              <p className="text-sm text-ink-muted">No call was charged yet.</p>
            ) : (
              <DataTable
                label="Providers"
                columns={PROVIDER_COLUMNS}
                rows={ledger.providers}
                rowKey={({ providerId }) => providerId}
              />
            )}
          </Section>
        </div>
      )}
    </Loaded>
  );
}
