import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BREAKERS_KEY } from '@trunkline/contracts';
import { createLogger } from '@trunkline/observability';
import { createTestRedis, eventually, type OwnServer } from '@trunkline/testing';
import { Redis } from 'ioredis';
import { BreakerSharing } from '../../src/failover/breakers/breaker-sharing.js';
import { CircuitBreakers, FAILURES_TO_OPEN } from '../../src/failover/circuit-breaker.js';
import { systemClock } from '../../src/failover/clock.js';
import { sketchFailure } from '../../src/failover/testing/sketch-target.js';
import { testGatewayConfig } from '../support/test-gateway-config.js';

const KEY = 'acme/one@acme|entry|credential';
const failure = sketchFailure('truncated', { statusCode: null });
const stateOf = (breakers: CircuitBreakers) => breakers.stateOf(KEY, systemClock.now());

/** Breakers of one process, shared over a real Redis, without the rest of a gateway. */
describe('the sharing of breakers', () => {
  let server: OwnServer;
  let redis: Redis;
  const running: BreakerSharing[] = [];

  beforeAll(async () => {
    server = await createTestRedis();
    redis = new Redis(server.url);
    redis.on('error', () => undefined);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((sharing) => sharing.onModuleDestroy()));
    await redis.flushall();
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  async function startProcess(): Promise<CircuitBreakers> {
    const config = await testGatewayConfig({
      databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
      redisUrl: server.url,
    });
    const breakers = new CircuitBreakers();
    const sharing = new BreakerSharing(config, breakers, createLogger({ name: 'test', level: 'silent' }));
    sharing.onModuleInit();
    running.push(sharing);
    await eventually(() => expect(breakers.book.probesAlone).toBe(false));
    return breakers;
  }

  function open(breakers: CircuitBreakers): void {
    for (let failed = 0; failed < FAILURES_TO_OPEN; failed += 1)
      breakers.failed(KEY, failure, systemClock.now());
  }

  it('tells a process that starts later what is open, and that it is closed', async () => {
    const first = await startProcess();
    // For longer than a process takes to start.
    first.failed(KEY, sketchFailure('rate_limited', { retryAfterMs: 60_000 }), systemClock.now());
    await eventually(async () => expect(await redis.hlen(BREAKERS_KEY)).toBe(3));
    const late = await startProcess();
    await eventually(() => expect(stateOf(late)).toBe('open'));
    first.closeAll();
    await eventually(() => expect(stateOf(late)).toBe('closed'), { timeoutMs: 1_000 });
  });

  it('gives one of many processes the right to probe, and another one when the first has no calls', async () => {
    const processes = await Promise.all(Array.from({ length: 5 }, startProcess));
    const [first, second] = processes;
    if (!first || !second) throw new Error('there are five');
    open(first);
    const halfOpen = () =>
      processes.filter((breakers) => breakers.peek(KEY, systemClock.now()) === 'half_open');
    await eventually(() => expect(halfOpen()).toHaveLength(1));
    const [holder] = halfOpen();
    const other = processes.find((breakers) => breakers !== holder);
    // Calls come to the other one alone: asking its state is what a call does.
    await eventually(() => expect(other && stateOf(other)).toBe('half_open'));
    await eventually(() => expect(halfOpen()).toEqual([other]));
  });

  it('gives the right to another process when the one that had it is gone', async () => {
    const first = await startProcess();
    open(first);
    await eventually(() => expect(stateOf(first)).toBe('half_open'));
    const second = await startProcess();
    await running.shift()?.onModuleDestroy();
    await eventually(() => expect(stateOf(second)).toBe('half_open'));
  });

  it('tells a Redis that was flushed again, in all processes', async () => {
    const [first, second] = [await startProcess(), await startProcess()];
    first.failed(KEY, sketchFailure('credential_rejected', { statusCode: 401 }), systemClock.now());
    await eventually(() => expect(stateOf(second)).toBe('open'));
    await redis.flushall();
    await eventually(async () => expect(await redis.hlen(BREAKERS_KEY)).toBe(3));
    expect([stateOf(first), stateOf(second)]).toEqual(['open', 'open']);
  });

  it('keeps what was opened after another process had closed it, whoever comes back to Redis first', async () => {
    const [first, second] = [await startProcess(), await startProcess()];
    const refused = sketchFailure('credential_rejected', { statusCode: 401 });
    first.failed(KEY, refused, systemClock.now());
    await eventually(() => expect(stateOf(second)).toBe('open'));
    await server.kill();
    await eventually(() => expect([first, second].every(({ book }) => book.probesAlone)).toBe(true));
    second.closeAll();
    first.closeAll();
    first.failed(KEY, refused, systemClock.now());
    await server.restart();
    await eventually(() => expect([first, second].some(({ book }) => book.probesAlone)).toBe(false));
    await eventually(() => expect(stateOf(second)).toBe('open'));
    expect(stateOf(first)).toBe('open');
  });

  it('closes for all what an operator takes out of Redis', async () => {
    const [first, second] = [await startProcess(), await startProcess()];
    first.failed(KEY, sketchFailure('credential_rejected', { statusCode: 401 }), systemClock.now());
    await eventually(() => expect(stateOf(second)).toBe('open'));
    await redis.hdel(BREAKERS_KEY, 'credential:entry|credential');
    await redis.hincrby(BREAKERS_KEY, '#version', 1);
    await eventually(() => expect([stateOf(first), stateOf(second)]).toEqual(['closed', 'closed']), {
      timeoutMs: 1_000,
    });
  });

  it('is not disturbed by what others have written there', async () => {
    await redis.hset(BREAKERS_KEY, { 'target:x': 'nonsense', '#version': '3', wrong: '1 2 {}' });
    const breakers = await startProcess();
    open(breakers);
    await eventually(() => expect(stateOf(breakers)).toBe('half_open'));
  });

  it('makes no call wait while Redis is frozen, and lets each process probe by itself', async () => {
    const breakers = await startProcess();
    open(breakers);
    server.freeze();
    const began = performance.now();
    for (let call = 0; call < 10_000; call += 1) {
      stateOf(breakers);
      breakers.begin(KEY, systemClock.now());
      breakers.released(KEY);
    }
    // Ten thousand waits, however short, would take longer on any machine.
    expect(performance.now() - began).toBeLessThan(5_000);
    await eventually(() => expect(stateOf(breakers)).toBe('half_open'));
    server.thaw();
    await eventually(() => expect(breakers.book.probesAlone).toBe(false));
  });
});
