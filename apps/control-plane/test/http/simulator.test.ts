import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Platform, SimulatorFaultList } from '@trunkline/contracts/control-plane';
import { type RunningSimulator, startSimulator } from '@trunkline/provider-simulator';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Visitor } from '../support/visitor.js';

describe('the simulator’s switches', () => {
  let simulator: RunningSimulator;
  let plane: TestControlPlane;
  let visitor: Visitor;
  beforeAll(async () => {
    simulator = await startSimulator({ token: 'token' });
    plane = await startControlPlane({
      TRUNKLINE_DEMO: '1',
      SIMULATOR_URL: simulator.url,
      SIMULATOR_TOKEN: 'token',
    });
    visitor = plane.visitor();
    await visitor.signUp('Ada');
  });
  afterAll(async () => {
    await plane.stop();
    await simulator.close();
  });

  it('are thrown, read and cleared by who is logged in, and written down', async () => {
    const faults = [{ provider: 'openai', fault: 'refuse', times: 3 }];
    const set = await visitor.get<SimulatorFaultList>('setSimulatorFaults', { body: { faults } });
    expect(set.items).toMatchObject([{ provider: 'openai', fault: 'refuse', happened: 0 }]);
    expect(set.known.map(({ fault }) => fault)).toContain('refuse');
    expect(simulator.control.faults().active).toMatchObject([{ provider: 'openai', fault: 'refuse' }]);
    expect((await visitor.get<SimulatorFaultList>('listSimulatorFaults')).items).toHaveLength(1);
    expect((await visitor.call('clearSimulatorFaults')).status).toBe(204);
    expect(simulator.control.faults().active).toEqual([]);
    expect(await plane.client.auditEvent.count({ where: { action: 'simulator.set_faults' } })).toBe(2);
  });

  it('say which fault they do not know', async () => {
    const answer = await visitor.call('setSimulatorFaults', { body: { faults: [{ fault: 'earthquake' }] } });
    expect(answer.status).toBe(400);
  });

  it('show on the platform’s page only while simulated entries are there', async () => {
    expect(await visitor.get<Platform>('getPlatform')).toMatchObject({ demo: true, simulator: false });
    const entry = { providerId: 'openai', protocol: 'openai', baseUrl: simulator.url, source: 'simulator' };
    await plane.client.providerEntry.create({
      data: { id: '01a1fe1f-0000-7000-8000-00000000000f', ...entry },
    });
    expect(await visitor.get<Platform>('getPlatform')).toMatchObject({ simulator: true });
  });
});
