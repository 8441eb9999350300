'use client';

import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '@/components/data/data-table';
import { ProviderChip } from '@/components/data/provider-chip';
import { Section } from '@/components/frame/page';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { StatusMark } from '@/components/ui/status-mark';
import { Ago, Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { toastFailure } from '@/lib/toast-failure';
import { fleetHealthQuery, useCloseBreaker } from '../api/fleet-health';
import { CAUSE_WORDS, SCOPE_WORDS, stateOf, subjectOf } from '../breaker-words';

type Breaker = Schemas['OpenBreaker'];

function Close({ breaker }: { breaker: Breaker }) {
  const close = useCloseBreaker();
  return (
    <Button
      size="sm"
      disabled={close.isPending}
      aria-label={`Let calls through to ${subjectOf(breaker)} again`}
      onClick={() => close.mutate(breaker.name, { onError: (error) => toastFailure('It stays open', error) })}
    >
      Let through
    </Button>
  );
}

const COLUMNS: readonly Column<Breaker>[] = [
  {
    id: 'subject',
    head: 'What is out',
    phone: 'title',
    className: 'max-w-80 truncate',
    cell: (breaker) => (
      <>
        <span className="font-medium">{subjectOf(breaker)}</span>{' '}
        <span className="text-xs text-ink-muted">{SCOPE_WORDS[breaker.scope]}</span>
      </>
    ),
  },
  {
    id: 'provider',
    head: 'Provider',
    cell: ({ providerId }) =>
      providerId ? (
        <ProviderChip providerId={providerId} className="text-xs" />
      ) : (
        <span className="text-xs text-ink-muted">a tenant’s own</span>
      ),
  },
  {
    id: 'state',
    head: 'State',
    cell: (breaker) => {
      const { signal, word } = stateOf(breaker);
      return <StatusMark signal={signal}>{word}</StatusMark>;
    },
  },
  {
    id: 'why',
    head: 'Why',
    cell: ({ cause, detail }) => (
      <span title={detail} className="whitespace-nowrap">
        {CAUSE_WORDS[cause]} <span className="text-xs text-ink-muted">{detail}</span>
      </span>
    ),
  },
  { id: 'times', head: 'In a row', numeric: true, cell: ({ times }) => times },
  {
    id: 'since',
    head: 'Since',
    numeric: true,
    className: 'whitespace-nowrap',
    cell: ({ since }) => <Ago value={since} />,
  },
  {
    id: 'until',
    head: 'Until',
    numeric: true,
    className: 'whitespace-nowrap',
    cell: ({ until }) => <Time value={until} as="second" />,
  },
  {
    id: 'close',
    head: <span className="sr-only">Actions</span>,
    numeric: true,
    cell: (breaker) => <Close breaker={breaker} />,
  },
];

/** What the gateways keep calls from, and why. */
export function FleetHealth() {
  const query = useQuery(fleetHealthQuery(browserApi));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={4} />}>
      {({ breakers }) => {
        const credentials = breakers.filter(({ scope }) => scope === 'credential');
        const others = breakers.filter(({ scope }) => scope !== 'credential');
        return (
          <div className="flex flex-col gap-8">
            <Section title="Providers and models">
              {others.length === 0 ? (
                <p className="text-sm">
                  <StatusMark signal="clear">Calls go everywhere</StatusMark>
                </p>
              ) : (
                <DataTable
                  label="Open breakers"
                  columns={COLUMNS}
                  rows={others}
                  rowKey={({ name }) => name}
                />
              )}
            </Section>
            <Section title="Credentials">
              {credentials.length === 0 ? (
                <p className="text-sm">
                  <StatusMark signal="clear">Every credential is taken</StatusMark>
                </p>
              ) : (
                <DataTable
                  label="Credentials that are out"
                  columns={COLUMNS}
                  rows={credentials}
                  rowKey={({ name }) => name}
                />
              )}
            </Section>
          </div>
        );
      }}
    </Loaded>
  );
}
