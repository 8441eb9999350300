import { Counter, Gauge, Histogram } from '@trunkline/observability';

/** The worker's figures; `/metrics` of its own port prints them. */

export const batchesIngested = new Counter({
  name: 'trunkline_usage_batches_total',
  help: 'Usage batches by what became of them: committed, done before, left for later',
  labelNames: ['result'],
});
export const callsPosted = new Counter({
  name: 'trunkline_usage_calls_total',
  help: 'Calls of committed batches: posted, repeated, set aside',
  labelNames: ['result'],
});
export const batchSeconds = new Histogram({
  name: 'trunkline_usage_batch_seconds',
  help: 'Time to ingest a batch, waiting for Postgres included',
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
});
export const overrunNanoUsd = new Counter({
  name: 'trunkline_overrun_nano_usd_total',
  help: 'Given back because balances lacked it, in nano-USD',
});
export const bodiesKept = new Counter({
  name: 'trunkline_bodies_kept_total',
  help: 'Bodies written to the log',
});
export const outboxRevision = new Gauge({
  name: 'trunkline_outbox_revision',
  help: 'Last revision of the outbox that was followed',
});
export const leasesReleased = new Counter({
  name: 'trunkline_leases_swept_total',
  help: 'Holds released because nobody renewed them',
});
export const queuedJobs = new Gauge({
  name: 'trunkline_queue_jobs',
  help: 'Jobs of a queue by state; failed ones are dead and wait for an operator',
  labelNames: ['queue', 'state'],
});
