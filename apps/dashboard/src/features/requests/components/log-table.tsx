'use client';

import type { KeyboardEvent } from 'react';
import { EndOfRows } from '@/components/data/end-of-rows';
import { cn } from '@/lib/class-names';
import type { Schemas } from '@/lib/api';
import { cellClass, gridOf, type LogColumn } from './log-columns';

type Call = Schemas['Call'];

const rowId = (callId: string) => `call-${callId}`;
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** Moves through rows with ↑ ↓ (or k and j); Enter opens, and an open panel follows. */
function useRowKeys(rows: readonly Call[], chosen: string | null, onChoose: (callId: string) => void) {
  return (event: KeyboardEvent<HTMLElement>) => {
    const focused = (event.target as HTMLElement).closest('[role=row]')?.id;
    const at = rows.findIndex(({ id }) => rowId(id) === focused);
    const current = rows[at];
    if (event.key === 'Enter' && current) {
      event.preventDefault();
      onChoose(current.id);
      return;
    }
    const step = STEPS[event.key];
    if (step === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (!next) return;
    event.preventDefault();
    document.getElementById(rowId(next.id))?.focus();
    if (chosen) onChoose(next.id);
  };
}

function LogRow({
  call,
  columns,
  template,
  chosen,
  arrived,
  reachable,
  onChoose,
  onKeyDown,
}: {
  call: Call;
  columns: readonly LogColumn[];
  template: string;
  chosen: boolean;
  arrived: boolean;
  reachable: boolean;
  onChoose: (callId: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}) {
  return (
    <div
      id={rowId(call.id)}
      role="row"
      aria-selected={chosen}
      tabIndex={reachable ? 0 : -1}
      onClick={() => onChoose(call.id)}
      onKeyDown={onKeyDown}
      style={{ gridTemplateColumns: template }}
      className={cn(
        'grid h-9 cursor-pointer items-center gap-x-4 border-b border-rule px-2 text-sm [contain-intrinsic-size:auto_36px] [content-visibility:auto] focus-visible:-outline-offset-2',
        chosen ? 'bg-accent-wash' : 'hover:bg-paper-sunken',
        arrived && 'animate-arrive',
      )}
    >
      {columns.map((column) => (
        <div key={column.id} role="gridcell" className={cellClass(column)}>
          {column.cell(call)}
        </div>
      ))}
    </div>
  );
}

/** The log as a grid of rows of 36 px. Rows out of sight are not laid out, so that thousands scroll well. */
export function LogTable({
  rows,
  columns,
  chosen,
  arrived,
  onChoose,
  onEnd,
  stale,
}: {
  rows: readonly Call[];
  columns: readonly LogColumn[];
  chosen: string | null;
  arrived: ReadonlySet<string>;
  onChoose: (callId: string) => void;
  /** Called when the end of the rows comes into sight. */
  onEnd: (() => void) | null;
  stale: boolean;
}) {
  const onKeyDown = useRowKeys(rows, chosen, onChoose);
  const { template, leastRem } = gridOf(columns);
  const first = rows[0]?.id;
  const reachable = rows.some(({ id }) => id === chosen) ? chosen : first;
  return (
    <div className={cn('overflow-x-auto transition-opacity', stale && 'opacity-60')}>
      <div role="grid" aria-label="Requests" aria-rowcount={-1} style={{ minWidth: `${leastRem}rem` }}>
        <div role="rowgroup">
          <div
            role="row"
            style={{ gridTemplateColumns: template }}
            className="grid h-8 items-center gap-x-4 border-b border-rule-strong px-2 text-xs font-medium text-ink-muted"
          >
            {columns.map((column) => (
              <div
                key={column.id}
                role="columnheader"
                className={cn('whitespace-nowrap', column.numeric && 'text-right')}
              >
                {column.label}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup">
          {rows.map((call) => (
            <LogRow
              key={call.id}
              call={call}
              columns={columns}
              template={template}
              chosen={call.id === chosen}
              arrived={arrived.has(call.id)}
              reachable={call.id === reachable}
              onChoose={onChoose}
              onKeyDown={onKeyDown}
            />
          ))}
        </div>
      </div>
      {onEnd ? <EndOfRows onSeen={onEnd} /> : null}
    </div>
  );
}
