import { type JobsOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { connectRedis, MAX_REDIS_WAIT_MS, producerRedisOptions } from './connection.js';
import { BODIES_QUEUE, bodyJobId, bodyJobOptions, type KeptBody } from './kept-bodies.js';
import { RESPONSE_JOB, responseJobId, type KeptResponse } from './kept-responses.js';
import { type UsageBatch, usageJobId, usageJobOptions, usageQueueOf } from './usage-batches.js';

export interface QueueProducerOptions {
  redisUrl: string;
  /** Hears of lost connections; never throws. */
  onError: (error: Error) => void;
}

/**
 * Adds jobs. Everything in it fails fast while Redis is away and within 5 s while it is frozen, and keeps nothing in
 * memory: who adds has the job elsewhere and tries again. Never await it on a request.
 */
export class QueueProducer {
  private readonly redis: Redis;
  private readonly queues = new Map<string, Promise<Queue>>();

  constructor(private readonly options: QueueProducerOptions) {
    this.redis = connectRedis(options.redisUrl, producerRedisOptions, options.onError);
  }

  /**
   * Sends a batch. Sending it again is harmless: its id is that of the job that may still be there; a dead one is
   * brought back to life.
   * @throws Error when Redis does not answer
   */
  async sendUsage(batch: UsageBatch, options: { again: boolean }): Promise<void> {
    const queue = await this.queue(usageQueueOf(batch.spool));
    const jobId = usageJobId(batch);
    if (options.again && (await within(queue.getJobState(jobId))) === 'failed') {
      // BullMQ would keep the dead job and silently ignore the new one.
      await within(queue.getJob(jobId).then((job) => job?.retry('failed', { resetAttemptsMade: true })));
      return;
    }
    await this.add(queue, 'usage', batch, { ...usageJobOptions, jobId });
  }

  /** @throws Error when Redis does not answer */
  async sendBody(body: KeptBody): Promise<void> {
    await this.add(await this.queue(BODIES_QUEUE), 'body', body, {
      ...bodyJobOptions,
      jobId: bodyJobId(body),
    });
  }

  /** @throws Error when Redis does not answer */
  async sendResponse(response: KeptResponse): Promise<void> {
    await this.add(await this.queue(BODIES_QUEUE), RESPONSE_JOB, response, {
      ...bodyJobOptions,
      jobId: responseJobId(response),
    });
  }

  /** Bodies and responses that wait to be worked. @throws Error when Redis does not answer */
  async waitingBodies(): Promise<number> {
    const queue = await this.queue(BODIES_QUEUE);
    return within(queue.getWaitingCount());
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.queues.values());
    for (const result of opened)
      if (result.status === 'fulfilled') await result.value.close().catch(this.options.onError);
    this.redis.disconnect();
  }

  private async add(queue: Queue, name: string, data: object, options: JobsOptions): Promise<void> {
    await within(queue.add(name, data, options));
  }

  private queue(name: string): Promise<Queue> {
    // `Queue.add` waits without limit for an absent Redis, so it is not called then.
    if (this.redis.status !== 'ready') return Promise.reject(new Error('Redis is not connected'));
    let opening = this.queues.get(name);
    if (!opening) {
      opening = this.open(name);
      this.queues.set(name, opening);
      // A queue whose first look at Redis failed stays broken for ever: the next one begins anew.
      opening.catch(() => this.queues.delete(name));
    }
    return opening;
  }

  private async open(name: string): Promise<Queue> {
    const queue = new Queue(name, { connection: this.redis, skipVersionCheck: true });
    queue.on('error', this.options.onError);
    try {
      await within(queue.waitUntilReady());
      return queue;
    } catch (error) {
      queue.close().catch(this.options.onError);
      throw error;
    }
  }
}

/** BullMQ's promises may outlive their connection; nobody waits for one longer than for Redis itself. */
async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the queue did not answer in time')), MAX_REDIS_WAIT_MS + 500);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
