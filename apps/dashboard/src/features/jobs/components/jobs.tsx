'use client';

import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '@/components/data/data-table';
import { Section } from '@/components/frame/page';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { StatusMark } from '@/components/ui/status-mark';
import { Ago, Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { countText } from '@/lib/format-number';
import { toastFailure } from '@/lib/toast-failure';
import { deadJobsQuery, jobsQuery, setAsideQuery, useRetryJob } from '../api/jobs';

type Queue = Schemas['QueueState'];

const QUEUE_COLUMNS: readonly Column<Queue>[] = [
  {
    id: 'name',
    head: 'Queue',
    phone: 'title',
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  {
    id: 'state',
    head: 'State',
    cell: ({ dead }) =>
      dead > 0 ? (
        <StatusMark signal="stop">{dead} dead</StatusMark>
      ) : (
        <StatusMark signal="clear">runs</StatusMark>
      ),
  },
  { id: 'waiting', head: 'Waiting', numeric: true, cell: ({ waiting }) => countText(waiting) },
  { id: 'active', head: 'Active', numeric: true, cell: ({ active }) => countText(active) },
  { id: 'delayed', head: 'Delayed', numeric: true, cell: ({ delayed }) => countText(delayed) },
  { id: 'completed', head: 'Completed', numeric: true, cell: ({ completed }) => countText(completed) },
];

const SPOOL_COLUMNS: readonly Column<Schemas['JobsState']['spools'][number]>[] = [
  {
    id: 'id',
    head: 'Spool',
    phone: 'title',
    cell: ({ id }) => <code className="font-mono text-xs">{id}</code>,
  },
  {
    id: 'position',
    head: 'Confirmed to',
    numeric: true,
    cell: ({ position }) => countText(Number(position)),
  },
  { id: 'updated', head: 'Last moved', numeric: true, cell: ({ updatedAt }) => <Ago value={updatedAt} /> },
];

function Payload({ text }: { text: string }) {
  return (
    <details className="text-xs">
      <summary className="text-accent">payload</summary>
      <pre
        tabIndex={0}
        className="mt-1 max-h-48 overflow-auto bg-paper-sunken p-2 font-mono break-all whitespace-pre-wrap"
      >
        {text}
      </pre>
    </details>
  );
}

function DeadJobs({ queue }: { queue: string }) {
  const query = useQuery(deadJobsQuery(browserApi, queue));
  const retry = useRetryJob();
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={2} />}>
      {(jobs) => (
        <ul>
          {jobs.map(({ id, failedReason, attemptsMade, finishedAt, payload }) => (
            <li
              key={id}
              className="flex flex-wrap items-start justify-between gap-3 border-b border-rule py-2 text-sm"
            >
              <div className="min-w-0 flex-1">
                <p>
                  <code className="font-mono text-xs">{id}</code>{' '}
                  <span className="text-ink-muted">
                    in {queue}, after {attemptsMade} tries
                  </span>
                  {finishedAt ? (
                    <span className="text-ink-muted">
                      , <Time value={finishedAt} />
                    </span>
                  ) : null}
                </p>
                <p className="text-signal-red">{failedReason}</p>
                <Payload text={payload} />
              </div>
              <Button
                size="sm"
                disabled={retry.isPending}
                onClick={() =>
                  retry.mutate(
                    { queue, jobId: id },
                    { onError: (error) => toastFailure('The job stays dead', error) },
                  )
                }
              >
                Run again
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}

function SetAside() {
  const query = useQuery(setAsideQuery(browserApi));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={2} />}>
      {(records) => (
        <ul>
          {records.map(({ spoolId, number, error, payload, createdAt }) => (
            <li key={`${spoolId} ${number}`} className="border-b border-rule py-2 text-sm">
              <p>
                <code className="font-mono text-xs">
                  {spoolId} #{number}
                </code>{' '}
                <span className="text-ink-muted">
                  <Time value={createdAt} />
                </span>
              </p>
              <p className="text-signal-red">{error}</p>
              <Payload text={payload} />
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}

/** Queues, spools, and what gave up. */
export function Jobs() {
  const query = useQuery(jobsQuery(browserApi));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={6} />}>
      {({ queues, spools, setAsideRecords }) => {
        const dead = queues.filter((queue) => queue.dead > 0);
        return (
          <div className="flex flex-col gap-8">
            <Section title="Queues">
              <DataTable label="Queues" columns={QUEUE_COLUMNS} rows={queues} rowKey={({ name }) => name} />
            </Section>
            {dead.length > 0 ? (
              <Section title="Dead jobs">
                {dead.map(({ name }) => (
                  <DeadJobs key={name} queue={name} />
                ))}
              </Section>
            ) : null}
            <Section title="Spools">
              {spools.length === 0 ? (
                <p className="text-sm text-ink-muted">No gateway has shipped a record yet.</p>
              ) : (
                <DataTable label="Spools" columns={SPOOL_COLUMNS} rows={spools} rowKey={({ id }) => id} />
              )}
            </Section>
            <Section title="Records that were set aside">
              {setAsideRecords === 0 ? (
                <p className="text-sm">
                  <StatusMark signal="clear">Every record was posted</StatusMark>
                </p>
              ) : (
                <SetAside />
              )}
            </Section>
          </div>
        );
      }}
    </Loaded>
  );
}
