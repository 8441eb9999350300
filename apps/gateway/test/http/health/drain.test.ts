import { describe, expect, it } from '@jest/globals';
import { ask, chat, send } from '../../support/ask.js';
import { startGateway } from '../../support/start-gateway.js';

describe('a gateway that is asked to stop', () => {
  it('tells so, takes nothing new, and lets its streams finish', async () => {
    const gateway = await startGateway({ env: { GATEWAY_DRAIN_SECONDS: '30' } });
    try {
      expect((await ask(gateway, { path: '/readyz', method: 'GET', key: null })).status).toBe(200);
      expect((await fetch(`${gateway.adminUrl}/readyz`)).status).toBe(200);
      gateway.simulator.control.setFault({ fault: 'stall', options: { at: 20, delayMs: 6_000 } });
      const response = await send(gateway, { body: chat('[[sim tokens=40]]', { stream: true }) });
      const draining = gateway.drain();
      const ready = await fetch(`${gateway.adminUrl}/readyz`);
      expect([ready.status, await ready.json()]).toMatchObject([503, { reasons: ['draining'] }]);
      expect((await fetch(`${gateway.adminUrl}/healthz`)).status).toBe(200);
      await expect(fetch(`${gateway.url}/healthz`, { headers: { connection: 'close' } })).rejects.toThrow();
      expect((await response.text()).endsWith('data: [DONE]\n\n')).toBe(true);
      await draining;
    } finally {
      await gateway.stop();
    }
  });

  it('aborts and settles what does not finish in time', async () => {
    const gateway = await startGateway({ env: { GATEWAY_DRAIN_SECONDS: '1' } });
    try {
      gateway.simulator.control.setMode({ pace: { firstTokenMs: 0, gapMs: 500, plainMs: 0 } });
      const response = await send(gateway, { body: chat('[[sim tokens=400]]', { stream: true }) });
      const reading = response.text().catch(() => 'broke off');
      await gateway.drain();
      expect(await reading).not.toContain('[DONE]');
      const record = await gateway.records.of(response.headers.get('x-request-id'));
      expect(record.billingReason).toBe('client_left_after_commit');
    } finally {
      await gateway.stop();
    }
  });

  it('prints its figures for Prometheus', async () => {
    const gateway = await startGateway();
    try {
      await ask(gateway, { body: chat('hi') });
      const figures = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
      expect(figures).toMatch(
        /trunkline_gateway_requests_total\{route="\/v1\/chat\/completions",status="200"\} \d/,
      );
      expect(figures).toMatch(/trunkline_gateway_attempts_total\{provider="openai",outcome="success"\} \d/);
      expect(figures).toMatch(/trunkline_gateway_overhead_seconds_bucket/);
    } finally {
      await gateway.stop();
    }
  });
});
