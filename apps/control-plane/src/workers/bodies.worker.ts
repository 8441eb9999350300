import { Injectable } from '@nestjs/common';
import { BODIES_QUEUE, keptBody, keptResponse, RESPONSE_JOB } from '@trunkline/queues';
import { type Job, UnrecoverableError } from 'bullmq';
import { keepResponse } from '../modules/stored-responses/index.js';
import { keepBody, UsageStore } from '../modules/usage/index.js';
import { bodiesKept } from './metrics.js';
import type { QueueHandler } from './worker-registry.js';

/** Writes kept bodies and stored responses. They may be lost: after a few tries a job is dead. */
@Injectable()
export class BodiesWorker implements QueueHandler {
  readonly queues = [BODIES_QUEUE];
  readonly concurrency = 4;

  constructor(private readonly store: UsageStore) {}

  async handle(job: Job<unknown>): Promise<void> {
    if (job.name === RESPONSE_JOB) {
      const response = keptResponse.safeParse(job.data);
      if (!response.success) throw new UnrecoverableError(`not a kept response: ${response.error.message}`);
      return keepResponse(this.store, response.data);
    }
    const body = keptBody.safeParse(job.data);
    if (!body.success) throw new UnrecoverableError(`not a kept body: ${body.error.message}`);
    await keepBody(this.store, body.data);
    bodiesKept.inc();
  }
}
