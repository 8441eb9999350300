import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, chat } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

describe('several gateway processes on one port', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ processes: 2 });
  });
  afterAll(() => gateway.stop());

  it('share the port and each have a port of their own', async () => {
    const [first, second] = gateway.gateways;
    expect(first?.port).toBe(second?.port);
    expect(first?.adminPort).not.toBe(second?.adminPort);
    for (const { adminPort } of gateway.gateways) {
      expect((await fetch(`http://127.0.0.1:${adminPort}/readyz`)).status).toBe(200);
    }
  });

  it('answer calls, whichever takes them', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ask(gateway, { body: chat('hi'), headers: { connection: 'close' } })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });

  it('are ready when all of them are, and not when one is gone', async () => {
    const ready = () =>
      ask(gateway, { path: '/readyz', method: 'GET', key: null, headers: { connection: 'close' } });
    expect((await ready()).status).toBe(200);
    await gateway.gateways[1]?.stop();
    const answer = await ready();
    expect([answer.status, answer.json]).toMatchObject([503, { reasons: ['process 1: does not answer'] }]);
  });
});
