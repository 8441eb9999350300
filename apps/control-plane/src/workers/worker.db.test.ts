import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PROJECTION_CHANNEL } from '@trunkline/contracts';
import { createPrismaClient, inTransaction, type PrismaClient } from '@trunkline/prisma';
import {
  connectRedis,
  producerRedisOptions,
  QueueProducer,
  type UsageBatch,
  usageJobId,
  usageQueueOf,
  workerRedisOptions,
} from '@trunkline/queues';
import {
  createTestPostgres,
  createTestRedis,
  eventually,
  freePorts,
  type OwnServer,
} from '@trunkline/testing';
import { Queue, Worker } from 'bullmq';
import { uuidv7 } from 'uuidv7';
import { batchOf, endedRecord, newOwner, type Owner } from '../../test/factories/usage-records.js';
import { readEnvironment } from '../config/environment.js';
import { WorkerModule } from './worker.module.js';

let postgres: OwnServer;
let redis: OwnServer;
let prisma: PrismaClient;
let producer: QueueProducer;
let worker: INestApplicationContext;
let statusUrl: string;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([createTestPostgres(), createTestRedis()]);
  prisma = createPrismaClient({ databaseUrl: postgres.url, poolSize: 4, applicationName: 'test' });
  producer = new QueueProducer({ redisUrl: redis.url, onError: () => undefined });
  const port = await freePorts(1);
  statusUrl = `http://127.0.0.1:${port}`;
  const config = readEnvironment({
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    WORKER_PORT: String(port),
    TRUNKLINE_MASTER_KEY: randomBytes(32).toString('base64'),
    SIGNUP_CREDIT_USD: '2',
    LOG_LEVEL: 'silent',
  });
  worker = await NestFactory.createApplicationContext(WorkerModule.of(config), { logger: false });
});

afterAll(async () => {
  await worker.close();
  await producer.close();
  await prisma.$disconnect();
  await Promise.all([postgres.stop(), redis.stop()]);
});

async function newWallet(): Promise<Owner> {
  const owner = newOwner();
  await prisma.wallet.create({ data: { id: owner.walletId, creditedNanoUsd: 1_000_000n } });
  return owner;
}

const send = (batch: UsageBatch, again = false) => eventually(() => producer.sendUsage(batch, { again }));
const charged = async ({ walletId }: Owner) =>
  (await prisma.wallet.findUniqueOrThrow({ where: { id: walletId } })).chargedNanoUsd;

async function readiness(): Promise<{ status: number; text: string }> {
  const response = await fetch(`${statusUrl}/readyz`);
  return { status: response.status, text: await response.text() };
}

async function withQueue<Result>(name: string, look: (queue: Queue) => Promise<Result>): Promise<Result> {
  const connection = connectRedis(
    redis.url,
    { ...producerRedisOptions, enableOfflineQueue: true },
    () => undefined,
  );
  const queue = new Queue(name, { connection });
  try {
    return await look(queue);
  } finally {
    await queue.close();
    connection.disconnect();
  }
}

