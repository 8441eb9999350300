import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestRedis, eventually, type OwnServer } from '@trunkline/testing';
import { Queue, Worker } from 'bullmq';
import {
  connectRedis,
  producerRedisOptions,
  QueueProducer,
  usageBatch,
  type UsageBatch,
  usageQueueOf,
  workerRedisOptions,
} from './index.js';

const batch = (spool: string, from: number): UsageBatch => ({ spool, from, to: from + 1, records: ['{}'] });

describe('QueueProducer', () => {
  let redis: OwnServer;
  let producer: QueueProducer;
  const errors: Error[] = [];

  beforeAll(async () => {
    redis = await createTestRedis();
    producer = new QueueProducer({ redisUrl: redis.url, onError: (error) => errors.push(error) });
  });
  afterAll(async () => {
    await producer.close();
    await redis.stop();
  });

  const inspect = async <T>(spool: string, look: (queue: Queue) => Promise<T>): Promise<T> => {
    const connection = connectRedis(
      redis.url,
      { ...producerRedisOptions, enableOfflineQueue: true },
      () => undefined,
    );
    const queue = new Queue(usageQueueOf(spool), { connection });
    try {
      return await look(queue);
    } finally {
      await queue.close();
      connection.disconnect();
    }
  };

  it('sends a batch once, however often it is sent', async () => {
    const spool = randomUUID();
    await eventually(() => producer.sendUsage(batch(spool, 0), { again: false }));
    await producer.sendUsage(batch(spool, 0), { again: false });
    await producer.sendUsage(batch(spool, 0), { again: true });
    await inspect(spool, async (queue) => {
      expect(await queue.getWaitingCount()).toBe(1);
      const job = await queue.getJob(`${spool}-0`);
      expect(usageBatch.parse(job?.data)).toEqual(batch(spool, 0));
      await queue.obliterate({ force: true });
    });
  });

  it('brings a dead batch back to life when it is sent again', async () => {
    const spool = randomUUID();
    await producer.sendUsage(batch(spool, 7), { again: false });
    await inspect(spool, async (queue) => {
      const connection = connectRedis(redis.url, workerRedisOptions, () => undefined);
      let works = false;
      const done: string[] = [];
      const worker = new Worker(
        queue.name,
        (job) => {
          if (!works) throw new UnrecoverableHere();
          done.push(job.id ?? '');
          return Promise.resolve();
        },
        { connection },
      );
      worker.on('error', () => undefined);
      await eventually(
        async () => {
          const job = await queue.getJob(`${spool}-7`);
          if ((await job?.getState()) !== 'failed') {
            await job?.promote().catch(() => undefined);
            throw new Error('still alive');
          }
        },
        { timeoutMs: 30_000 },
      );
      works = true;
      await producer.sendUsage(batch(spool, 7), { again: true });
      await eventually(() => expect(done).toEqual([`${spool}-7`]));
      await worker.close();
      connection.disconnect();
    });
  });

  it('fails fast while Redis is away, within seconds while it is frozen, and works again afterwards', async () => {
    const spool = randomUUID();
    redis.freeze();
    const frozen = performance.now();
    await expect(producer.sendUsage(batch(spool, 0), { again: false })).rejects.toThrow();
    expect(performance.now() - frozen).toBeLessThan(20_000);
    redis.thaw();
    await redis.kill();
    await eventually(() => expect(errors.length).toBeGreaterThan(0));
    const gone = performance.now();
    await expect(producer.sendUsage(batch(spool, 0), { again: false })).rejects.toThrow();
    expect(performance.now() - gone).toBeLessThan(4_000);
    await redis.restart();
    await eventually(() => producer.sendUsage(batch(spool, 0), { again: false }));
  });
});

class UnrecoverableHere extends Error {
  override name = 'UnrecoverableError';
}
