import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool } from 'undici';
import { AddressGuard } from './address-guard.js';
import { guardedConnector, type GuardedConnectorOptions } from './guarded-connector.js';

let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((_, response) => response.end('inside'));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => void server.close());

const answering =
  (...addresses: string[]): GuardedConnectorOptions['resolve'] =>
  (_hostname, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

async function get(host: string, allowed: string[] = [], resolve?: GuardedConnectorOptions['resolve']) {
  const connect = guardedConnector({
    guard: new AddressGuard(allowed),
    timeoutMs: 10_000,
    ...(resolve ? { resolve } : {}),
  });
  const pool = new Pool(`http://${host}:${port}`, { connect });
  try {
    const { body } = await pool.request({ method: 'GET', path: '/' });
    return await body.text();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  } finally {
    await pool.destroy();
  }
}

describe('a guarded connection', () => {
  it.each([
    '127.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    '0x7f.1',
    '2130706433',
    'localhost',
    '10.1.2.3',
  ])('is not made to %s', async (host) => {
    expect(await get(host)).toBe('ERR_ADDRESS_NOT_PUBLIC');
  });

  it('is not made to a name with one inward address among public ones', async () => {
    expect(await get('rebinding.example', [], answering('93.184.216.34', '127.0.0.1'))).toBe(
      'ERR_ADDRESS_NOT_PUBLIC',
    );
    expect(await get('nothing.example', [], answering())).toBe('ERR_ADDRESS_NOT_PUBLIC');
  });

  it('goes to the very address that was checked', async () => {
    let asked = 0;
    const changing: GuardedConnectorOptions['resolve'] = (hostname, options, callback) => {
      asked += 1;
      answering(asked === 1 ? '127.0.0.1' : '10.0.0.1')?.(hostname, options, callback);
    };
    expect(await get('mine.example', ['127.0.0.0/8'], changing)).toBe('inside');
    expect(asked).toBe(1);
  });

  it('is made inside where the operator allows it', async () => {
    expect(await get('127.0.0.1', ['127.0.0.1'])).toBe('inside');
    expect(await get('127.0.0.1', ['10.0.0.0/8'])).toBe('ERR_ADDRESS_NOT_PUBLIC');
  });
});

describe('a guard', () => {
  it('knows public addresses, and networks that it was told', () => {
    const guard = new AddressGuard(['10.0.0.0/8', 'fd00::/8']);
    expect(['93.184.216.34', '2606:4700::1111', '10.9.8.7', 'fd12::1'].every((ip) => guard.allows(ip))).toBe(
      true,
    );
    expect(['192.168.1.1', 'fe80::1', 'nonsense', '::ffff:10.9.8.7'].some((ip) => guard.allows(ip))).toBe(
      false,
    );
  });

  it('refuses what is no network', () => {
    for (const network of ['10.0.0.0/33', 'example.com', '', '::/129'])
      expect(() => new AddressGuard([network])).toThrow(RangeError);
  });

  it('lets a URL with a name pass until it is connected to', () => {
    const guard = new AddressGuard();
    expect(guard.allowsUrl(new URL('https://llm.example/v1'))).toBe(true);
    expect(guard.allowsUrl(new URL('http://169.254.169.254/'))).toBe(false);
    expect(guard.allowsUrl(new URL('http://[::1]:8000/'))).toBe(false);
  });
});
