'use client';

import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '@/components/data/data-table';
import { ProviderChip } from '@/components/data/provider-chip';
import { EmptyState } from '@/components/states/empty-state';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { browserApi, type Schemas } from '@/lib/api';
import { providerEntriesQuery } from '../api/provider-entries';
import { EntryActions, EntrySwitch } from './entry-actions';

type Entry = Schemas['ProviderEntry'];

const SOURCES: Readonly<Record<Entry['source'], string>> = {
  environment: 'environment variable',
  simulator: 'simulator',
  file: 'trunkline.yaml',
  operator: 'added here',
};

/** An endpoint that takes any name has none to count. */
function offersOf({ offers, unlistedModels }: Entry): string {
  if (!unlistedModels) return String(offers);
  return offers === 0 ? 'any name' : `${offers}, and any name`;
}

const COLUMNS: readonly Column<Entry>[] = [
  {
    id: 'provider',
    head: 'Line',
    phone: 'title',
    cell: ({ providerId }) => <ProviderChip providerId={providerId} className="font-medium" />,
  },
  { id: 'on', head: 'Takes calls', cell: (entry) => <EntrySwitch entry={entry} /> },
  {
    id: 'url',
    head: 'Base URL',
    phone: 'hidden',
    cell: ({ baseUrl }) => <code className="font-mono text-xs text-ink-muted">{baseUrl}</code>,
  },
  { id: 'protocol', head: 'Protocol', className: 'whitespace-nowrap', cell: ({ protocol }) => protocol },
  {
    id: 'keys',
    head: 'Keys',
    className: 'whitespace-nowrap',
    cell: ({ credentials }) => (
      <code className="font-mono text-xs">{credentials.map(({ hint }) => hint).join(', ') || '–'}</code>
    ),
  },
  {
    id: 'source',
    head: 'From',
    cell: ({ source }) => <span className="text-ink-muted">{SOURCES[source]}</span>,
  },
  {
    id: 'offers',
    head: 'Offers',
    numeric: true,
    cell: offersOf,
    className: 'whitespace-nowrap',
  },
  {
    id: 'actions',
    head: <span className="sr-only">Actions</span>,
    className: 'w-8 text-right',
    cell: (entry) => <EntryActions entry={entry} />,
  },
];

/** The platform's own providers. */
export function EntryTable() {
  const query = useQuery(providerEntriesQuery(browserApi));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={8} />}>
      {(entries) =>
        entries.length === 0 ? (
          <EmptyState title="No provider yet">
            <p className="text-ink-muted">
              Add one with its key, or set its variable (such as OPENAI_API_KEY) and start again. Until then
              no model can be called.
            </p>
          </EmptyState>
        ) : (
          <DataTable label="Providers" columns={COLUMNS} rows={entries} rowKey={({ id }) => id} />
        )
      }
    </Loaded>
  );
}
