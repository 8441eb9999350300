import { DataTable, type Column } from '@/components/data/data-table';
import { Time } from '@/components/ui/time';
import type { Schemas } from '@/lib/api';
import { exactUsd } from '@/lib/format-money';

type AuditEvent = Schemas['AuditEvent'];

/** `api_key.revoke` → `api key: revoke`. */
const actionWords = (action: string) => action.replaceAll('_', ' ').replace('.', ': ');

function sayValue(name: string, value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string' && name.endsWith('NanoUsd') && /^-?\d+$/.test(value)) return exactUsd(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(String).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `limitNanoUsd` → `limit`, `keepBodies` → `keep bodies`. */
const fieldWords = (name: string) =>
  name
    .replace(/NanoUsd$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What changed, field by field. */
function Change({ event }: { event: AuditEvent }) {
  const before: Json = isObject(event.before) ? event.before : {};
  const after: Json = isObject(event.after) ? event.after : {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => sayValue(name, before[name]) !== sayValue(name, after[name]),
  );
  if (names.length === 0) return <span className="text-ink-muted">–</span>;
  return (
    <span className="text-xs">
      {names.map((name) => (
        <span key={name} className="mr-3 inline-block">
          <span className="text-ink-muted">{fieldWords(name)}</span>{' '}
          {event.before === null ? null : (
            <span className="text-ink-muted line-through">{sayValue(name, before[name])}</span>
          )}{' '}
          <span className="break-all">{sayValue(name, after[name])}</span>
        </span>
      ))}
    </span>
  );
}

const COLUMNS: readonly Column<AuditEvent>[] = [
  {
    id: 'time',
    head: 'Time',
    className: 'whitespace-nowrap',
    cell: ({ createdAt }) => <Time value={createdAt} />,
  },
  {
    id: 'who',
    head: 'Who',
    className: 'whitespace-nowrap',
    cell: ({ actorName, actorUserId }) => actorName ?? (actorUserId ? 'deleted user' : 'the platform'),
  },
  {
    id: 'what',
    head: 'What',
    phone: 'title',
    className: 'whitespace-nowrap',
    cell: ({ action }) => actionWords(action),
  },
  { id: 'change', head: 'Change', className: 'py-2', cell: (event) => <Change event={event} /> },
  {
    id: 'target',
    head: 'Id',
    phone: 'hidden',
    cell: ({ targetId }) => (
      <code className="font-mono text-xs text-ink-muted" title={targetId}>
        …{targetId.slice(-8)}
      </code>
    ),
  },
  {
    id: 'from',
    head: 'From',
    phone: 'hidden',
    cell: ({ ipAddress }) => <span className="text-xs text-ink-muted">{ipAddress ?? '–'}</span>,
  },
];

/** Who changed what. */
export function AuditList({ events }: { events: readonly AuditEvent[] }) {
  return <DataTable label="Changes" columns={COLUMNS} rows={events} rowKey={({ id }) => id} />;
}
