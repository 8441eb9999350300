import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { type UsageBatch, usageBatch, USAGE_QUEUES } from '@trunkline/queues';
import { type Job, UnrecoverableError } from 'bullmq';
import { ingestUsageBatch, type IngestedBatch, UsageStore } from '../modules/usage/index.js';
import { isDatabaseOutage } from './database-outage.js';
import { batchesIngested, batchSeconds, callsPosted, overrunNanoUsd } from './metrics.js';
import type { QueueHandler } from './worker-registry.js';

const MAX_PAUSE_MS = 1_000;

/**
 * Posts usage batches. While Postgres is away the batch is held and tried again, rather than failed: what fails goes to
 * the end of a growing backoff, and its spool's later batches would overtake it in vain.
 */
@Injectable()
export class UsageBatchesWorker implements QueueHandler {
  readonly queues = USAGE_QUEUES;
  // Batches of a spool come in order, and only the one that begins at its position can be committed.
  readonly concurrency = 1;

  constructor(
    private readonly store: UsageStore,
    private readonly logger: Logger,
  ) {}

  async handle(job: Job<unknown>, signal: AbortSignal): Promise<void> {
    const batch = usageBatch.safeParse(job.data);
    if (!batch.success) throw new UnrecoverableError(`not a usage batch: ${batch.error.message}`);
    const stop = batchSeconds.startTimer();
    this.count(await this.ingest(batch.data, signal), batch.data);
    stop();
  }

  private async ingest(batch: UsageBatch, signal: AbortSignal): Promise<IngestedBatch> {
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
      try {
        return await ingestUsageBatch(this.store, batch);
      } catch (error) {
        if (signal.aborted || !isDatabaseOutage(error)) throw error;
        if (pauseMs === 50)
          this.logger.warn('a usage batch waits for Postgres', {
            spool: batch.spool,
            from: batch.from,
            error,
          });
        await sleep(pauseMs, undefined, { signal });
      }
    }
  }

  private count(ingested: IngestedBatch, { spool, from }: UsageBatch): void {
    batchesIngested.inc({ result: ingested.kind });
    if (ingested.kind !== 'committed') return;
    callsPosted.inc({ result: 'posted' }, ingested.posted);
    callsPosted.inc({ result: 'repeated' }, ingested.repeated);
    callsPosted.inc({ result: 'set_aside' }, ingested.bad.length);
    overrunNanoUsd.inc(Number(ingested.overrunNanoUsd));
    for (const { number, error } of ingested.bad) {
      this.logger.error('a usage record was set aside', { spool, from, number, reason: error });
    }
  }
}
