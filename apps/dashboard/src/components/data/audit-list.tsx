import { DataTable, type Column } from '@/components/data/data-table';
import { Time } from '@/components/ui/time';
import type { Schemas } from '@/lib/api';

type AuditEvent = Schemas['AuditEvent'];

/** `api_key.revoke` → `api key: revoke`. */
const actionWords = (action: string) => action.replaceAll('_', ' ').replace('.', ': ');

const sayValue = (value: unknown) => (value === null || value === undefined ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value));

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What changed, field by field. */
function Change({ event }: { event: AuditEvent }) {
  const before: Json = isObject(event.before) ? event.before : {};
  const after: Json = isObject(event.after) ? event.after : {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => sayValue(before[name]) !== sayValue(after[name]));
  if (names.length === 0) return <span className="text-ink-muted">–</span>;
  return (
    <span className="text-xs">
      {names.map((name) => (
        <span key={name} className="mr-3 inline-block">
          <span className="text-ink-muted">{name}</span>{' '}
          {event.before === null ? null : <span className="text-ink-muted line-through">{sayValue(before[name])}</span>}{' '}
          <span className="break-all">{sayValue(after[name])}</span>
        </span>
      ))}
    </span>
  );
}

const COLUMNS: readonly Column<AuditEvent>[] = [
  { id: 'time', head: 'Time', className: 'whitespace-nowrap', cell: ({ createdAt }) => <Time value={createdAt} /> },
  { id: 'who', head: 'Who', className: 'whitespace-nowrap', cell: ({ actorName, actorUserId }) => actorName ?? (actorUserId ? 'deleted user' : 'the platform') },
  { id: 'what', head: 'What', phone: 'title', className: 'whitespace-nowrap', cell: ({ action }) => actionWords(action) },
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
  { id: 'from', head: 'From', phone: 'hidden', cell: ({ ipAddress }) => <span className="text-xs text-ink-muted">{ipAddress ?? '–'}</span> },
];

/** Who changed what. */
export function AuditList({ events }: { events: readonly AuditEvent[] }) {
  return <DataTable label="Changes" columns={COLUMNS} rows={events} rowKey={({ id }) => id} />;
}
