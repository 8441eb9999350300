import type { JobsState, SetAsideRecord } from '@trunkline/contracts/control-plane';
import { recorded } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { Actor } from '../../http/actor.js';
import type { QueueInspector } from './queue-inspector.js';

const SHOWN = 100;
const PAYLOAD_CHARACTERS = 4096;

/** How far usage has come on its way: queues, spools, and what was set aside. */
export async function getJobs({ client }: Database, inspector: QueueInspector): Promise<JobsState> {
  const [queues, setAsideRecords, spools] = await Promise.all([
    inspector.states(),
    client.setAsideRecord.count(),
    client.spool.findMany({ orderBy: { updatedAt: 'desc' }, take: SHOWN }),
  ]);
  return {
    queues,
    setAsideRecords,
    spools: spools.map(({ id, position, updatedAt }) => ({
      id,
      position: position.toString(),
      updatedAt: updatedAt.toISOString(),
    })),
  };
}

export async function retryDeadJob(
  { client }: Database,
  inspector: QueueInspector,
  actor: Actor,
  { queue, jobId }: { queue: string; jobId: string },
): Promise<void> {
  await inspector.retry(queue, jobId);
  await recorded(client, actor, null, (_, trail) => {
    trail.audit({ action: 'job.retry', targetKind: 'job', targetId: jobId, after: { queue } });
    return Promise.resolve();
  });
}

export async function listSetAsideRecords({ client }: Database): Promise<{ items: SetAsideRecord[] }> {
  const rows = await client.setAsideRecord.findMany({ orderBy: { createdAt: 'desc' }, take: SHOWN });
  return {
    items: rows.map((row) => ({
      spoolId: row.spoolId,
      number: row.number.toString(),
      error: row.error,
      payload: row.payload.slice(0, PAYLOAD_CHARACTERS),
      createdAt: row.createdAt.toISOString(),
    })),
  };
}
