import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { disagreements, settledBooks } from '../support/books.js';
import { runLoad, type SeenCall } from '../support/load-client.js';
import { mixedCall } from '../support/mixed-calls.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { clearCalls, setPace, simulatorCalls } from '../support/simulator-control.js';

const CALLS = 2_000;
const CONNECTIONS = 20;

/** Sends the calls and lets something happen when half of them have been answered. */
async function loadWith(platform: Platform, inTheMiddle: () => Promise<void>): Promise<SeenCall[]> {
  const happening: Promise<void>[] = [];
  let answered = 0;
  const seen = await runLoad({
    gatewayUrl: platform.env['GATEWAY_URL'] ?? '',
    apiKey: platform.env['DEMO_API_KEY'] ?? '',
    connections: CONNECTIONS,
    calls: CALLS,
    bodyOf: mixedCall,
    onCall: () => {
      answered += 1;
      if (answered === CALLS / 2) happening.push(inTheMiddle());
    },
  });
  await Promise.all(happening);
  return seen;
}

/** Compares all books after the load; the figures stand in the message when something disagrees. */
async function expectBooksAgree(
  platform: Platform,
  sinceMs: number,
  seen: SeenCall[],
  kills: number,
): Promise<void> {
  const books = await settledBooks(platform.env['DATABASE_URL'] ?? '', sinceMs, seen, 120_000);
  const provider = await simulatorCalls(platform.env);
  expect(disagreements(seen, books, provider, kills).slice(0, 20)).toEqual([]);
}

describe('a part that is killed under load', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
    // It is the number of calls that matters, and not how long they take.
    await setPace(platform.env, { firstTokenMs: 40, gapMs: 2, plainMs: 60 });
  }, 400_000);
  afterAll(async () => {
    await platform?.stop();
  }, 200_000);

  it('a killed gateway process loses no answered call and charges none twice', async () => {
    await clearCalls(platform.env);
    const sinceMs = Date.now();
    const victim = await platform.pidOf('gateway-0');
    const seen = await loadWith(platform, async () => {
      process.kill(victim, 'SIGKILL');
    });
    const whole = seen.filter((call) => call.whole).length;
    expect(seen).toHaveLength(CALLS);
    // Each connection may lose the call that it had under way, and those that meet the port before the restart.
    expect(whole).toBeGreaterThanOrEqual(CALLS - CONNECTIONS * 2);
    await expectBooksAgree(platform, sinceMs, seen, 1);
  }, 400_000);

  it('a killed worker loses no answered call and charges none twice', async () => {
    await clearCalls(platform.env);
    const sinceMs = Date.now();
    const victim = await platform.pidOf('worker');
    const seen = await loadWith(platform, async () => {
      process.kill(victim, 'SIGKILL');
    });
    expect(seen.filter((call) => !call.whole)).toEqual([]);
    await expectBooksAgree(platform, sinceMs, seen, 0);
  }, 400_000);

  it('a Redis that is flushed and then killed loses no answered call and charges none twice', async () => {
    await clearCalls(platform.env);
    const sinceMs = Date.now();
    const victim = await platform.pidOf('redis');
    const seen = await loadWith(platform, async () => {
      const redis = new Redis(platform.env['REDIS_URL'] ?? '');
      await redis.flushall();
      redis.disconnect();
      process.kill(victim, 'SIGKILL');
    });
    expect(seen.filter((call) => !call.whole)).toEqual([]);
    await expectBooksAgree(platform, sinceMs, seen, 0);
  }, 400_000);
});
