import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Platform, startPlatform } from '../support/platform.js';

describe('what a watcher of the platform asks', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  }, 400_000);
  afterAll(async () => {
    await platform?.stop();
  }, 200_000);

  const local = (port: number): string => `http://127.0.0.1:${port}`;
  const url = (name: string): string => platform.env[name] ?? '';
  const statusOf = async (address: string): Promise<number> => (await fetch(address)).status;

  it('every part says that it lives and may get traffic', async () => {
    const { worker, gatewayAdminBase } = platform.ports;
    const parts = [
      ...['GATEWAY_URL', 'CONTROL_PLANE_URL', 'DASHBOARD_URL', 'SIMULATOR_URL'].map(url),
      ...[worker, gatewayAdminBase, gatewayAdminBase + 1].map(local),
    ];
    for (const part of parts) {
      expect([part, await statusOf(`${part}/healthz`), await statusOf(`${part}/readyz`)]).toEqual([
        part,
        200,
        200,
      ]);
    }
  });

  it('every process has metrics on a port of its own, or for who has the token', async () => {
    const { worker, controlPlaneMetrics, gatewayAdminBase } = platform.ports;
    const open = [worker, controlPlaneMetrics, gatewayAdminBase, gatewayAdminBase + 1].map(local);
    for (const part of open)
      expect(await (await fetch(`${part}/metrics`)).text()).toMatch(/^# HELP trunkline_/m);
    for (const [part, token] of [
      ['DASHBOARD_URL', 'METRICS_TOKEN'],
      ['SIMULATOR_URL', 'SIMULATOR_TOKEN'],
    ] as const) {
      expect(await statusOf(`${url(part)}/metrics`)).toBe(401);
      const answer = await fetch(`${url(part)}/metrics`, {
        headers: { authorization: `Bearer ${url(token)}` },
      });
      expect(await answer.text()).toMatch(/^# HELP trunkline_/m);
    }
    expect(await statusOf(`${url('GATEWAY_URL')}/metrics`)).toBe(404);
  });
});
