import { DataTable, type Column } from '@/components/data/data-table';
import { ProviderChip } from '@/components/data/provider-chip';
import { StatusMark } from '@/components/ui/status-mark';
import type { Schemas } from '@/lib/api';
import { durationText } from '@/lib/format-number';
import { outcomeWords } from '../call-words';

type Attempt = Schemas['CallAttempt'];

function Outcome({ attempt }: { attempt: Attempt }) {
  if (attempt.outcome === 'success') return <StatusMark signal="clear">answered</StatusMark>;
  const clock = attempt.clock ? `, ${attempt.clock.replaceAll('_', ' ')}` : '';
  return (
    <StatusMark signal={attempt.outcome === 'cancelled' ? 'idle' : 'stop'}>
      {outcomeWords(attempt.outcome)}
      {clock}
    </StatusMark>
  );
}

const COLUMNS: readonly Column<Attempt>[] = [
  {
    id: 'provider',
    head: 'Attempt',
    phone: 'title',
    cell: ({ number, providerId, region }) => (
      <span className="flex items-center gap-2">
        <span className="text-ink-muted tabular-nums">{number}</span>
        <ProviderChip providerId={providerId} />
        {region ? <span className="text-ink-muted">{region}</span> : null}
      </span>
    ),
  },
  { id: 'outcome', head: 'Outcome', cell: (attempt) => <Outcome attempt={attempt} /> },
  { id: 'status', head: 'HTTP', numeric: true, cell: ({ statusCode }) => statusCode ?? '–' },
  { id: 'started', head: 'Began', numeric: true, cell: ({ startedMs }) => durationText(startedMs) },
  { id: 'connect', head: 'Connect', numeric: true, cell: ({ connectMs }) => durationText(connectMs) },
  { id: 'first', head: 'First token', numeric: true, cell: ({ firstTokenMs }) => durationText(firstTokenMs) },
  { id: 'took', head: 'Took', numeric: true, cell: ({ durationMs }) => durationText(durationMs) },
];

/** How it went on with an answer that had broken off, in a sentence. */
function spliceSentence({ splice }: Attempt): string {
  if (!splice) return '';
  if (splice.mode === 'restart') return 'began anew: only reasoning had been sent';
  const again = splice.skippedCharacters;
  const left = again > 0 ? `; ${again} that it said again were left out` : '';
  return `went on by ${splice.mode} after ${splice.atCharacters} characters${left}`;
}

function Why({ attempt }: { attempt: Attempt }) {
  const spliced = spliceSentence(attempt);
  const said = [attempt.providerCode, attempt.message].filter((part) => part !== null).join(': ');
  return (
    <li className="flex gap-2">
      <span className="tabular-nums">{attempt.number}</span>
      <span className="min-w-0 break-words">
        {attempt.providerModel} · {attempt.reason}
        {spliced ? <span className="text-ink"> · {spliced}</span> : null}
        {said ? <span className="text-ink"> · {said}</span> : null}
      </span>
    </li>
  );
}

/** The attempts in numbers, and why each was made and ended. */
export function AttemptTable({ attempts }: { attempts: readonly Attempt[] }) {
  return (
    <div className="mt-3">
      <DataTable label="Attempts" columns={COLUMNS} rows={attempts} rowKey={({ id }) => id} />
      <ul className="mt-2 flex flex-col gap-1 text-xs text-ink-muted">
        {attempts.map((attempt) => (
          <Why key={attempt.id} attempt={attempt} />
        ))}
      </ul>
    </div>
  );
}
