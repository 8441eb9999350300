import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FaultSetting } from '@trunkline/provider-simulator';
import { chat } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const MODEL = 'meta-llama/llama-3.3-70b-instruct';
/** In the order in which they are asked: one is down, one is down every other ten seconds, one is slow. */
const [DOWN, FLAPPING, SLOW, ...WELL] = ['cerebras', 'cloudflare', 'deepinfra', 'groq', 'together'];
const ORDER = [DOWN, FLAPPING, SLOW, ...WELL].flatMap((provider) => provider ?? []);

const CALLS = 20_000;
const CALLERS = 32;
const FLAP_MS = 10_000;
/** Long enough for the flapping one to come back twice. */
const LEAST_MS = 45_000;
/** Breakers have opened by then: a slow one takes the time of its own slowness. */
const OPENED_MS = 12_000;

interface Answer {
  readonly isWhole: boolean;
  readonly provider: string | null;
  readonly attempts: number;
  readonly beganMs: number;
}

describe('20,000 streams over two processes, with a provider down, one flapping and one slow', () => {
  let fleet: TestGateway;
  const answers: Answer[] = [];
  /** How long the flapping provider waited for its first call, each time that it was there again. */
  const backAfterMs: number[] = [];

  beforeAll(async () => {
    fleet = await startGateway({ models: [MODEL], providers: ORDER, processes: 2, ownPorts: true });
    // What is slow follows from how fast a target was before.
    for (const provider of ORDER)
      for (let call = 0; call < 50; call += 1) await ask(call % 2, { only: [provider] });
    await soak();
  }, 300_000);
  afterAll(() => fleet.stop());

  async function ask(slot: number, provider: Record<string, unknown>): Promise<Answer> {
    const beganMs = performance.now();
    const response = await fetch(`http://127.0.0.1:${fleet.gateways[slot]?.port}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${fleet.tenant.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(chat('[[sim text="On the line"]]', { model: MODEL, stream: true, provider })),
    });
    const text = await response.text();
    return {
      isWhole: response.status === 200 && text.includes('[DONE]'),
      provider: response.headers.get('x-trunkline-provider'),
      attempts: Number(response.headers.get('x-trunkline-attempts')),
      beganMs,
    };
  }

  async function soak(): Promise<void> {
    const beganMs = performance.now();
    let isUp = false;
    let upSinceMs: number | null = null;
    const setFaults = () => {
      const faults: FaultSetting[] = [
        { provider: DOWN ?? '', fault: 'refuse' },
        { provider: SLOW ?? '', fault: 'slow_first_token', options: { delayMs: 3_000 } },
      ];
      if (!isUp) faults.push({ provider: FLAPPING ?? '', fault: 'status:503' });
      fleet.simulator.control.setFaults(faults);
    };
    setFaults();
    const flapping = setInterval(() => {
      isUp = !isUp;
      if (upSinceMs !== null) backAfterMs.push(FLAP_MS);
      upSinceMs = isUp ? performance.now() : null;
      setFaults();
    }, FLAP_MS);
    const caller = async (slot: number): Promise<void> => {
      while (answers.length < CALLS || performance.now() - beganMs < LEAST_MS) {
        const answer = await ask(slot, { order: ORDER });
        answers.push({ ...answer, beganMs: answer.beganMs - beganMs });
        if (upSinceMs === null || answer.provider !== FLAPPING || answer.attempts !== 1) continue;
        backAfterMs.push(performance.now() - upSinceMs);
        upSinceMs = null;
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, (_, index) => caller(index % 2)));
    clearInterval(flapping);
  }

  it('fails no call', () => {
    expect(answers.length).toBeGreaterThanOrEqual(CALLS);
    expect(answers.filter(({ isWhole }) => !isWhole)).toEqual([]);
  });

  it('takes hardly more than one attempt once breakers are open', () => {
    const later = answers.filter(({ beganMs }) => beganMs > OPENED_MS);
    const attempts = later.reduce((sum, answer) => sum + answer.attempts, 0);
    expect(attempts / later.length).toBeLessThanOrEqual(1.2);
  });

  it('leaves the slow one alone once it is known', () => {
    const later = answers.filter(({ beganMs }) => beganMs > OPENED_MS);
    const slow = later.filter(({ provider }) => provider === SLOW);
    expect(slow.length / later.length).toBeLessThan(0.02);
  });

  it('sends traffic back to a recovered provider within ten seconds', () => {
    expect(backAfterMs.length).toBeGreaterThanOrEqual(2);
    for (const waitedMs of backAfterMs) expect(waitedMs).toBeLessThan(FLAP_MS);
  });
});
