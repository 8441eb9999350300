'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { DataTable, type Column } from '@/components/data/data-table';
import { ProviderChip } from '@/components/data/provider-chip';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Money } from '@/components/ui/money';
import { browserApi, type Schemas } from '@/lib/api';
import { durationText, shareText, shortCount } from '@/lib/format-number';
import { useScope } from '@/lib/use-scope';
import { useOrganizationPath } from '@/lib/workspace';
import { usageBreakdownQuery } from '../api/usage-breakdown-query';
import { groupLabel } from '../chart-series';

type Row = Schemas['UsageBreakdown']['rows'][number];

const ERRORS: Column<Row> = {
  id: 'errors',
  head: 'Errors',
  numeric: true,
  cell: ({ errors, calls }) => shareText(calls === 0 ? 0 : Math.round((errors / calls) * 1_000_000)),
};

function useColumns(by: 'provider' | 'model'): readonly Column<Row>[] {
  const path = useOrganizationPath();
  const { range } = useScope();
  const name = (row: Row) => {
    const label = groupLabel(by, row);
    return by === 'provider' && row.id !== '' ? <ProviderChip providerId={row.id} /> : label;
  };
  return [
    {
      id: 'name',
      head: by === 'provider' ? 'Line' : 'Model',
      phone: 'title',
      cell: (row) =>
        row.id === '' ? (
          <span className="text-ink-muted">{name(row)}</span>
        ) : (
          <Link
            className="hover:underline"
            href={`${path('requests')}?${by}=${encodeURIComponent(row.id)}&range=${encodeURIComponent(range)}`}
          >
            {name(row)}
          </Link>
        ),
    },
    { id: 'calls', head: 'Requests', numeric: true, cell: ({ calls }) => shortCount(calls) },
    // A failed call has no provider, so that a line has no errors of its own.
    ...(by === 'model' ? [ERRORS] : []),
    {
      id: 'p50',
      head: 'First token p50',
      numeric: true,
      cell: ({ firstTokenP50Ms }) => durationText(firstTokenP50Ms),
    },
    { id: 'p95', head: 'p95', numeric: true, cell: ({ firstTokenP95Ms }) => durationText(firstTokenP95Ms) },
    { id: 'cost', head: 'Spend', numeric: true, cell: ({ costNanoUsd }) => <Money nanoUsd={costNanoUsd} /> },
  ];
}

/** Providers or models of the range, most spend first. */
export function BreakdownTable({ by }: { by: 'provider' | 'model' }) {
  const { scope, range } = useScope();
  const query = useQuery({
    ...usageBreakdownQuery(browserApi, { scope, range, by }),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns(by);
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={5} />}>
      {({ rows }) =>
        rows.length === 0 ? (
          <p className="py-2 text-sm text-ink-muted">Nothing in this time.</p>
        ) : (
          <DataTable
            label={by === 'provider' ? 'Providers' : 'Models'}
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
          />
        )
      }
    </Loaded>
  );
}
