'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { useDeferredValue, useState } from 'react';
import { DataTable, type Column } from '@/components/data/data-table';
import { EndOfRows } from '@/components/data/end-of-rows';
import { ProviderChip } from '@/components/data/provider-chip';
import { Section } from '@/components/frame/page';
import { EmptyState } from '@/components/states/empty-state';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/field';
import { StatusMark } from '@/components/ui/status-mark';
import { Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { plural } from '@/lib/format-number';
import { statusQuery } from '../api/status-query';
import { STATUS_WINDOWS, statusParams, WINDOW_WORDS, type StatusWindow } from '../status-params';
import { chooseTargets, headline } from '../status-words';
import { statusColumns } from './status-columns';
import { StatusFilterBar } from './status-filter-bar';

type Provider = Schemas['ProviderStatus'];
type Target = Schemas['TargetStatus'];

/** A few hundred rows are more than the first paint needs. */
const MORE_ROWS = 60;

const providerColumn: Column<Provider> = {
  id: 'provider',
  head: 'Provider',
  phone: 'title',
  cell: ({ providerName }) => <span className="font-medium whitespace-nowrap">{providerName}</span>,
};

const targetColumns: readonly Column<Target>[] = [
  {
    id: 'model',
    head: 'Model',
    phone: 'title',
    className: 'max-w-72 truncate',
    cell: ({ modelId, modelName }) => (
      <>
        <span className="font-medium">{modelName}</span>{' '}
        <span className="text-xs text-ink-muted">{modelId}</span>
      </>
    ),
  },
  {
    id: 'provider',
    head: 'Provider',
    cell: ({ providerId }) => <ProviderChip providerId={providerId} className="text-xs" />,
  },
];

function WindowSelect({ over, onChange }: { over: StatusWindow; onChange: (over: StatusWindow) => void }) {
  return (
    <NativeSelect
      aria-label="Figures over"
      value={over}
      onChange={({ target }) => {
        const chosen = STATUS_WINDOWS.find((window) => window === target.value);
        if (chosen) onChange(chosen);
      }}
      className="w-auto"
    >
      {STATUS_WINDOWS.map((window) => (
        <option key={window} value={window}>
          Over {WINDOW_WORDS[window]}
        </option>
      ))}
    </NativeSelect>
  );
}

function Models({ status, over }: { status: Schemas['PlatformStatus']; over: StatusWindow }) {
  const [{ q, provider }, setFilter] = useQueryStates(statusParams, { throttleMs: 200 });
  const late = useDeferredValue({ q, provider });
  const [rows, setRows] = useState(MORE_ROWS);
  const shown = chooseTargets(status.targets, late);
  const providers = status.providers.map(({ providerId, providerName }) => ({
    id: providerId,
    name: providerName,
  }));
  return (
    <Section title="Models">
      <StatusFilterBar
        q={q}
        provider={provider}
        providers={providers}
        onChange={(change) => void setFilter(change)}
      />
      {shown.length > 0 ? (
        <>
          <DataTable
            label="Models"
            columns={[...targetColumns, ...statusColumns<Target>(over)]}
            rows={shown.slice(0, rows)}
            rowKey={({ providerId, modelId }) => `${providerId} ${modelId}`}
          />
          {rows < shown.length ? <EndOfRows onSeen={() => setRows(rows + MORE_ROWS)} /> : null}
          <p className="pt-3 text-xs text-ink-muted">
            {plural(shown.length, 'line')} of {status.targets.length}
          </p>
        </>
      ) : (
        <EmptyState title="No model fits">
          <Button size="sm" onClick={() => void setFilter({ q: null, provider: null })}>
            Show all again
          </Button>
        </EmptyState>
      )}
    </Section>
  );
}

/** How every provider and model is doing, for anybody. */
export function StatusBoard() {
  const query = useQuery(statusQuery(browserApi));
  const [{ over }, setParams] = useQueryStates(statusParams);
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={12} />}>
      {(status) => {
        const { signal, text } = headline(status);
        if (status.providers.length === 0)
          return (
            <EmptyState title="Nothing to tell yet">
              <p className="text-ink-muted">
                Figures come from calls of the last 24 hours. The first one shows here within half a minute.
              </p>
            </EmptyState>
          );
        return (
          <div className="flex flex-col gap-8">
            <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
              <p className="text-base font-medium" role="status">
                <StatusMark signal={signal} className="whitespace-normal">
                  {text}
                </StatusMark>
              </p>
              <div className="flex items-center gap-3 text-xs text-ink-muted">
                <span>
                  as of <Time value={status.madeAt} as="second" />
                </span>
                <WindowSelect over={over} onChange={(chosen) => void setParams({ over: chosen })} />
              </div>
            </div>
            <Section title="Providers">
              <DataTable
                label="Providers"
                columns={[providerColumn, ...statusColumns<Provider>(over)]}
                rows={status.providers}
                rowKey={({ providerId }) => providerId}
              />
            </Section>
            <Models status={status} over={over} />
            <p className="max-w-2xl text-xs text-ink-muted">
              Uptime is the share of attempts that were answered, of those that the provider did not turn away
              for its limits. Errors are all failed attempts. A failed attempt is no failed call: it goes on
              to the next provider.
            </p>
          </div>
        );
      }}
    </Loaded>
  );
}
