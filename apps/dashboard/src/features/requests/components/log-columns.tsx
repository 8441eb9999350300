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
  /** In rem; the least, where it also takes its share of what is left. */
  width: number;
  grow?: number;
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
  if (!call.providerId)
    return faint(call.attemptCount === 0 ? 'none tried' : `${plural(call.attemptCount, 'attempt')} failed`);
  return (
    <span className="flex items-center gap-2">
      <ProviderChip providerId={call.providerId} />
      {call.failedOver ? <SwitchGlyph attempts={call.attemptCount} /> : null}
    </span>
  );
}

/** Every column that the log can show, in their order. */
export const LOG_COLUMNS: readonly LogColumn[] = [
  { id: 'time', label: 'Time', width: 7.75, cell: ({ createdAt }) => <LogTime value={createdAt} /> },
  {
    id: 'status',
    label: 'Status',
    width: 3.75,
    cell: ({ status }) => <StatusMark signal={statusSignal(status)}>{status}</StatusMark>,
  },
  {
    id: 'model',
    label: 'Model',
    width: 11,
    grow: 2,
    cell: ({ requestedModel, modelId }) => (
      <span
        className="truncate"
        title={modelId && modelId !== requestedModel ? `asked for ${requestedModel}` : requestedModel}
      >
        {modelId ?? requestedModel}
      </span>
    ),
  },
  { id: 'provider', label: 'Provider', width: 8.5, grow: 1, cell: (call) => <Provider call={call} /> },
  {
    id: 'tokens',
    label: 'Tokens in → out',
    width: 7,
    numeric: true,
    cell: ({ promptTokens, completionTokens }) => (
      <span>
        {countText(promptTokens)} {faint('→')} {countText(completionTokens)}
      </span>
    ),
  },
  {
    id: 'first',
    label: 'First token',
    width: 4.75,
    numeric: true,
    cell: ({ firstTokenMs }) => durationText(firstTokenMs),
  },
  {
    id: 'duration',
    label: 'Duration',
    width: 4.25,
    numeric: true,
    cell: ({ durationMs }) => durationText(durationMs),
  },
  {
    id: 'cost',
    label: 'Cost',
    width: 5.25,
    numeric: true,
    cell: ({ costNanoUsd }) => <Money nanoUsd={costNanoUsd} />,
  },
  {
    id: 'key',
    label: 'Key',
    width: 6,
    grow: 1,
    cell: ({ keyName, keyId }) => (
      <span className="truncate">{keyName ?? (keyId ? faint('deleted key') : faint('playground'))}</span>
    ),
  },
  { id: 'attempts', label: 'Attempts', width: 5, numeric: true, cell: ({ attemptCount }) => attemptCount },
  {
    id: 'project',
    label: 'Project',
    width: 7,
    cell: ({ projectName }) => <span className="truncate">{projectName ?? '–'}</span>,
  },
  {
    id: 'user',
    label: 'End user',
    width: 7,
    cell: ({ endUser }) => <span className="truncate">{endUser ?? '–'}</span>,
  },
  {
    id: 'error',
    label: 'Error',
    width: 9,
    cell: ({ errorCode }) => <span className="truncate">{errorCode ?? '–'}</span>,
  },
  {
    id: 'finish',
    label: 'Finish',
    width: 6,
    cell: ({ finishReason }) => <span className="truncate">{finishReason ?? '–'}</span>,
  },
  {
    id: 'id',
    label: 'Request id',
    width: 17,
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

const GAP_REM = 1;
/** A model's name may be cut where there is little room. */
const LITTLE: Partial<Record<string, number>> = { model: 8, time: 7.25 };

export function shownColumns(chosen: readonly string[] | null, besidePanel: boolean): readonly LogColumn[] {
  const ids = new Set(chosen ?? DEFAULTS);
  const shown = LOG_COLUMNS.filter(({ id }) => ids.has(id) && (!besidePanel || BESIDE_PANEL.has(id)));
  return besidePanel
    ? shown.map((column) => ({ ...column, width: LITTLE[column.id] ?? column.width }))
    : shown;
}

/** The columns as a grid that never gets narrower than their least widths. */
export function gridOf(columns: readonly LogColumn[]): { template: string; leastRem: number } {
  return {
    template: columns
      .map(({ width, grow }) => (grow ? `minmax(${width}rem, ${grow}fr)` : `${width}rem`))
      .join(' '),
    leastRem: columns.reduce((sum, { width }) => sum + width + GAP_REM, 0),
  };
}

export function defaultColumnIds(): readonly string[] {
  return DEFAULTS;
}

export function cellClass(column: LogColumn): string {
  return cn('flex min-w-0 items-center truncate', column.numeric && 'justify-end tabular-nums');
}
