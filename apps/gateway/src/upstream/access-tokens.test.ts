import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { TokenGrant } from '@trunkline/providers';
import { jwtVerify } from 'jose';
import { AccessTokens, type WantedToken } from './access-tokens.js';
import { AddressGuard } from '@trunkline/outbound';
import { ConnectionPools } from './connection-pools.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('tokens of a credential', () => {
  let server: Server;
  let pools: ConnectionPools;
  let tokens: AccessTokens;
  let forms: URLSearchParams[];
  let answer: { status: number; body: unknown; afterMs: number };
  let isExpired: boolean;
  let wanted: WantedToken;

  beforeEach(async () => {
    forms = [];
    answer = { status: 200, body: null, afterMs: 0 };
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => (text += String(chunk)));
      request.on('end', () => {
        forms.push(new URLSearchParams(text));
        const body = answer.body ?? { access_token: `t${forms.length}`, expires_in: 3600 };
        setTimeout(() => response.writeHead(answer.status).end(JSON.stringify(body)), answer.afterMs);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    pools = new ConnectionPools(new AddressGuard());
    tokens = new AccessTokens(pools);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    const claims = { iss: 'me', aud: url };
    const assertion = {
      field: 'assertion',
      algorithm: 'RS256',
      keyId: 'k1',
      privateKey: pem,
      claims,
    } as const;
    const grant: TokenGrant = { kind: 'fetch', request: { url, form: { grant_type: 'jwt' }, assertion } };
    wanted = {
      credentialId: 'c',
      credential: 'secret',
      tokenUrl: url,
      trust: 'operator',
      grantOf: () => grant,
    };
    isExpired = false;
    const now = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + (isExpired ? 3_595_000 : 0));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await pools.onApplicationShutdown();
    server.closeAllConnections();
    server.close();
  });

  it('are asked for with a signed statement, once however many want one, and then at hand', async () => {
    const both = await Promise.all([tokens.headersFor(wanted), tokens.headersFor(wanted)]);
    const one = { kind: 'headers', headers: { authorization: 'Bearer t1' } };
    expect(both).toEqual([one, one]);
    expect(forms).toHaveLength(1);
    const { payload, protectedHeader } = await jwtVerify(forms[0]?.get('assertion') ?? '', publicKey);
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k1' });
    expect(payload).toMatchObject({ iss: 'me', aud: wanted.tokenUrl, exp: Number(payload.iat) + 3600 });
    // Not a promise: a call with a token at hand waits for nothing.
    expect(tokens.headersFor(wanted)).toEqual(both[0]);
  });

  it('are renewed in the background while the old one is still good', async () => {
    answer.body = { access_token: 'old', expires_in: 3600 };
    await tokens.headersFor(wanted);
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 3_400_000);
    answer.body = { access_token: 'new', expires_in: 3600 };
    expect(tokens.headersFor(wanted)).toMatchObject({ headers: { authorization: 'Bearer old' } });
    void tokens.headersFor(wanted);
    await until(() => forms.length === 2);
    await until(() => JSON.stringify(tokens.headersFor(wanted)).includes('new'));
    expect(forms).toHaveLength(2);
  });

  it('are not used past their end', async () => {
    await tokens.headersFor(wanted);
    isExpired = true;
    expect(await tokens.headersFor(wanted)).toMatchObject({ headers: { authorization: 'Bearer t2' } });
  });

  it('are fetched anew when the credential or its address is another, or the provider refused one', async () => {
    await tokens.headersFor(wanted);
    await tokens.headersFor({ ...wanted, credential: 'other' });
    tokens.forget('c');
    await tokens.headersFor({ ...wanted, credential: 'other' });
    expect(forms).toHaveLength(3);
  });

  it.each([
    [400, 'credential_rejected'],
    [503, 'overloaded'],
  ])('that are refused with %d are %s, and are asked for again', async (status, outcome) => {
    answer = { status, body: { error: 'no' }, afterMs: 0 };
    expect(await tokens.headersFor(wanted)).toMatchObject({ kind: 'failed', failure: { outcome } });
    answer = { status: 200, body: null, afterMs: 0 };
    expect(await tokens.headersFor(wanted)).toMatchObject({ kind: 'headers' });
  });

  it('of a key that cannot sign, or an endpoint that is not there, are a failure and no exception', async () => {
    const grant = (request: Partial<Extract<TokenGrant, { kind: 'fetch' }>['request']>) => ({
      ...wanted,
      credentialId: JSON.stringify(request),
      grantOf: (): TokenGrant => ({
        kind: 'fetch',
        request: { url: String(wanted.tokenUrl), form: {}, ...request },
      }),
    });
    const assertion = {
      field: 'a',
      algorithm: 'RS256',
      keyId: null,
      privateKey: 'no key',
      claims: {},
    } as const;
    expect(await tokens.headersFor(grant({ assertion }))).toMatchObject({
      failure: { outcome: 'credential_rejected' },
    });
    expect(await tokens.headersFor(grant({ url: 'http://127.0.0.1:1/token' }))).toMatchObject({
      failure: { outcome: 'transport' },
    });
    expect(await tokens.headersFor(grant({ url: 'not a URL' }))).toMatchObject({
      failure: { outcome: 'transport' },
    });
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
