import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { ask, chat, send } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

describe('POST /v1/chat/completions, 429', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ models: ['openai/gpt-4o-mini'], providers: ['openai'] });
  });
  afterAll(() => gateway.stop());

  it("holds a tenant's rate and says what is left of it", async () => {
    const tenant = await gateway.addTenant({ requestsPerMinute: 2 });
    const call = () => ask(gateway, { key: tenant.key, body: chat('x') });
    const first = await call();
    expect(first.headers.get('x-ratelimit-limit-requests')).toBe('2');
    expect(first.headers.get('x-ratelimit-remaining-requests')).toBe('1');
    expect(first.headers.get('x-ratelimit-reset-requests')).toMatch(/^\d+(ms|s)|^\d+m\d+s$/);
    await call();
    const third = await call();
    expect([third.status, third.json]).toMatchObject([
      429,
      { error: { type: 'rate_limit_error', code: 'rate_limit_exceeded' } },
    ]);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(third.headers.get('x-should-retry')).toBe('true');
  });

  it('holds the number of calls at a time', async () => {
    const tenant = await gateway.addTenant({ maxConcurrency: 1 });
    gateway.simulator.control.setFault({ fault: 'no_answer', options: { count: 1 } });
    const leaving = new AbortController();
    const first = send(gateway, { key: tenant.key, body: chat('x') }, leaving.signal).catch(() => 'left');
    await eventually(() =>
      expect(gateway.simulator.control.calls().calls.at(-1)).toMatchObject({ outcome: 'running' }),
    );
    const second = await ask(gateway, { key: tenant.key, body: chat('x') });
    expect([second.status, second.json]).toMatchObject([429, { error: { code: 'concurrency_limit' } }]);
    leaving.abort();
    expect(await first).toBe('left');
    await eventually(async () =>
      expect((await ask(gateway, { key: tenant.key, body: chat('x') })).status).toBe(200),
    );
  });

  it("gives the provider's delay on when every provider limits", async () => {
    gateway.simulator.control.setFault({ fault: 'status:429', options: { retryAfterMs: 30_000 } });
    const answer = await ask(gateway, { body: chat('x') });
    gateway.simulator.control.clearFaults();
    expect([answer.status, answer.json]).toMatchObject([429, { error: { code: 'provider_rate_limited' } }]);
    // What is left of it by now.
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(20);
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(30);
  });
});
