import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { freezeProcesses } from '@trunkline/testing';
import { disagreements, settledBooks } from '../support/books.js';
import { runLoad, type SeenCall } from '../support/load-client.js';
import { smallCall } from '../support/mixed-calls.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { redisTotals } from '../support/redis-totals.js';
import { clearCalls, simulatorCalls } from '../support/simulator-control.js';

const OUTAGE_MS = 60_000;
const CALLS_PER_SECOND = 100;

function loadDuring(platform: Platform, durationMs: number): Promise<SeenCall[]> {
  return runLoad({
    gatewayUrl: platform.env['GATEWAY_URL'] ?? '',
    apiKey: platform.env['DEMO_API_KEY'] ?? '',
    connections: 128,
    calls: Number.MAX_SAFE_INTEGER,
    untilMs: Date.now() + durationMs,
    callsPerSecond: CALLS_PER_SECOND,
    bodyOf: smallCall,
  });
}

/** Freezes a part two seconds into the load and lets it go on after a minute. */
async function loadThroughOutage(platform: Platform, part: string): Promise<SeenCall[]> {
  const load = loadDuring(platform, OUTAGE_MS + 10_000);
  await sleep(2_000);
  const goOn = freezeProcesses(await platform.pidOf(part));
  try {
    await sleep(OUTAGE_MS);
  } finally {
    goOn();
  }
  return load;
}

function refusals(seen: readonly SeenCall[]): SeenCall[] {
  return seen.filter((call) => !call.whole);
}

const PARTS = ['postgres', 'redis'] as const;
type Part = (typeof PARTS)[number];

interface Outage {
  platform: Platform;
  sinceMs: number;
  seen: SeenCall[];
}

describe('a store that is away for a minute', () => {
  const platforms = new Map<Part, Platform>();
  const outages = new Map<Part, Outage>();
  let platform: Platform;
  beforeAll(async () => {
    // Side by side, on a platform for each: it is a minute of waiting.
    await Promise.all(
      PARTS.map(async (part) => {
        const own = await startPlatform({ GATEWAY_REDIS_WAIT_MS: '50' });
        platforms.set(part, own);
        // The wallet has to be one that the processes have seen in the last minutes.
        await loadDuring(own, 3_000);
        await clearCalls(own.env);
        await sleep(6_000);
        const sinceMs = Date.now();
        outages.set(part, { platform: own, sinceMs, seen: await loadThroughOutage(own, part) });
      }),
    );
    const first = platforms.get('postgres');
    if (!first) throw new Error('there is no platform');
    platform = first;
  }, 400_000);
  afterAll(async () => {
    await Promise.all([...platforms.values()].map((each) => each.stop()));
  }, 120_000);

  it.each(PARTS)(
    'clients keep getting answers while %s is frozen, and all books agree afterwards',
    async (part) => {
      const outage = outages.get(part);
      if (!outage) throw new Error(`there was no outage of ${part}`);
      const { sinceMs, seen } = outage;
      const { env } = outage.platform;
      expect(refusals(seen).slice(0, 5)).toEqual([]);
      expect(seen.length).toBeGreaterThan((OUTAGE_MS / 1_000) * CALLS_PER_SECOND * 0.9);
      const books = await settledBooks(env['DATABASE_URL'] ?? '', sinceMs, seen, 90_000);
      expect(disagreements(seen, books, await simulatorCalls(env), 0).slice(0, 20)).toEqual([]);
      const inRedis = await redisTotals(env['REDIS_URL'] ?? '');
      for (const wallet of books.wallets.filter((each) => inRedis.has(each.id))) {
        expect(inRedis.get(wallet.id)).toEqual({
          charged: wallet.charged,
          held: 0n,
          balance: wallet.balance,
        });
      }
    },
    240_000,
  );

  it('past the allowance it answers 503 with retry-after', async () => {
    const goOn = freezeProcesses(await platform.pidOf('redis'));
    try {
      const seen = await runLoad({
        gatewayUrl: platform.env['GATEWAY_URL'] ?? '',
        apiKey: platform.env['DEMO_API_KEY'] ?? '',
        connections: 40,
        calls: 400,
        untilMs: Date.now() + 30_000,
        bodyOf: () => ({
          model: 'anthropic/claude-opus-4.1',
          max_tokens: 4_000,
          messages: [{ role: 'user', content: `Write a long story. ${'Again. '.repeat(400)}` }],
        }),
      });
      const refused = refusals(seen);
      expect(refused.length).toBeGreaterThan(0);
      for (const call of refused)
        expect({ status: call.status, told: Number(call.retryAfter) > 0 }).toEqual({
          status: 503,
          told: true,
        });
    } finally {
      goOn();
    }
  }, 200_000);

  it('a gateway that is restarted while Postgres is away serves', async () => {
    const goOn = freezeProcesses(await platform.pidOf('postgres'));
    try {
      const before = await platform.pidOf('gateway-0');
      process.kill(before, 'SIGKILL');
      process.kill(await platform.pidOf('gateway-1'), 'SIGKILL');
      const deadline = Date.now() + 60_000;
      let seen: SeenCall[] = [];
      while (Date.now() < deadline && !seen.some((call) => call.whole)) {
        await sleep(500);
        seen = await loadDuring(platform, 500);
      }
      expect(seen.filter((call) => call.whole).length).toBeGreaterThan(0);
    } finally {
      goOn();
    }
  }, 150_000);
});
