import { Injectable } from '@nestjs/common';
import { BODIES_QUEUE, keptBody } from '@trunkline/queues';
import { type Job, UnrecoverableError } from 'bullmq';
import { keepBody, UsageStore } from '../modules/usage/index.js';
import { bodiesKept } from './metrics.js';
import type { QueueHandler } from './worker-registry.js';

/** Writes kept bodies to the log. They may be lost: after a few tries a job is dead. */
@Injectable()
export class BodiesWorker implements QueueHandler {
  readonly queues = [BODIES_QUEUE];
  readonly concurrency = 4;

  constructor(private readonly store: UsageStore) {}

  async handle(job: Job<unknown>): Promise<void> {
    const body = keptBody.safeParse(job.data);
    if (!body.success) throw new UnrecoverableError(`not a kept body: ${body.error.message}`);
    await keepBody(this.store, body.data);
    bodiesKept.inc();
  }
}
