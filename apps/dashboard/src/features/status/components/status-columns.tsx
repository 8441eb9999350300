import type { Column } from '@/components/data/data-table';
import { StatusMark } from '@/components/ui/status-mark';
import { durationText, shareText } from '@/lib/format-number';
import type { StatusWindow } from '../status-params';
import { STATE_WORDS, uptimeText, type HealthState, type Windows } from '../status-words';
import { HealthLine } from './health-line';

interface Row {
  providerId: string;
  state: HealthState;
  windows: Windows;
}

function StateMark({ state }: { state: HealthState }) {
  const { signal, word } = STATE_WORDS[state];
  return <StatusMark signal={signal}>{word}</StatusMark>;
}

const dash = '–';

/** The columns that providers and models have in common, over the chosen window. */
export function statusColumns<T extends Row>(over: StatusWindow): readonly Column<T>[] {
  return [
    { id: 'state', head: 'Now', cell: ({ state }) => <StateMark state={state} /> },
    {
      id: 'line',
      head: '24 h · 1 h · 5 min',
      cell: ({ providerId, windows }) => <HealthLine providerId={providerId} windows={windows} />,
    },
    {
      id: 'uptime',
      head: 'Uptime',
      numeric: true,
      cell: ({ windows }) => uptimeText(windows[over]?.uptimePpm ?? null),
    },
    {
      id: 'errors',
      head: 'Errors',
      numeric: true,
      cell: ({ windows }) => {
        const errorPpm = windows[over]?.errorPpm ?? null;
        return errorPpm === null ? dash : shareText(errorPpm);
      },
    },
    {
      id: 'first-p50',
      head: 'First token p50',
      numeric: true,
      className: 'whitespace-nowrap',
      cell: ({ windows }) => durationText(windows[over]?.firstTokenP50Ms ?? null),
    },
    {
      id: 'first-p95',
      head: 'First token p95',
      numeric: true,
      className: 'whitespace-nowrap',
      cell: ({ windows }) => durationText(windows[over]?.firstTokenP95Ms ?? null),
    },
    {
      id: 'speed',
      head: 'Tokens/s',
      numeric: true,
      cell: ({ windows }) => {
        const speed = windows[over]?.tokensPerSecondP50 ?? null;
        return speed === null ? dash : Math.round(speed);
      },
    },
  ];
}
