import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { BODIES_QUEUE, connectRedis, producerRedisOptions, USAGE_QUEUES } from '@trunkline/queues';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { ControlPlaneConfig } from '../config/environment.js';
import { queuedJobs } from './metrics.js';
import { PeriodicTask } from './periodic-task.js';

const WATCH_MS = 5_000;
const STATES = ['waiting', 'active', 'delayed', 'failed'] as const;

/** Counts the jobs of every queue, the dead ones above all. */
@Injectable()
export class QueueWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly redis: Redis;
  private readonly task: PeriodicTask;
  private queues: Queue[] = [];

  constructor(
    config: ControlPlaneConfig,
    private readonly logger: Logger,
  ) {
    this.redis = connectRedis(config.redisUrl, producerRedisOptions, this.heard);
    this.task = new PeriodicTask({
      name: 'watching the queues',
      everyMs: WATCH_MS,
      logger,
      work: () => this.watch(),
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
    await Promise.all(this.queues.map((queue) => queue.close().catch(this.heard)));
    this.redis.disconnect();
  }

  private async watch(): Promise<void> {
    // A queue that was made while Redis was away stays broken.
    if (this.redis.status !== 'ready') return;
    if (this.queues.length === 0)
      this.queues = [...USAGE_QUEUES, BODIES_QUEUE].map((name) => this.open(name));
    for (const queue of this.queues) {
      const counts = await queue.getJobCounts(...STATES);
      for (const state of STATES) queuedJobs.set({ queue: queue.name, state }, counts[state] ?? 0);
    }
  }

  private open(name: string): Queue {
    const queue = new Queue(name, { connection: this.redis, skipVersionCheck: true });
    queue.on('error', this.heard);
    return queue;
  }

  private readonly heard = (error: Error): void => {
    this.logger.debug('the queue watch lost its connection', { error });
  };
}
