'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { DataTable, type Column } from '@/components/data/data-table';
import { EmptyState } from '@/components/states/empty-state';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { Money } from '@/components/ui/money';
import { Ago, Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { countText, plural } from '@/lib/format-number';
import { keysQuery } from '@/lib/queries/keys-query';
import { useScope } from '@/lib/use-scope';
import { KeyActions } from './key-actions';
import { KeyBudget, KeyLimits, KeyState } from './key-facts';

const dash = <span className="text-ink-muted">–</span>;

const COLUMNS: readonly Column<Schemas['ApiKey']>[] = [
  {
    id: 'name',
    head: 'Name',
    phone: 'title',
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  {
    id: 'key',
    head: 'Key',
    cell: ({ prefix, lastFour }) => (
      <code className="font-mono text-xs text-ink-muted">
        {prefix}…{lastFour}
      </code>
    ),
  },
  { id: 'state', head: 'State', cell: ({ state }) => <KeyState state={state} /> },
  { id: 'project', head: 'Project', cell: ({ projectName }) => projectName, phone: 'hidden' },
  { id: 'policy', head: 'Policy', cell: ({ policyName }) => policyName ?? dash },
  { id: 'limits', head: 'Limits', cell: (key) => <KeyLimits {...key} /> },
  { id: 'budget', head: 'Budget', cell: (key) => <KeyBudget {...key} /> },
  {
    id: 'expires',
    head: 'Expires',
    cell: ({ expiresAt }) => (expiresAt ? <Time value={expiresAt} as="date" /> : dash),
  },
  {
    id: 'used',
    head: 'Last used',
    cell: ({ lastUsedAt }) => (lastUsedAt ? <Ago value={lastUsedAt} /> : dash),
  },
  { id: 'calls', head: 'Calls, 30 d', numeric: true, cell: ({ calls30d }) => countText(calls30d) },
  {
    id: 'cost',
    head: 'Spend, 30 d',
    numeric: true,
    cell: ({ cost30dNanoUsd }) => <Money nanoUsd={cost30dNanoUsd} />,
  },
  {
    id: 'actions',
    head: <span className="sr-only">Actions</span>,
    cell: (key) => <KeyActions apiKey={key} />,
    className: 'w-8 text-right',
  },
];

export function KeyTable() {
  const { scope } = useScope();
  const [showAll, setShowAll] = useQueryState('revoked', parseAsBoolean.withDefault(false));
  const query = useQuery(keysQuery(browserApi, scope));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={4} />}>
      {({ items }) => {
        const live = items.filter(({ state }) => state !== 'revoked');
        const gone = items.length - live.length;
        const shown = showAll ? items : live;
        return (
          <div className="flex flex-col items-start gap-3">
            {shown.length > 0 ? (
              <div className="w-full">
                <DataTable label="API keys" columns={COLUMNS} rows={shown} rowKey={({ id }) => id} />
              </div>
            ) : (
              <EmptyState title="No key yet">
                <p className="text-ink-muted">
                  A key lets a program call every model through one address. Make one for each service or
                  person: then the log says who called, and revoking one breaks nothing else.
                </p>
              </EmptyState>
            )}
            {gone > 0 ? (
              <Button size="sm" variant="quiet" onClick={() => void setShowAll(showAll ? null : true)}>
                {showAll ? 'Hide revoked keys' : `Show ${plural(gone, 'revoked key')}`}
              </Button>
            ) : null}
          </div>
        );
      }}
    </Loaded>
  );
}
