import type { ReactNode } from 'react';
import { ProviderChip } from '@/components/data/provider-chip';
import { Money } from '@/components/ui/money';
import { StatusMark } from '@/components/ui/status-mark';
import { Time } from '@/components/ui/time';
import type { Schemas } from '@/lib/api';
import { cn } from '@/lib/class-names';
import { countText, durationText, plural } from '@/lib/format-number';
import { statusSignal } from '../call-words';

type Call = Schemas['Call'];

export interface LogColumn {
  id: string;
  label: string;
  /** Of `grid-template-columns`. */
  width: string;
  numeric?: boolean;
  cell: (call: Call) => ReactNode;
}

const faint = (text: string) => <span className="text-ink-muted">{text}</span>;

/** A line that failed, the switch, the line that answered: two attempts or more. */
function SwitchGlyph({ attempts }: { attempts: number }) {
  const words = `${plural(attempts, 'attempt')}, saved by failover`;
  return (
    <svg viewBox="0 0 18 10" className="h-2.5 w-4.5 shrink-0" role="img" aria-label={words}>
      <title>{words}</title>
      <path d="M1 2.5h5" className="stroke-signal-red" strokeWidth="2" />
      <path d="M6 0.5v4" className="stroke-signal-red" strokeWidth="2" />
      <path d="M6 2.5 10 7.5h7" fill="none" className="stroke-signal-green" strokeWidth="2" />
    </svg>
  );
}

function Provider({ call }: { call: Call }) {
  if (!call.providerId) return faint(call.attemptCount === 0 ? 'none tried' : `${plural(call.attemptCount, 'attempt')} failed`);
  return (
    <span className="flex items-center gap-2">
      <ProviderChip providerId={call.providerId} />
      {call.failedOver ? <SwitchGlyph attempts={call.attemptCount} /> : null}
    </span>
  );
}

/** Every column that the log can show, in their order. */
export const LOG_COLUMNS: readonly LogColumn[] = [
  { id: 'time', label: 'Time', width: '8.75rem', cell: ({ createdAt }) => <LogTime value={createdAt} /> },
  {
    id: 'status',
    label: 'Status',
    width: '5rem',
    cell: ({ status }) => <StatusMark signal={statusSignal(status)}>{status}</StatusMark>,
  },
  {
    id: 'model',
    label: 'Model',
    width: 'minmax(11rem, 2fr)',
    cell: ({ requestedModel, modelId }) => (
      <span className="truncate" title={modelId && modelId !== requestedModel ? `asked for ${requestedModel}` : requestedModel}>
        {modelId ?? requestedModel}
      </span>
    ),
  },
  { id: 'provider', label: 'Provider', width: 'minmax(9rem, 1fr)', cell: (call) => <Provider call={call} /> },
  {
    id: 'tokens',
    label: 'Tokens in → out',
    width: '8rem',
    numeric: true,
    cell: ({ promptTokens, completionTokens }) => (
      <>
        {countText(promptTokens)} {faint('→')} {countText(completionTokens)}
      </>
    ),
  },
  { id: 'first', label: 'First token', width: '5.5rem', numeric: true, cell: ({ firstTokenMs }) => durationText(firstTokenMs) },
  { id: 'duration', label: 'Duration', width: '5rem', numeric: true, cell: ({ durationMs }) => durationText(durationMs) },
  { id: 'cost', label: 'Cost', width: '6rem', numeric: true, cell: ({ costNanoUsd }) => <Money nanoUsd={costNanoUsd} /> },
  {
    id: 'key',
    label: 'Key',
    width: 'minmax(6rem, 1fr)',
    cell: ({ keyName, keyId }) => <span className="truncate">{keyName ?? (keyId ? faint('deleted key') : faint('playground'))}</span>,
  },
  { id: 'attempts', label: 'Attempts', width: '5rem', numeric: true, cell: ({ attemptCount }) => attemptCount },
  { id: 'project', label: 'Project', width: '7rem', cell: ({ projectName }) => <span className="truncate">{projectName ?? '–'}</span> },
  { id: 'user', label: 'End user', width: '7rem', cell: ({ endUser }) => <span className="truncate">{endUser ?? '–'}</span> },
  { id: 'error', label: 'Error', width: '9rem', cell: ({ errorCode }) => <span className="truncate">{errorCode ?? '–'}</span> },
  { id: 'finish', label: 'Finish', width: '6rem', cell: ({ finishReason }) => <span className="truncate">{finishReason ?? '–'}</span> },
  {
    id: 'id',
    label: 'Request id',
    width: '17rem',
    cell: ({ id }) => <span className="truncate font-mono text-xs">{id}</span>,
  },
];

function LogTime({ value }: { value: string }) {
  return (
    <span className="text-ink-muted [&_time]:text-ink">
      <span className="[&_time]:text-ink-muted">
        <Time value={value} as="day" />
      </span>{' '}
      <Time value={value} as="second" />
    </span>
  );
}

const DEFAULTS = ['time', 'status', 'model', 'provider', 'tokens', 'first', 'duration', 'cost', 'key'];
/** What is left beside an open detail panel. */
const BESIDE_PANEL = new Set(['time', 'status', 'model', 'cost']);

export function shownColumns(chosen: readonly string[] | null, besidePanel: boolean): readonly LogColumn[] {
  const ids = new Set(chosen ?? DEFAULTS);
  return LOG_COLUMNS.filter(({ id }) => ids.has(id) && (!besidePanel || BESIDE_PANEL.has(id)));
}

export function defaultColumnIds(): readonly string[] {
  return DEFAULTS;
}

export function cellClass(column: LogColumn): string {
  return cn('flex min-w-0 items-center truncate', column.numeric && 'justify-end tabular-nums');
}
