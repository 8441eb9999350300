'use client';

import { DataTable, type Column } from '@/components/data/data-table';
import { ProviderChip } from '@/components/data/provider-chip';
import { Money } from '@/components/ui/money';
import { StatusMark } from '@/components/ui/status-mark';
import type { Schemas } from '@/lib/api';
import { durationText, shareText, windowText } from '@/lib/format-number';

type Offer = Schemas['CatalogOffer'];

const priceOf = (bucket: string) =>
  function Price({ price }: Offer) {
    const amount = price?.prices[bucket];
    return amount ? <Money nanoUsd={amount} /> : <span className="text-ink-muted">–</span>;
  };

const COLUMNS: readonly Column<Offer>[] = [
  {
    id: 'provider',
    head: 'Line',
    phone: 'title',
    cell: ({ providerId, providerModel }) => (
      <span className="flex items-center gap-x-3">
        <ProviderChip providerId={providerId} className="font-medium" />
        <code className="max-w-56 truncate font-mono text-xs text-ink-muted" title={providerModel}>
          {providerModel}
        </code>
      </span>
    ),
  },
  {
    id: 'state',
    head: 'Here',
    cell: ({ callable, status }) =>
      callable ? (
        <StatusMark signal="clear">can be called</StatusMark>
      ) : (
        <StatusMark signal="idle">{status === 'active' ? 'not set up' : status}</StatusMark>
      ),
  },
  { id: 'input', head: '$ in / M', numeric: true, cell: priceOf('input.text') },
  { id: 'cached', head: 'cached', numeric: true, cell: priceOf('cache_read.text') },
  { id: 'output', head: '$ out / M', numeric: true, cell: priceOf('output.text') },
  { id: 'context', head: 'Context', numeric: true, cell: ({ contextWindow }) => windowText(contextWindow) },
  { id: 'most', head: 'Max. out', numeric: true, cell: ({ maxOutputTokens }) => windowText(maxOutputTokens) },
  {
    id: 'first',
    head: 'First token, 24 h',
    numeric: true,
    cell: ({ firstTokenP50Ms }) => durationText(firstTokenP50Ms),
  },
  {
    id: 'errors',
    head: 'Errors, 24 h',
    numeric: true,
    cell: ({ errorPpm }) => (errorPpm === null ? '–' : shareText(errorPpm)),
  },
  {
    id: 'endpoints',
    head: 'Endpoints',
    phone: 'hidden',
    cell: ({ endpoints }) => (
      <span className="text-xs whitespace-nowrap text-ink-muted">{endpoints.join(', ')}</span>
    ),
  },
];

/** Who sells the model, for how much, and how well. */
export function OfferTable({ offers }: { offers: readonly Offer[] }) {
  return <DataTable label="Offers" columns={COLUMNS} rows={offers} rowKey={({ id }) => id} />;
}
