import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { DeadJob, QueueState } from '@trunkline/contracts/control-plane';
import { Logger } from '@trunkline/observability';
import {
  BODIES_QUEUE,
  connectRedis,
  MAX_REDIS_WAIT_MS,
  producerRedisOptions,
  USAGE_QUEUES,
} from '@trunkline/queues';
import { type Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { ControlPlaneConfig } from '../../config/environment.js';
import { ApiError, notFound } from '../../http/api-error.js';

const QUEUES = [...USAGE_QUEUES, BODIES_QUEUE];
const SHOWN = 100;
const PAYLOAD_CHARACTERS = 4096;

/** Looks into the queues for the operator's page. Connects when it is first asked. */
@Injectable()
export class QueueInspector implements OnApplicationShutdown {
  private redis: Redis | undefined;
  private readonly queues = new Map<string, Queue>();

  constructor(
    private readonly config: ControlPlaneConfig,
    private readonly logger: Logger,
  ) {}

  states(): Promise<QueueState[]> {
    return this.within(Promise.all(QUEUES.map((name) => this.stateOf(name))));
  }

  async deadJobs(name: string): Promise<DeadJob[]> {
    const jobs = await this.within(this.queue(name).getFailed(0, SHOWN - 1));
    return jobs.filter(Boolean).map((job) => toDeadJob(name, job));
  }

  async retry(name: string, jobId: string): Promise<void> {
    const job = await this.within(this.queue(name).getJob(jobId));
    if (!job || !(await this.within(job.isFailed()))) throw notFound('dead job');
    await this.within(job.retry('failed', { resetAttemptsMade: true }));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    this.redis?.disconnect();
  }

  private async stateOf(name: string): Promise<QueueState> {
    const counts = await this.queue(name).getJobCounts('waiting', 'active', 'delayed', 'completed', 'failed');
    const of = (state: string) => counts[state] ?? 0;
    return {
      name,
      waiting: of('waiting'),
      active: of('active'),
      delayed: of('delayed'),
      completed: of('completed'),
      dead: of('failed'),
    };
  }

  private queue(name: string): Queue {
    if (!QUEUES.includes(name)) throw notFound('queue');
    const logError = (error: Error) => this.logger.warn('the queue inspector lost Redis', { error });
    this.redis ??= connectRedis(
      this.config.redisUrl,
      { ...producerRedisOptions, enableOfflineQueue: true },
      logError,
    );
    let queue = this.queues.get(name);
    if (!queue) {
      queue = new Queue(name, { connection: this.redis, skipVersionCheck: true });
      queue.on('error', logError);
      this.queues.set(name, queue);
    }
    return queue;
  }

  /** BullMQ waits without limit for an absent Redis; a page does not. */
  private async within<Result>(work: Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), MAX_REDIS_WAIT_MS);
    });
    try {
      return await Promise.race([work, late]);
    } catch (cause) {
      if (cause instanceof ApiError) throw cause;
      throw new ApiError('service_unavailable', 'Redis does not answer, so that the queues cannot be seen.', {
        cause,
      });
    } finally {
      clearTimeout(timer);
      // Whoever loses the race may still fail later.
      work.catch(() => undefined);
    }
  }
}

function toDeadJob(queue: string, job: Job): DeadJob {
  return {
    id: job.id ?? '',
    queue,
    failedReason: job.failedReason ?? '',
    attemptsMade: job.attemptsMade,
    createdAt: new Date(job.timestamp).toISOString(),
    finishedAt: job.finishedOn === undefined ? null : new Date(job.finishedOn).toISOString(),
    payload: JSON.stringify(job.data).slice(0, PAYLOAD_CHARACTERS),
  };
}
