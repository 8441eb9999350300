'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { parseAsString, useQueryState } from 'nuqs';
import { DataTable, type Column } from '@/components/data/data-table';
import { MoreRows } from '@/components/data/more-rows';
import { EmptyState } from '@/components/states/empty-state';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Input } from '@/components/ui/field';
import { Money } from '@/components/ui/money';
import { StatusMark } from '@/components/ui/status-mark';
import { Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { countText } from '@/lib/format-number';
import { tenantsQuery } from '../api/tenants-query';
import { TenantActions } from './tenant-actions';

type Tenant = Schemas['Tenant'];

/** What was left of the spend when the providers were paid. */
const margin = ({ cost30dNanoUsd, providerCost30dNanoUsd }: Tenant) =>
  (BigInt(cost30dNanoUsd) - BigInt(providerCost30dNanoUsd)).toString();

const COLUMNS: readonly Column<Tenant>[] = [
  {
    id: 'name',
    head: 'Organization',
    phone: 'title',
    cell: ({ name, slug }) => (
      <>
        <span className="font-medium">{name}</span> <span className="text-xs text-ink-muted">{slug}</span>
      </>
    ),
  },
  {
    id: 'state',
    head: 'State',
    cell: ({ suspendedAt }) =>
      suspendedAt ? (
        <StatusMark signal="stop">suspended</StatusMark>
      ) : (
        <StatusMark signal="clear">open</StatusMark>
      ),
  },
  {
    id: 'balance',
    head: 'Balance',
    numeric: true,
    cell: ({ balanceNanoUsd }) => <Money nanoUsd={balanceNanoUsd} />,
  },
  {
    id: 'spend',
    head: 'Spend, 30 d',
    numeric: true,
    cell: ({ cost30dNanoUsd }) => <Money nanoUsd={cost30dNanoUsd} />,
  },
  { id: 'margin', head: 'Margin, 30 d', numeric: true, cell: (tenant) => <Money nanoUsd={margin(tenant)} /> },
  { id: 'calls', head: 'Calls, 30 d', numeric: true, cell: ({ calls30d }) => countText(calls30d) },
  { id: 'keys', head: 'Keys', numeric: true, cell: ({ activeKeys }) => activeKeys },
  { id: 'members', head: 'Members', numeric: true, cell: ({ members }) => members },
  {
    id: 'since',
    head: 'Since',
    numeric: true,
    phone: 'hidden',
    cell: ({ createdAt }) => <Time value={createdAt} as="date" />,
  },
  {
    id: 'actions',
    head: <span className="sr-only">Actions</span>,
    className: 'w-8 text-right',
    cell: (tenant) => <TenantActions tenant={tenant} />,
  },
];

export const tenantParams = { q: parseAsString.withDefault('') };

/** All organizations of the platform. */
export function TenantTable() {
  const [search, setSearch] = useQueryState('q', { ...tenantParams.q, throttleMs: 300 });
  const query = useInfiniteQuery({ ...tenantsQuery(browserApi, search), placeholderData: keepPreviousData });
  return (
    <div>
      <Input
        type="search"
        aria-label="Search organizations"
        placeholder="Search by name"
        className="mb-4 max-w-sm"
        defaultValue={search}
        onChange={(event) => void setSearch(event.target.value || null)}
      />
      <Loaded query={query} skeleton={<RowSkeletons rows={10} />}>
        {({ pages }) => {
          const tenants = pages.flatMap(({ items }) => items);
          if (tenants.length === 0) {
            return (
              <EmptyState title={search ? 'No organization by that name' : 'No organization yet'}>
                <p className="text-ink-muted">
                  {search ? 'Try a part of its name.' : 'The first one comes with the first sign-up.'}
                </p>
              </EmptyState>
            );
          }
          return (
            <>
              <DataTable
                label="Organizations"
                columns={COLUMNS}
                rows={tenants}
                rowKey={({ organizationId }) => organizationId}
              />
              <MoreRows query={query} what="Older organizations" className="mt-3" />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
