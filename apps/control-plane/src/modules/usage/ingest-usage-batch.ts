import type { UsageBatch } from '@trunkline/queues';
import type { SqlConnection } from '@trunkline/prisma';
import { accountsOf } from '../billing/index.js';
import { chargeOf, type PostedUsage, postUsage } from './post-usage.js';
import { readUsageRecord, type UsageCall } from './read-usage-record.js';
import { type BadRecord, setAside } from './set-aside.js';
import type { UsageStore } from './usage-store.js';

export type IngestedBatch =
  | ({ kind: 'committed' } & PostedUsage)
  /** It was committed before. */
  | { kind: 'done' }
  /** Batches before it are missing: its gateway sends it again. */
  | { kind: 'left' };

/**
 * Posts a batch of usage records exactly once: calls, attempts, lines, ledger, budgets, rollups and the spool's position
 * commit together, and only if the position is where the batch begins.
 */
export async function ingestUsageBatch(store: UsageStore, batch: UsageBatch): Promise<IngestedBatch> {
  const { calls, bad } = readBatch(batch);
  await store.partitions.ensureFor(calls.map((call) => call.createdAt));
  await store.accounts.ensure(accountsOf(calls.map(chargeOf)));

  const client = await store.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const ingested = await ingestLocked(client, store, { batch, calls, bad });
    await client.query(ingested.kind === 'committed' ? 'COMMIT' : 'ROLLBACK');
    return ingested;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    // A connection whose roll-back failed is closed: its transaction may still be open.
    client.release(broken);
  }
}

async function ingestLocked(
  client: SqlConnection,
  store: UsageStore,
  { batch, calls, bad }: { batch: UsageBatch; calls: UsageCall[]; bad: BadRecord[] },
): Promise<IngestedBatch> {
  const position = await lockSpool(client, batch.spool);
  if (position > batch.from) return { kind: 'done' };
  if (position < batch.from) return { kind: 'left' };
  const usage = await postUsage(client, store.accounts, calls, batch.spool);
  const allBad = [...bad, ...usage.bad];
  await setAside(client, batch.spool, allBad);
  await client.query('UPDATE spool SET position = $2, updated_at = now() WHERE id = $1', [
    batch.spool,
    batch.to,
  ]);
  if (usage.creditedWalletIds.length > 0) {
    // Last: its lock is held until the commit.
    await client.query("INSERT INTO outbox (kind, entity_id) SELECT 'wallet', unnest($1::text[])", [
      usage.creditedWalletIds,
    ]);
  }
  return { kind: 'committed', ...usage, bad: allBad };
}

function readBatch(batch: UsageBatch): { calls: UsageCall[]; bad: BadRecord[] } {
  const calls: UsageCall[] = [];
  const bad: BadRecord[] = [];
  for (const [index, text] of batch.records.entries()) {
    const number = batch.from + 1 + index;
    const read = readUsageRecord(text, number);
    if (read.kind === 'ended') calls.push(read.call);
    if (read.kind === 'bad') bad.push({ number, text, error: read.error });
  }
  return { calls, bad };
}

/** @returns the spool's position; a spool that nobody has heard of begins at 0 */
async function lockSpool(client: SqlConnection, spool: string): Promise<number> {
  const lock = () =>
    client.query<{ position: string }>('SELECT position FROM spool WHERE id = $1 FOR UPDATE', [spool]);
  let { rows } = await lock();
  if (rows.length === 0) {
    await client.query('INSERT INTO spool (id) VALUES ($1) ON CONFLICT DO NOTHING', [spool]);
    ({ rows } = await lock());
  }
  return Number(rows[0]?.position ?? 0);
}
