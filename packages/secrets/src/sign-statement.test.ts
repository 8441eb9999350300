import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { jwtVerify } from 'jose';
import { signStatement } from './sign-statement.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const claims = { iss: 'me', aud: 'https://example.com/token' };

it('a statement is signed and holds for an hour', async () => {
  const signed = await signStatement({ algorithm: 'RS256', keyId: 'k1', privateKey: pem, claims });
  const { payload, protectedHeader } = await jwtVerify(signed ?? '', publicKey);
  expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k1' });
  expect(payload).toMatchObject({ ...claims, exp: Number(payload.iat) + 3600 });
});

it('a key that is none signs nothing', async () => {
  expect(await signStatement({ algorithm: 'RS256', keyId: null, privateKey: 'secret', claims })).toBeNull();
});
