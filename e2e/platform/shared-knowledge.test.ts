import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ControlPlane } from '../support/control-plane.js';
import { eventually } from '../support/eventually.js';
import { runLoad, type SeenCall } from '../support/load-client.js';
import { smallCall } from '../support/mixed-calls.js';
import { type Platform, startPlatform } from '../support/platform.js';

/** So many new connections reach every process that shares the port: the kernel spreads them. */
const CONNECTIONS = 24;
const REVOKED_WITHIN_MS = 1_000;

describe('what one gateway process knows, all know', () => {
  let platform: Platform;
  let controlPlane: ControlPlane;
  beforeAll(async () => {
    platform = await startPlatform();
    controlPlane = await ControlPlane.signIn(platform.env);
  }, 400_000);
  afterAll(async () => {
    await platform?.stop();
  }, 200_000);

  const callsWith = (apiKey: string, calls: number): Promise<SeenCall[]> =>
    runLoad({
      gatewayUrl: platform.env['GATEWAY_URL'] ?? '',
      apiKey,
      connections: Math.min(CONNECTIONS, calls),
      calls,
      bodyOf: smallCall,
    });
  const statuses = (seen: readonly SeenCall[]): number[] =>
    [...new Set(seen.map((call) => call.status ?? 0))].toSorted();

  it('a new key works on every process at once, and a revoked one on none after a second', async () => {
    const key = await controlPlane.createKey({ name: 'revoked soon' });
    expect(statuses(await callsWith(key.secret, CONNECTIONS))).toEqual([200]);
    await controlPlane.revokeKey(key.id);
    const isOut = async () => statuses(await callsWith(key.secret, CONNECTIONS)).join() === '401';
    await eventually(isOut, REVOKED_WITHIN_MS);
    // And nobody forgets it again.
    expect(await isOut()).toBe(true);
  });

  it('a rate limit counts the calls of all processes together', async () => {
    const key = await controlPlane.createKey({ name: 'ten a minute', requestsPerMinute: 10 });
    const began = performance.now();
    const seen = await callsWith(key.secret, CONNECTIONS);
    const answered = seen.filter((call) => call.status === 200).length;
    // One more is due every six seconds.
    expect(answered).toBeGreaterThanOrEqual(10);
    expect(answered).toBeLessThanOrEqual(10 + Math.floor((performance.now() - began) / 6_000));
    const refused = seen.filter((call) => call.status !== 200);
    expect(statuses(refused)).toEqual([429]);
    expect(refused.every((call) => Number(call.retryAfter) > 0)).toBe(true);
  });

  it('a budget bounds the spend over all processes and is told as 402', async () => {
    const limitNanoUsd = 200_000n;
    const key = await controlPlane.createKey({
      name: 'a fifth of a milli-dollar',
      budget: { period: 'day', limitNanoUsd: limitNanoUsd.toString() },
    });
    const seen = await callsWith(key.secret, 120);
    expect(statuses(seen)).toEqual([200, 402]);
    const spent = seen.reduce((sum, call) => sum + Math.round((call.cost ?? 0) * 1e9), 0);
    expect(BigInt(spent)).toBeLessThanOrEqual(limitNanoUsd);
  });
});