describe('the worker', () => {
  it('posts batches within a moment of their sending, and says so in its metrics', async () => {
    const owner = await newWallet();
    const spool = randomUUID();
    const times: number[] = [];
    for (const [batch, sum] of [
      [batchOf(spool, 0, [endedRecord(owner, 10n), endedRecord(owner, 20n)]), 30n],
      [batchOf(spool, 2, ['broken', endedRecord(owner, 5n)]), 35n],
    ] as const) {
      const began = performance.now();
      await send(batch);
      await eventually(async () => expect(await charged(owner)).toBe(sum));
      times.push(performance.now() - began);
    }
    // A queue that is not worked at once is looked into again after seconds.
    expect(times[0]).toBeLessThan(5_000);
    // What is in Postgres is counted a moment later.
    await eventually(async () => {
      const metrics = await (await fetch(`${statusUrl}/metrics`)).text();
      expect(metrics).toContain('trunkline_usage_batches_total{result="committed"} 2');
      expect(metrics).toContain('trunkline_usage_calls_total{result="set_aside"} 1');
    });
    expect((await readiness()).status).toBe(200);
  });

  it('writes kept bodies', async () => {
    const body = { callId: uuidv7(), organizationId: uuidv7(), number: 1 as const, originalBytes: 9 };
    await eventually(() =>
      producer.sendBody({ ...body, ciphertext: Buffer.from('secret').toString('base64') }),
    );
    await eventually(async () => {
      const row = await prisma.callBody.findFirstOrThrow({ where: { callId: body.callId } });
      expect(row).toMatchObject({ number: 1, originalBytes: 9, organizationId: body.organizationId });
      expect(Buffer.from(row.ciphertext).toString()).toBe('secret');
    });
  });

  it('tells the gateways of a new organization, and gives it wallet, project and credit', async () => {
    const heard: string[] = [];
    const subscriber = connectRedis(redis.url, producerRedisOptions, () => undefined);
    await eventually(() => subscriber.subscribe(PROJECTION_CHANNEL));
    subscriber.on('message', (_, text) => heard.push(text));
    const id = uuidv7();
    await prisma.organization.create({ data: { id, name: 'New', slug: id } });
    await eventually(async () => {
      const organization = await prisma.organization.findUniqueOrThrow({
        where: { id },
        include: { account: { include: { wallet: true } }, projects: true },
      });
      expect(organization.account?.wallet.creditedNanoUsd).toBe(2_000_000_000n);
      expect(organization.projects.map((project) => project.isDefault)).toEqual([true]);
    });
    const { walletId } = await prisma.organizationAccount.findUniqueOrThrow({
      where: { organizationId: id },
    });
    await eventually(() => {
      const messages = heard.map(
        (text) => JSON.parse(text) as { kind: string; id: string; revision: string },
      );
      expect(messages).toContainEqual({ kind: 'organization', id, revision: expect.stringMatching(/^\d+$/) });
      expect(messages).toContainEqual({
        kind: 'wallet',
        id: walletId,
        revision: expect.stringMatching(/^\d+$/),
      });
    });
    subscriber.disconnect();
  });

  it('keeps a dead job where it is seen, and works it when it is sent again', async () => {
    const spool = randomUUID();
    const owner = await newWallet();
    const batch = batchOf(spool, 0, [endedRecord(owner, 7n)]);
    await withQueue(usageQueueOf(spool), async (queue) => {
      await queue.add('usage', { ...batch, to: 9 }, { jobId: usageJobId(batch) });
      await eventually(async () => expect(await queue.getJobState(usageJobId(batch))).toBe('failed'));
      await eventually(
        async () => {
          const metrics = await (await fetch(`${statusUrl}/metrics`)).text();
          expect(metrics).toContain(`trunkline_queue_jobs{queue="${queue.name}",state="failed"} 1`);
        },
        { timeoutMs: 30_000 },
      );
      const dead = await queue.getJob(usageJobId(batch));
      await dead?.updateData(batch);
    });
    await send(batch, true);
    await eventually(async () => expect(await charged(owner)).toBe(7n));
  });

  it('takes over the job of a worker that was killed', async () => {
    const owner = await newWallet();
    const busy = randomUUID();
    let spool = randomUUID();
    while (usageQueueOf(spool) !== usageQueueOf(busy)) spool = randomUUID();
    await prisma.spool.create({ data: { id: busy } });
    await withQueue(usageQueueOf(spool), async (queue) => {
      const connection = connectRedis(redis.url, workerRedisOptions, () => undefined);
      const doomed = new Worker(queue.name, null, { connection, lockDuration: 5_000, autorun: false });
      await inTransaction(prisma, async (tx) => {
        // While the queue's own worker waits for this row, the other one gets the next job.
        await tx.$queryRaw`SELECT id FROM spool WHERE id = ${busy} FOR UPDATE`;
        await send(batchOf(busy, 0, [endedRecord(owner, 1n)]));
        await eventually(async () => expect(await queue.getActiveCount()).toBe(1));
        await send(batchOf(spool, 0, [endedRecord(owner, 7n)]));
        const job = await doomed.getNextJob('a worker that dies', { block: false });
        expect(job?.id).toBe(`${spool}-0`);
      });
      await doomed.close(true);
      connection.disconnect();
    });
    await eventually(async () => expect(await charged(owner)).toBe(8n));
  });

  it('holds its batches while Postgres is frozen, says that it is not ready, and goes on', async () => {
    const owner = await newWallet();
    const spool = randomUUID();
    postgres.freeze();
    try {
      await send(batchOf(spool, 0, [endedRecord(owner, 10n)]));
      await send(batchOf(spool, 1, [endedRecord(owner, 10n)]));
      await eventually(
        async () =>
          expect(await readiness()).toMatchObject({ status: 503, text: expect.stringContaining('Postgres') }),
        { timeoutMs: 30_000 },
      );
    } finally {
      postgres.thaw();
    }
    await eventually(async () => expect(await charged(owner)).toBe(20n));
    await eventually(async () => expect((await readiness()).status).toBe(200));
  });

  it('goes on after Postgres was killed', async () => {
    const owner = await newWallet();
    const spool = randomUUID();
    await postgres.kill();
    await send(batchOf(spool, 0, [endedRecord(owner, 10n)]));
    await eventually(async () => expect((await readiness()).status).toBe(503));
    await postgres.restart();
    await eventually(async () => expect(await charged(owner)).toBe(10n));
  });

  it('says that it is not ready while Redis is frozen, and goes on', async () => {
    const owner = await newWallet();
    redis.freeze();
    try {
      await eventually(async () =>
        expect(await readiness()).toMatchObject({ status: 503, text: expect.stringContaining('Redis') }),
      );
    } finally {
      redis.thaw();
    }
    await send(batchOf(randomUUID(), 0, [endedRecord(owner, 10n)]));
    await eventually(async () => expect(await charged(owner)).toBe(10n));
  });

  it('goes on after Redis was killed and has lost everything', async () => {
    const owner = await newWallet();
    const spool = randomUUID();
    await redis.kill();
    await eventually(async () =>
      expect(await readiness()).toMatchObject({ status: 503, text: expect.stringContaining('Redis') }),
    );
    await redis.restart();
    const flusher = connectRedis(redis.url, producerRedisOptions, () => undefined);
    await eventually(() => flusher.flushall());
    flusher.disconnect();
    const batch = batchOf(spool, 0, [endedRecord(owner, 10n)]);
    await send(batch);
    await eventually(async () => expect(await charged(owner)).toBe(10n));
  });
});
