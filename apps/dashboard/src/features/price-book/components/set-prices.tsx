'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DataTable, type Column } from '@/components/data/data-table';
import { Section } from '@/components/frame/page';
import { EmptyState } from '@/components/states/empty-state';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { StatusMark } from '@/components/ui/status-mark';
import { Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { useReaderClock } from '@/lib/reader-clock';
import { priceOverridesQuery, useApplyPrices } from '../api/price-book';
import { OfferName } from './offer-name';

type SetPrice = Schemas['PriceOverride'];

function From({ effectiveFrom }: SetPrice) {
  const { now } = useReaderClock();
  const isComing = Date.parse(effectiveFrom) > now.getTime();
  return (
    <StatusMark signal={isComing ? 'caution' : 'clear'}>
      {isComing ? 'from ' : 'since '}
      <Time value={effectiveFrom} />
    </StatusMark>
  );
}

/** Each price that was set, with the catalog's where it is another. */
function Prices({ prices, catalogPrices }: SetPrice) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-0.5">
      {Object.entries(prices).map(([field, price]) => (
        <li key={field} className="tabular-nums">
          <code className="font-mono text-xs text-ink-muted">{field}</code> ${price}
          {catalogPrices[field] === price ? null : (
            <span className="text-ink-muted">
              {catalogPrices[field] === undefined
                ? ' (the catalog has none)'
                : ` (catalog $${catalogPrices[field]})`}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function GoBack({ offerId }: { offerId: string }) {
  const [open, setOpen] = useState(false);
  const apply = useApplyPrices();
  const confirm = () =>
    apply.mutate([{ offerId, prices: null, effectiveFrom: null }], { onSuccess: () => setOpen(false) });
  return (
    <>
      <Button size="sm" variant="quiet" onClick={() => setOpen(true)}>
        Back to the catalog’s…
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Take ${offerId} back to the catalog’s prices?`}
        action="Take them back"
        busy="Taking back…"
        pending={apply.isPending}
        error={apply.error}
        onConfirm={confirm}
      >
        <p>From now on calls cost what the catalog says. What was charged until now stays as it was.</p>
      </ConfirmDialog>
    </>
  );
}

function columnsOf(onOffer: (offerId: string) => void): readonly Column<SetPrice>[] {
  return [
    {
      id: 'offer',
      head: 'Offer',
      phone: 'title',
      cell: ({ offerId }) => (
        <button
          type="button"
          className="text-left underline-offset-4 hover:underline"
          onClick={() => onOffer(offerId)}
        >
          <span className="sr-only">History of </span>
          <OfferName offerId={offerId} />
        </button>
      ),
    },
    { id: 'prices', head: 'Set to', cell: (row) => <Prices {...row} /> },
    { id: 'from', head: 'Holds', className: 'whitespace-nowrap', cell: (row) => <From {...row} /> },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      className: 'text-right whitespace-nowrap',
      cell: ({ offerId }) => <GoBack offerId={offerId} />,
    },
  ];
}

/** Prices that operators set, where the catalog says otherwise. */
export function SetPrices({ onOffer }: { onOffer: (offerId: string) => void }) {
  const query = useQuery(priceOverridesQuery(browserApi));
  return (
    <Section title="Set here">
      <Loaded query={query} skeleton={<RowSkeletons rows={3} />}>
        {(prices) =>
          prices.length === 0 ? (
            <EmptyState title="All prices are the catalog’s">
              <p className="text-ink-muted">
                Change one below when a provider charges something else, or has announced to. Every change is
                a new version: what was charged before keeps its own.
              </p>
            </EmptyState>
          ) : (
            <DataTable
              label="Prices set here"
              columns={columnsOf(onOffer)}
              rows={prices}
              rowKey={({ offerId }) => offerId}
            />
          )
        }
      </Loaded>
    </Section>
  );
}
