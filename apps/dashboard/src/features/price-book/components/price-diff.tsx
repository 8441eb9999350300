import { DataTable, type Column } from '@/components/data/data-table';
import { StatusMark } from '@/components/ui/status-mark';
import { Time } from '@/components/ui/time';
import type { PriceChange, PriceDifference } from '../api/price-book';
import { priceStep } from '../price-step';
import { OfferName } from './offer-name';

function Step({ from, to }: PriceDifference) {
  const step = priceStep(from, to);
  if (step === null)
    return <span className="text-ink-muted">{from === null ? 'new' : to === null ? 'gone' : '–'}</span>;
  if (!step.isRemarkable) return step.text;
  return <StatusMark signal="caution">{step.text}: look twice</StatusMark>;
}

function Value({ field, value }: { field: string; value: string | null }) {
  if (value === null) return '–';
  return field === 'effectiveFrom' ? <Time value={value} /> : value;
}

/** @param begins when each change holds from */
function columnsOf(begins: ReadonlyMap<string, string | null>): readonly Column<PriceDifference>[] {
  return [
    { id: 'offer', head: 'Offer', phone: 'title', cell: ({ offerId }) => <OfferName offerId={offerId} /> },
    { id: 'field', head: 'Price', cell: ({ field }) => <code className="font-mono text-xs">{field}</code> },
    {
      id: 'from',
      head: 'Was, $',
      numeric: true,
      cell: ({ field, from }) => <Value field={field} value={from} />,
    },
    {
      id: 'to',
      head: 'Will be, $',
      numeric: true,
      className: 'font-medium',
      cell: ({ field, to }) => <Value field={field} value={to} />,
    },
    {
      id: 'step',
      head: 'Step',
      numeric: true,
      className: 'whitespace-nowrap',
      cell: (row) => <Step {...row} />,
    },
    {
      id: 'begins',
      head: 'Holds from',
      className: 'whitespace-nowrap text-right',
      cell: ({ offerId }) => {
        const moment = begins.get(offerId) ?? null;
        return moment === null ? 'now on' : <Time value={moment} />;
      },
    },
  ];
}

/** What changes would do to what providers charge, field by field. */
export function PriceDiff({
  differences,
  changes,
}: {
  differences: readonly PriceDifference[];
  /** What was checked. */
  changes: readonly PriceChange[];
}) {
  const begins = new Map(changes.map(({ offerId, effectiveFrom }) => [offerId, effectiveFrom]));
  return (
    <DataTable
      label="What would change"
      columns={columnsOf(begins)}
      rows={differences}
      rowKey={({ offerId, field }) => `${offerId} ${field}`}
    />
  );
}
