'use client';

import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { DataTable, type Column } from '@/components/data/data-table';
import { Section } from '@/components/frame/page';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { StatusMark } from '@/components/ui/status-mark';
import { Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { exactUsd } from '@/lib/format-money';
import { countText, plural } from '@/lib/format-number';
import { useReaderClock } from '@/lib/reader-clock';
import { priceVersionsQuery } from '../api/price-book';

type Version = Schemas['PriceVersion'];

function Holds({ effectiveFrom, effectiveTo }: Version) {
  const { now } = useReaderClock();
  const isComing = Date.parse(effectiveFrom) > now.getTime();
  const isOver = effectiveTo !== null && Date.parse(effectiveTo) <= now.getTime();
  if (isComing) return <StatusMark signal="caution">announced</StatusMark>;
  return isOver ? (
    <span className="text-ink-muted">over</span>
  ) : (
    <StatusMark signal="clear">in force</StatusMark>
  );
}

/** Those that a source states. */
function Buckets({
  prices,
  completed,
}: {
  prices: Readonly<Record<string, string>>;
  completed: readonly string[];
}) {
  const stated = Object.entries(prices).filter(([bucket]) => !completed.includes(bucket));
  return (
    <ul className="flex flex-wrap gap-x-4">
      {stated.map(([bucket, nanoUsd]) => (
        <li key={bucket} className="whitespace-nowrap tabular-nums">
          <code className="font-mono text-xs text-ink-muted">{bucket}</code> {exactUsd(nanoUsd)}
        </li>
      ))}
    </ul>
  );
}

function Terms({ prices, completed, tiers, hours }: Version) {
  return (
    <div className="flex flex-col gap-0.5 py-1">
      <Buckets prices={prices} completed={completed} />
      {tiers.map((tier) => (
        <div key={tier.aboveInputTokens} className="flex flex-wrap gap-x-2">
          <span className="text-ink-muted">above {countText(tier.aboveInputTokens)} tokens:</span>
          <Buckets prices={tier.prices} completed={completed} />
        </div>
      ))}
      {completed.length > 0 ? (
        <span className="text-ink-muted">
          {plural(completed.length, 'bucket')} more at the price of these
        </span>
      ) : null}
      {hours.length > 0 ? (
        <span className="text-ink-muted">other prices at some hours of the day</span>
      ) : null}
    </div>
  );
}

const COLUMNS: readonly Column<Version>[] = [
  {
    id: 'side',
    head: 'Side',
    phone: 'title',
    className: 'whitespace-nowrap',
    cell: ({ side, pricePlanId }) => (side === 'buy' ? 'Provider charges' : `Plan ${pricePlanId ?? ''} pays`),
  },
  { id: 'holds', head: 'State', className: 'whitespace-nowrap', cell: (row) => <Holds {...row} /> },
  {
    id: 'from',
    head: 'From',
    className: 'whitespace-nowrap',
    cell: ({ effectiveFrom }) => <Time value={effectiveFrom} />,
  },
  {
    id: 'to',
    head: 'To',
    className: 'whitespace-nowrap',
    cell: ({ effectiveTo }) => (effectiveTo === null ? '–' : <Time value={effectiveTo} />),
  },
  { id: 'prices', head: 'Per million units', cell: (row) => <Terms {...row} /> },
];

function Versions({ offerId }: { offerId: string }) {
  const query = useQuery(priceVersionsQuery(browserApi, offerId));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={4} />}>
      {(versions) => (
        <DataTable label={`Prices of ${offerId}`} columns={COLUMNS} rows={versions} rowKey={({ id }) => id} />
      )}
    </Loaded>
  );
}

/** What one offer cost, costs and will cost. */
export function OfferHistory({
  offerId,
  onOffer,
}: {
  offerId: string | null;
  onOffer: (offerId: string | null) => void;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = new FormData(event.currentTarget).get('offer');
    onOffer(typeof asked === 'string' && asked.trim() !== '' ? asked.trim() : null);
  };
  return (
    <Section title="Versions of one offer">
      <form method="post" onSubmit={submit} className="mb-4 flex max-w-xl items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field id="price-offer" label="Offer, as model@provider">
            <Input
              key={offerId}
              id="price-offer"
              name="offer"
              defaultValue={offerId ?? ''}
              placeholder="openai/gpt-4o-mini@openai"
              className="font-mono text-xs"
              spellCheck={false}
            />
          </Field>
        </div>
        <Button type="submit">Show</Button>
      </form>
      {offerId === null ? null : <Versions offerId={offerId} />}
    </Section>
  );
}
