import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { ask, chat } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const MIB = 1024 * 1024;

describe('bodies in flight', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ env: { GATEWAY_BODY_MIB: '4', GATEWAY_BODIES_IN_FLIGHT_MIB: '6' } });
  });
  afterAll(() => gateway.stop());

  /** Sends most of a body and then nothing. */
  function stuckClient(bytes: number): Socket {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${gateway.tenant.key}\r\n` +
        `content-type: application/json\r\ncontent-length: ${bytes + 10}\r\n\r\n"`,
    );
    socket.write(Buffer.alloc(bytes, 0x78));
    return socket;
  }

  it('are bounded in sum: past it 503 with retry-after, and all is well once they are gone', async () => {
    const stuck = [stuckClient(3 * MIB), stuckClient(2.5 * MIB)];
    const large = { raw: JSON.stringify(chat('x'.repeat(2 * MIB))) };
    await eventually(async () => {
      const refused = await ask(gateway, large);
      expect([refused.status, refused.json]).toMatchObject([503, { error: { code: 'overloaded' } }]);
      expect(refused.headers.get('retry-after')).toBe('1');
    });
    expect((await ask(gateway, { body: chat('small ones still pass') })).status).toBe(200);
    for (const socket of stuck) socket.destroy();
    await eventually(async () => {
      expect((await ask(gateway, large)).status).not.toBe(503);
    });
  });
});
