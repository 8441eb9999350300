import { DataTable, type Column } from '@/components/data/data-table';
import { Money } from '@/components/ui/money';
import type { Schemas } from '@/lib/api';
import { exactUsd } from '@/lib/format-money';
import { countText } from '@/lib/format-number';
import { utcText } from '@/lib/format-time';
import { BILLING_WORDS, bucketWords } from '../call-words';

type Line = Schemas['CallLine'];

function Price({ line }: { line: Line }) {
  if (line.unpriced) return <span className="text-signal-amber">no price</span>;
  return <Money nanoUsd={line.nanoUsdPerMillion} />;
}

function Version({ line }: { line: Line }) {
  if (!line.priceVersionId) return <>–</>;
  const since = line.priceEffectiveFrom ? `in force since ${utcText(new Date(line.priceEffectiveFrom))}` : '';
  return (
    <span title={`${line.priceVersionId} ${since}`} className="font-mono text-xs text-ink-muted">
      {line.priceVersionId.slice(-8)}
    </span>
  );
}

const COLUMNS: readonly Column<Line>[] = [
  {
    id: 'bucket',
    head: 'What',
    phone: 'title',
    cell: ({ bucket, counted }) => (
      <>
        {bucketWords(bucket)}
        {counted ? <span className="ml-2 text-xs text-ink-muted">counted by us</span> : null}
      </>
    ),
  },
  { id: 'attempt', head: 'Attempt', numeric: true, cell: ({ attempt }) => attempt },
  { id: 'units', head: 'Units', numeric: true, cell: ({ units }) => countText(Number(units)) },
  { id: 'price', head: '$ per million', numeric: true, cell: (line) => <Price line={line} /> },
  { id: 'version', head: 'Price version', cell: (line) => <Version line={line} /> },
  {
    id: 'cost',
    head: 'Cost',
    numeric: true,
    cell: ({ costNanoUsd }) => <span>{exactUsd(costNanoUsd)}</span>,
  },
];

/** The cost line by line: units × price, as it was pinned when the attempt was sent. */
export function CostLines({ call }: { call: Schemas['CallDetail'] }) {
  return (
    <div>
      {call.lines.length > 0 ? (
        <DataTable
          label="Cost lines"
          columns={COLUMNS}
          rows={call.lines}
          rowKey={({ number }) => String(number)}
        />
      ) : null}
      <p className="mt-2 flex flex-wrap justify-between gap-x-6 gap-y-1 text-sm">
        <span className="text-ink-muted">{BILLING_WORDS[call.billingReason]}</span>
        <span className="font-semibold tabular-nums" data-testid="call-cost">
          {exactUsd(call.costNanoUsd)}
        </span>
      </p>
    </div>
  );
}
