import { DataTable, type Column } from '@/components/data/data-table';
import { StatusMark } from '@/components/ui/status-mark';
import type { PriceDifference } from '../api/price-book';
import { priceStep } from '../price-step';
import { OfferName } from './offer-name';

function Step({ from, to }: PriceDifference) {
  const step = priceStep(from, to);
  if (step === null)
    return <span className="text-ink-muted">{from === null ? 'new' : to === null ? 'gone' : '–'}</span>;
  if (!step.isRemarkable) return step.text;
  return <StatusMark signal="caution">{step.text}: look twice</StatusMark>;
}

const COLUMNS: readonly Column<PriceDifference>[] = [
  { id: 'offer', head: 'Offer', phone: 'title', cell: ({ offerId }) => <OfferName offerId={offerId} /> },
  { id: 'field', head: 'Price', cell: ({ field }) => <code className="font-mono text-xs">{field}</code> },
  { id: 'from', head: 'Was, $', numeric: true, cell: ({ from }) => from ?? '–' },
  {
    id: 'to',
    head: 'Will be, $',
    numeric: true,
    cell: ({ to }) => <span className="font-medium">{to ?? '–'}</span>,
  },
  {
    id: 'step',
    head: 'Step',
    numeric: true,
    className: 'whitespace-nowrap',
    cell: (row) => <Step {...row} />,
  },
];

/** What changes would do to what providers charge, field by field. */
export function PriceDiff({ differences }: { differences: readonly PriceDifference[] }) {
  return (
    <DataTable
      label="What would change"
      columns={COLUMNS}
      rows={differences}
      rowKey={({ offerId, field }) => `${offerId} ${field}`}
    />
  );
}
