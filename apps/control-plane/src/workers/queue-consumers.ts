import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { connectRedis, workerRedisOptions } from '@trunkline/queues';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { ControlPlaneConfig } from '../config/environment.js';
import { BodiesWorker } from './bodies.worker.js';
import { UsageBatchesWorker } from './usage-batches.worker.js';
import { handlersByQueue, type QueueHandler } from './worker-registry.js';

/**
 * A job whose worker was killed goes to another one after at most lock + check. A worker that only lost its lock for a
 * moment shares the job then: handlers bear to be run twice.
 */
const JOB_LOCK_MS = 5_000;
const STALLED_CHECK_MS = 2_500;

/** Takes jobs from every queue and gives them to its handler. */
@Injectable()
export class QueueConsumers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly workers: Worker[] = [];
  private readonly redis: Redis;

  constructor(
    config: ControlPlaneConfig,
    private readonly logger: Logger,
    usageBatches: UsageBatchesWorker,
    bodies: BodiesWorker,
  ) {
    this.redis = connectRedis(config.redisUrl, workerRedisOptions, this.heard);
    for (const [queue, handler] of handlersByQueue([usageBatches, bodies]))
      this.workers.push(this.worker(queue, handler));
  }

  /** Why this process does no work; empty when it does. */
  notReady(): string[] {
    return this.workers.every((worker) => worker.isRunning()) ? [] : ['a queue is not worked'];
  }

  onApplicationBootstrap(): void {
    for (const worker of this.workers) worker.run().catch(this.heard);
  }

  /** Lets running jobs end. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.workers.map((worker) => worker.close().catch(this.heard)));
    this.redis.disconnect();
  }

  private worker(queue: string, handler: QueueHandler): Worker {
    const worker = new Worker(queue, (job) => handler.handle(job, this.stopping.signal), {
      connection: this.redis,
      autorun: false,
      concurrency: handler.concurrency,
      lockDuration: JOB_LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      // A job is not to blame for the workers that died with it.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: 500,
      skipVersionCheck: true,
    });
    worker.on('error', this.heard);
    worker.on('failed', (job, error) => {
      const dead = job === undefined || job.finishedOn !== undefined;
      this.logger[dead ? 'error' : 'warn'](dead ? 'a job is dead' : 'a job failed and will be tried again', {
        queue,
        job: job?.id,
        error,
      });
    });
    return worker;
  }

  private readonly heard = (error: Error): void => {
    this.logger.debug('a queue lost its connection', { error });
  };
}
