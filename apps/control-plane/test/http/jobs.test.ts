import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeadJob, JobsState } from '@trunkline/contracts/control-plane';
import { connectRedis, USAGE_QUEUES, workerRedisOptions } from '@trunkline/queues';
import { createTestRedis, eventually, type OwnServer } from '@trunkline/testing';
import { Queue, Worker } from 'bullmq';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Visitor } from '../support/visitor.js';

describe('the operator’s page of jobs', () => {
  let redis: OwnServer;
  let plane: TestControlPlane;
  let operator: Visitor;
  beforeAll(async () => {
    redis = await createTestRedis();
    plane = await startControlPlane({ REDIS_URL: redis.url });
    operator = plane.visitor();
    const { email } = await operator.signUp('Operator');
    await plane.client.user.update({ where: { email }, data: { role: 'operator' } });
  });
  afterAll(async () => {
    await plane.stop();
    await redis.stop();
  });

  it('shows dead jobs and lets them run again', async () => {
    const [name = ''] = USAGE_QUEUES;
    const connection = connectRedis(redis.url, workerRedisOptions, () => undefined);
    const queue = new Queue(name, { connection });
    const worker = new Worker(name, () => Promise.reject(new Error('no such wallet')), { connection });
    await queue.add('usage', { spool: 'node-0' }, { jobId: 'node-0-0', attempts: 1 });
    await eventually(async () => {
      const state = await operator.get<JobsState>('getJobs');
      expect(state.queues.find((row) => row.name === name)).toMatchObject({ dead: 1, waiting: 0 });
    });
    await worker.close();
    const params = { queue: name };
    const { items } = await operator.get<{ items: DeadJob[] }>('listDeadJobs', { params });
    expect(items).toMatchObject([
      { id: 'node-0-0', failedReason: 'no such wallet', payload: '{"spool":"node-0"}' },
    ]);
    const job = { params: { ...params, jobId: 'node-0-0' } };
    expect((await operator.call('retryDeadJob', job)).status).toBe(204);
    expect((await operator.call('retryDeadJob', job)).status).toBe(404);
    expect(await queue.getWaitingCount()).toBe(1);
    await queue.close();
    connection.disconnect();
  });

  it('knows no queue but ours', async () => {
    expect((await operator.call('listDeadJobs', { params: { queue: 'bull:other' } })).status).toBe(404);
  });

  it('says within seconds that Redis is frozen or gone, and works when it is back', async () => {
    redis.freeze();
    const started = performance.now();
    const frozen = await operator.call('getJobs');
    expect([frozen.status, performance.now() - started < 20_000]).toEqual([503, true]);
    redis.thaw();
    await eventually(async () => expect((await operator.call('getJobs')).status).toBe(200));
    await redis.kill();
    expect((await operator.call('getJobs')).status).toBe(503);
    await redis.restart();
    await eventually(async () => expect((await operator.call('getJobs')).status).toBe(200));
  });
});
