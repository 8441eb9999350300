import type { ReactNode } from 'react';
import { cn } from '@/lib/class-names';

export interface Column<Row> {
  id: string;
  head: ReactNode;
  /** The head's words, where it is more than words. */
  name?: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  numeric?: boolean;
  /** On a phone a row is a list entry: one cell is its title, others are pairs of name and value, some are left out. */
  phone?: 'title' | 'pair' | 'hidden';
  className?: string;
}

/** A table with rows of 36 px; on a phone a list. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}) {
  return (
    <div className="overflow-x-auto">
      <table aria-label={label} className="data-table w-full border-collapse text-sm" role="table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ id, head, numeric, className }) => (
              <th
                key={id}
                role="columnheader"
                scope="col"
                className={cn(
                  'h-8 border-b border-rule-strong px-3 text-xs font-medium whitespace-nowrap text-ink-muted first:pl-0 last:pr-0',
                  numeric ? 'text-right' : 'text-left',
                  className,
                )}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row" className="hover:bg-paper-sunken">
              {columns.map(({ id, head, name, cell, numeric, phone = 'pair', className }) => (
                <td
                  key={id}
                  role="cell"
                  data-phone={phone}
                  {...(typeof head === 'string' ? { 'data-head': head } : name ? { 'data-head': name } : {})}
                  className={cn(
                    'h-9 border-b border-rule px-3 first:pl-0 last:pr-0',
                    numeric && 'text-right tabular-nums',
                    className,
                  )}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
