import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { chat } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const MODEL = 'openai/gpt-4o-mini';
const FAILURES_TO_OPEN = 5;
const SHARED_WITHIN_MS = 1_000;

interface OpenBreaker {
  key: string;
  scope: string;
  state: string;
  cause: string;
  leftMs: number;
}

/** Two processes over one Redis, each with a port of its own. OpenAI's offer comes first, being the maker's. */
describe('breakers of a fleet', () => {
  let fleet: TestGateway;
  const urlOf = (slot: number) => `http://127.0.0.1:${fleet.gateways[slot]?.port}`;

  beforeAll(async () => {
    fleet = await startGateway({
      models: [MODEL, 'openai/gpt-4o'],
      providers: ['openai', 'openrouter'],
      processes: 2,
      ownPorts: true,
    });
  });
  afterEach(async () => {
    fleet.simulator.control.reset();
    fleet.simulator.control.setMode({ pace: { firstTokenMs: 0, gapMs: 0, plainMs: 0 } });
    await fleet.closeBreakers();
    await eventually(async () => {
      for (const slot of [0, 1]) expect(await breakersOf(slot)).toEqual([]);
    });
  });
  afterAll(() => fleet.stop());

  /** @returns who answered, and after how many attempts */
  async function call(
    slot: number,
    model = MODEL,
  ): Promise<{ status: number; provider: string | null; attempts: number }> {
    const response = await fetch(`${urlOf(slot)}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${fleet.tenant.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(chat('[[sim text="Hello"]]', { model })),
    });
    await response.text();
    return {
      status: response.status,
      provider: response.headers.get('x-trunkline-provider'),
      attempts: Number(response.headers.get('x-trunkline-attempts')),
    };
  }

  async function breakersOf(slot: number): Promise<OpenBreaker[]> {
    const response = await fetch(`http://127.0.0.1:${fleet.gateways[slot]?.adminPort}/breakers`);
    return ((await response.json()) as { breakers: OpenBreaker[] }).breakers;
  }

  async function openInFirst(): Promise<void> {
    for (let n = 0; n < FAILURES_TO_OPEN; n += 1) {
      expect(await call(0)).toEqual({ status: 200, provider: 'openrouter', attempts: 2 });
    }
  }

  /**
   * A call is answered by the other provider at once. Only where the breaker's time is over by then, as on a busy machine,
   * one call tries, and the next one does not.
   */
  async function leavesAlone(slot: number, model: string): Promise<void> {
    const [breaker] = await breakersOf(slot);
    const began = performance.now();
    let answer = await call(slot, model);
    if (answer.attempts !== 1) {
      expect(performance.now() - began).toBeGreaterThanOrEqual(breaker?.leftMs ?? 0);
      answer = await call(slot, model);
    }
    expect(answer).toEqual({ status: 200, provider: 'openrouter', attempts: 1 });
  }

  /** What has reached the simulated OpenAI. */
  const asked = () =>
    fleet.simulator.control.counts().calls.filter(({ provider }) => provider === 'openai').length;

  it('has what one process found out known to the other within a second', async () => {
    fleet.simulator.control.setFault({ provider: 'openai', fault: 'status:500' });
    await openInFirst();
    const told = async () => {
      const [breaker] = await breakersOf(1);
      expect(breaker).toMatchObject({ scope: 'target', cause: 'failures_in_row' });
      expect(breaker?.leftMs).toBeLessThanOrEqual(2_000);
    };
    await eventually(told, { timeoutMs: SHARED_WITHIN_MS });
    await leavesAlone(1, MODEL);
    expect(await breakersOf(1)).toMatchObject([{ state: 'open' }]);
  });

  it('lets one call of the whole fleet try, and all come back as soon as that is answered', async () => {
    fleet.simulator.control.setFault({ provider: 'openai', fault: 'status:500' });
    await openInFirst();
    await eventually(async () => expect(await breakersOf(1)).toHaveLength(1));
    const before = asked();
    // Both have calls all the time; the time between two tries is two seconds, then four.
    const untilMs = performance.now() + 5_500;
    while (performance.now() < untilMs) {
      await Promise.all([call(0), call(1), call(0), call(1)]);
      await sleep(20);
    }
    const tries = asked() - before;
    expect(tries).toBeGreaterThanOrEqual(1);
    expect(tries).toBeLessThanOrEqual(2);
    fleet.simulator.control.clearFaults();
    const recoveredMs = performance.now();
    await eventually(
      async () => {
        for (const slot of [0, 1])
          expect(await call(slot)).toMatchObject({ provider: 'openai', attempts: 1 });
      },
      { timeoutMs: 10_000 },
    );
    expect(performance.now() - recoveredMs).toBeLessThan(10_000);
  });

  it('takes a refused credential out for every model that uses it, in both processes', async () => {
    fleet.simulator.control.setFault({ provider: 'openai', fault: 'status:401', options: { count: 1 } });
    expect(await call(0)).toEqual({ status: 200, provider: 'openrouter', attempts: 2 });
    await eventually(async () => expect(await breakersOf(1)).toMatchObject([{ scope: 'credential' }]), {
      timeoutMs: SHARED_WITHIN_MS,
    });
    expect(await call(1, 'openai/gpt-4o')).toEqual({ status: 200, provider: 'openrouter', attempts: 1 });
  });

  it('recognises the outage of a provider as one', async () => {
    fleet.simulator.control.setFault({ provider: 'openai', fault: 'refuse' });
    for (const model of [MODEL, 'openai/gpt-4o', MODEL, 'openai/gpt-4o']) await call(0, model);
    await eventually(
      async () => expect(await breakersOf(1)).toMatchObject([{ scope: 'entry', cause: 'outage' }]),
      { timeoutMs: SHARED_WITHIN_MS },
    );
    await leavesAlone(1, 'openai/gpt-4o');
    fleet.simulator.control.clearFaults();
    await eventually(async () => expect(await call(1)).toMatchObject({ provider: 'openai', attempts: 1 }), {
      timeoutMs: 10_000,
    });
    expect(await call(1, 'openai/gpt-4o')).toMatchObject({ provider: 'openai', attempts: 1 });
  });

  it('cools a target for the delay that its provider named, everywhere', async () => {
    fleet.simulator.control.setFault({
      provider: 'openai',
      fault: 'status:429',
      options: { count: 1, retryAfterMs: 60_000 },
    });
    expect(await call(0)).toEqual({ status: 200, provider: 'openrouter', attempts: 2 });
    await eventually(async () => expect(await breakersOf(1)).toMatchObject([{ cause: 'cooling' }]), {
      timeoutMs: SHARED_WITHIN_MS,
    });
    const [cooling] = await breakersOf(1);
    expect(cooling?.leftMs).toBeGreaterThan(55_000);
    expect(await call(1)).toMatchObject({ provider: 'openrouter', attempts: 1 });
  });

  it('goes by its own breakers while Redis is away, and tells a Redis that has forgotten', async () => {
    fleet.simulator.control.setFault({ provider: 'openai', fault: 'status:500' });
    await openInFirst();
    await eventually(async () => expect(await breakersOf(1)).toHaveLength(1));
    await fleet.redis.kill();
    expect(await call(0)).toMatchObject({ status: 200, provider: 'openrouter' });
    fleet.simulator.control.clearFaults();
    for (const slot of [0, 1]) {
      await eventually(async () => expect(await call(slot)).toMatchObject({ provider: 'openai' }), {
        timeoutMs: 10_000,
      });
    }
    fleet.simulator.control.setFault({ provider: 'openai', fault: 'status:500' });
    await openInFirst();
    expect(await breakersOf(1)).toEqual([]);
    await fleet.redis.restart();
    await eventually(async () => expect(await breakersOf(1)).toHaveLength(1), { timeoutMs: 5_000 });
  });
});
