import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Me } from '@trunkline/contracts/control-plane';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';

/** A time-based one-time password (RFC 6238): SHA-1, 30 seconds, six digits. */
function oneTimePassword(uri: string): string {
  const secret = decodeBase32(new URL(uri).searchParams.get('secret') ?? '');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function decodeBase32(text: string): Buffer {
  const bits = Array.from(text.replaceAll('=', ''))
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}

describe('two-factor authentication', () => {
  let plane: TestControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane.stop());

  it('asks for the second factor once it is set up, and lets in with it', async () => {
    const visitor = plane.visitor();
    const { email, password } = await visitor.signUp('Careful');
    const enabled = await visitor.send('POST', '/api/auth/two-factor/enable', { password });
    const { totpURI } = enabled.json as { totpURI: string };
    const code = () => ({ code: oneTimePassword(totpURI) });
    expect((await visitor.send('POST', '/api/auth/two-factor/verify-totp', code())).status).toBe(200);
    expect(await visitor.get<Me>('getMe')).toMatchObject({ twoFactorEnabled: true });
    const stored = await plane.client.twoFactor.findFirstOrThrow();
    expect(stored.secret).not.toContain(new URL(totpURI).searchParams.get('secret') ?? 'none');

    const later = plane.visitor();
    const first = await later.signIn(email);
    expect(first.json).toMatchObject({ twoFactorRedirect: true });
    expect((await later.call('getMe')).status).toBe(401);
    expect((await later.send('POST', '/api/auth/two-factor/verify-totp', { code: '000000' })).status).toBe(
      401,
    );
    expect((await later.send('POST', '/api/auth/two-factor/verify-totp', code())).status).toBe(200);
    expect((await later.call('getMe')).status).toBe(200);
  });
});
