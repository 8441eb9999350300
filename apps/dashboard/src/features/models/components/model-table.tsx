'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { DataTable, type Column } from '@/components/data/data-table';
import { EndOfRows } from '@/components/data/end-of-rows';
import { ProviderChip } from '@/components/data/provider-chip';
import { EmptyState } from '@/components/states/empty-state';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { Money } from '@/components/ui/money';
import { Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { cn } from '@/lib/class-names';
import { plural, windowText } from '@/lib/format-number';
import { modelsQuery } from '@/lib/queries/models-query';
import { useOrganizationPath, useWorkspace } from '@/lib/workspace';
import { chooseModels, modelParams, type ModelSort } from '../model-list';
import { CapabilityList } from './capability-list';
import { ModelFilterBar } from './model-filter-bar';

type Model = Schemas['CatalogModel'];

const SHOWN_PROVIDERS = 2;
/** A few hundred rows are more than the first paint needs. */
const MORE_ROWS = 60;
const price = (nanoUsd: string | null) =>
  nanoUsd === null ? <span className="text-ink-muted">–</span> : <Money nanoUsd={nanoUsd} />;

function SortHead({
  sort,
  chosen,
  onSort,
  children,
}: {
  sort: ModelSort;
  chosen: ModelSort;
  onSort: (sort: ModelSort) => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      onClick={() => onSort(sort)}
      aria-pressed={sort === chosen}
      className={cn('hover:text-ink', sort === chosen && 'text-ink underline underline-offset-4')}
    >
      {children}
    </button>
  );
}

function Providers({ providerIds }: { providerIds: readonly string[] }) {
  const rest = providerIds.length - SHOWN_PROVIDERS;
  return (
    <span className="flex gap-x-3 whitespace-nowrap" title={providerIds.join(', ')}>
      {providerIds.slice(0, SHOWN_PROVIDERS).map((providerId) => (
        <ProviderChip key={providerId} providerId={providerId} className="text-xs" />
      ))}
      {rest > 0 ? <span className="text-xs text-ink-muted">+{rest}</span> : null}
    </span>
  );
}

function useColumns(sort: ModelSort, onSort: (sort: ModelSort) => void): readonly Column<Model>[] {
  const path = useOrganizationPath();
  const head = (name: ModelSort, text: string) => (
    <SortHead sort={name} chosen={sort} onSort={onSort}>
      {text}
    </SortHead>
  );
  return [
    {
      id: 'name',
      head: head('name', 'Model'),
      phone: 'title',
      className: 'max-w-88 truncate',
      cell: ({ id, name, callable }) => (
        <Link href={path(`models/${id}`)} className="group">
          <span className={cn('font-medium group-hover:underline', !callable && 'text-ink-muted')}>
            {name}
          </span>
          <span className="ml-2 text-xs text-ink-muted">{id}</span>
        </Link>
      ),
    },
    {
      id: 'input',
      head: head('input', '$ in / M'),
      name: '$ in',
      numeric: true,
      cell: ({ inputNanoUsdPerMillion }) => price(inputNanoUsdPerMillion),
    },
    {
      id: 'output',
      head: head('output', '$ out / M'),
      name: '$ out',
      numeric: true,
      cell: ({ outputNanoUsdPerMillion }) => price(outputNanoUsdPerMillion),
    },
    {
      id: 'context',
      head: head('context', 'Context'),
      name: 'Context',
      numeric: true,
      cell: ({ contextWindow }) => windowText(contextWindow),
    },
    {
      id: 'can',
      head: 'Capabilities',
      phone: 'hidden',
      cell: ({ capabilities }) => <CapabilityList capabilities={capabilities} />,
    },
    {
      id: 'providers',
      head: 'Providers',
      cell: ({ providerIds }) => <Providers providerIds={providerIds} />,
    },
    {
      id: 'released',
      head: head('released', 'Released'),
      numeric: true,
      phone: 'hidden',
      className: 'whitespace-nowrap',
      cell: ({ releasedAt }) => (releasedAt ? <Time value={releasedAt} as="date" /> : '–'),
    },
  ];
}

/** The catalog at the organization's own prices. */
export function ModelTable() {
  const { organization } = useWorkspace();
  const [filter, setFilter] = useQueryStates(modelParams, { throttleMs: 200 });
  const late = useDeferredValue(filter);
  const query = useQuery(modelsQuery(browserApi, organization.id));
  const models = useMemo(() => query.data ?? [], [query.data]);
  const shown = useMemo(() => chooseModels(models, late), [models, late]);
  const [rows, setRows] = useState(MORE_ROWS);
  const kinds = useMemo(() => [...new Set(models.map(({ kind }) => kind))].sort(), [models]);
  const providers = useMemo(
    () => [...new Set(models.flatMap(({ providerIds }) => providerIds))].sort(),
    [models],
  );
  const columns = useColumns(filter.sort, (sort) => void setFilter({ sort }));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={16} />}>
      {() => (
        <>
          <ModelFilterBar
            filter={filter}
            kinds={kinds}
            providers={providers}
            onChange={(change) => void setFilter(change)}
          />
          {shown.length > 0 ? (
            <>
              <DataTable
                label="Models"
                columns={columns}
                rows={shown.slice(0, rows)}
                rowKey={({ id }) => id}
              />
              {rows < shown.length ? <EndOfRows onSeen={() => setRows(rows + MORE_ROWS)} /> : null}
              <p className="pt-3 text-xs text-ink-muted">
                {plural(shown.length, 'model')} of {models.length}. Prices are US dollars per million text
                tokens of the cheapest offer.
              </p>
            </>
          ) : (
            <EmptyState title="No model fits">
              <p className="text-ink-muted">
                {filter.all
                  ? 'Take a filter away.'
                  : 'Take a filter away, or show models that no provider here offers.'}
              </p>
              <Button size="sm" onClick={() => void setFilter(null)}>
                Show all again
              </Button>
            </EmptyState>
          )}
        </>
      )}
    </Loaded>
  );
}
