import { once } from 'node:events';
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

/** How long a page waits for a connection that is just being made. */
const CONNECT_WAIT_MS = 1_000;

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
    return this.asked(QUEUES, (queues) => Promise.all(queues.map(stateOf)));
  }

  deadJobs(name: string): Promise<DeadJob[]> {
    return this.asked([name], async ([queue]) => {
      const jobs = await queue?.getFailed(0, SHOWN - 1);
      return (jobs ?? []).filter(Boolean).map((job) => toDeadJob(name, job));
    });
  }

  retry(name: string, jobId: string): Promise<void> {
    return this.asked([name], async ([queue]) => {
      const job = await queue?.getJob(jobId);
      if (!job || !(await job.isFailed())) throw notFound('dead job');
      await job.retry('failed', { resetAttemptsMade: true });
    });
  }

  onApplicationShutdown(): void {
    // Nothing is under way that anybody waits for.
    for (const queue of this.queues.values()) queue.close().catch(() => undefined);
    this.redis?.disconnect();
  }

  /** Asks queues, for no longer than a page waits: BullMQ itself would wait for an absent Redis without limit. */
  private async asked<Result>(
    names: readonly string[],
    ask: (queues: Queue[]) => Promise<Result>,
  ): Promise<Result> {
    if (names.some((name) => !QUEUES.includes(name))) throw notFound('queue');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), MAX_REDIS_WAIT_MS);
    });
    try {
      const redis = await this.connected();
      const work = ask(names.map((name) => this.queue(name, redis)));
      // Whoever loses the race may still fail later.
      work.catch(() => undefined);
      return await Promise.race([work, late]);
    } catch (cause) {
      if (cause instanceof ApiError) throw cause;
      const message = 'Redis does not answer, so that the queues cannot be seen.';
      throw new ApiError('service_unavailable', message, { cause });
    } finally {
      clearTimeout(timer);
    }
  }

  private async connected(): Promise<Redis> {
    this.redis ??= connectRedis(this.config.redisUrl, producerRedisOptions, this.warn);
    if (this.redis.status !== 'ready') {
      await once(this.redis, 'ready', { signal: AbortSignal.timeout(CONNECT_WAIT_MS) });
    }
    return this.redis;
  }

  private queue(name: string, connection: Redis): Queue {
    let queue = this.queues.get(name);
    if (!queue) {
      queue = new Queue(name, { connection, skipVersionCheck: true });
      queue.on('error', this.warn);
      this.queues.set(name, queue);
    }
    return queue;
  }

  private readonly warn = (error: Error): void => {
    this.logger.warn('the queue inspector lost Redis', { error });
  };
}

async function stateOf(queue: Queue): Promise<QueueState> {
  const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'completed', 'failed');
  const of = (state: string) => counts[state] ?? 0;
  return {
    name: queue.name,
    waiting: of('waiting'),
    active: of('active'),
    delayed: of('delayed'),
    completed: of('completed'),
    dead: of('failed'),
  };
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
