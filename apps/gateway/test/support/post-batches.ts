import { type EndedRecord, spoolRecord } from '@trunkline/contracts';
import { connectRedis, USAGE_QUEUES, usageBatch, workerRedisOptions } from '@trunkline/queues';
import { Worker } from 'bullmq';
import pg from 'pg';

/**
 * A worker that does to spools, wallets and budgets what the product's does, and keeps the records in memory in place
 * of the log: each once, whatever comes twice.
 */
export class BatchPoster {
  readonly ended = new Map<string, EndedRecord>();
  readonly repeated: string[] = [];
  /** Batches are left in the queue while this is set. */
  paused = false;
  /** Batches that are being posted: their records may be in Postgres and not in `ended` yet. */
  posting = 0;
  /** Batches that were taken so far. */
  taken = 0;
  private workers: Worker[] = [];

  constructor(
    private readonly pool: pg.Pool,
    private readonly redisUrl: string,
  ) {}

  start(): void {
    this.workers = USAGE_QUEUES.map((name) => {
      const connection = connectRedis(this.redisUrl, workerRedisOptions, () => undefined);
      const worker = new Worker(name, async (job) => this.post(usageBatch.parse(job.data)), {
        connection,
        autorun: true,
      });
      worker.on('error', () => undefined);
      worker.on('closed', () => connection.disconnect());
      return worker;
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close(true)));
  }

  private async post(batch: ReturnType<typeof usageBatch.parse>): Promise<void> {
    if (this.paused) return;
    this.posting += 1;
    this.taken += 1;
    try {
      await this.postNow(batch);
    } finally {
      this.posting -= 1;
    }
  }

  private async postNow(batch: ReturnType<typeof usageBatch.parse>): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('INSERT INTO spool (id) VALUES ($1) ON CONFLICT DO NOTHING', [batch.spool]);
      const { rows } = await client.query<{ position: string }>(
        'SELECT position FROM spool WHERE id = $1 FOR UPDATE',
        [batch.spool],
      );
      if (Number(rows[0]?.position) !== batch.from) return void (await client.query('ROLLBACK'));
      const records = batch.records.map((text) => spoolRecord.parse(JSON.parse(text)));
      for (const record of records) if (record.kind === 'ended') await this.charge(client, record);
      await client.query('UPDATE spool SET position = $2 WHERE id = $1', [batch.spool, batch.to]);
      await client.query('COMMIT');
      for (const record of records) if (record.kind === 'ended') this.keep(record);
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  private keep(record: EndedRecord): void {
    if (this.ended.has(record.id)) this.repeated.push(record.id);
    this.ended.set(record.id, record);
  }

  private async charge(client: pg.PoolClient, record: EndedRecord): Promise<void> {
    if (this.ended.has(record.id)) return;
    await client.query('UPDATE wallet SET charged_nano_usd = charged_nano_usd + $2 WHERE id = $1', [
      record.walletId,
      record.costNanoUsd,
    ]);
    for (const budget of record.budgets) {
      await client.query(
        `INSERT INTO budget_charge AS kept (budget_id, period_start, wallet_id, charged_nano_usd) VALUES ($1, $2, $3, $4)
         ON CONFLICT (budget_id, period_start) DO UPDATE SET charged_nano_usd = kept.charged_nano_usd + excluded.charged_nano_usd`,
        [budget.id, new Date(budget.periodStartMs), record.walletId, record.costNanoUsd],
      );
    }
  }
}
