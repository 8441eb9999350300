import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  createApiKey,
  decryptBody,
  decryptSecret,
  encryptBody,
  encryptSecret,
  hashApiKey,
  mintGatewayToken,
  mintPlaygroundToken,
  readMasterKeys,
  verifyGatewayToken,
  verifyPlaygroundToken,
} from './index.js';

const oldKey = randomBytes(32).toString('base64');
const newKey = randomBytes(32).toString('base64');
const before = readMasterKeys(oldKey);
const during = readMasterKeys(`${newKey},${oldKey}`);
const after = readMasterKeys(newKey);

describe('master keys', () => {
  it.each(['', 'short', randomBytes(31).toString('base64'), `${oldKey},`])(
    'refuses %j without repeating it',
    (text) => {
      expect(() => readMasterKeys(text)).toThrow(
        /^key \d of TRUNKLINE_MASTER_KEY is not base64 of 32 bytes$/,
      );
    },
  );
});

describe('encrypted secrets', () => {
  it('open with the key that wrapped them, also when a newer one writes', () => {
    const envelope = encryptSecret('sk-provider', before, 'credential-1');
    expect(decryptSecret(envelope, during, 'credential-1')).toBe('sk-provider');
    expect(() => decryptSecret(envelope, after, 'credential-1')).toThrow('does not hold');
  });

  it('open in their own context alone', () => {
    const envelope = encryptSecret('sk-provider', before, 'credential-1');
    expect(() => decryptSecret(envelope, before, 'credential-2')).toThrow();
  });

  it('do not open when any character was changed', () => {
    const envelope = encryptSecret('sk-provider', before, 'c');
    for (let at = 0; at < envelope.length; at++) {
      const replacement = envelope[at] === 'A' ? 'Q' : 'A';
      const changed = envelope.slice(0, at) + replacement + envelope.slice(at + 1);
      let opened: string | null = null;
      try {
        opened = decryptSecret(changed, before, 'c');
      } catch {
        continue;
      }
      // The last character of a base64url part may carry bits that no byte uses.
      expect(opened).toBe('sk-provider');
    }
  });

  it('of bodies open with their context and a rotated key', () => {
    const sealed = encryptBody(Buffer.from('hello'), before, 'call:0');
    expect(decryptBody(sealed, during, 'call:0').toString()).toBe('hello');
    expect(() => decryptBody(sealed, during, 'call:1')).toThrow();
    expect(() => decryptBody(sealed, after, 'call:0')).toThrow('does not hold');
  });
});

describe('playground tokens', () => {
  const claims = { organizationId: 'o', projectId: 'p', memberId: 'm' };

  it('say whose they are for 15 minutes', () => {
    const token = mintPlaygroundToken(claims, before, 0);
    expect(token.startsWith('pt-tl-')).toBe(true);
    expect(verifyPlaygroundToken(token, during, 899_999)).toEqual(claims);
    expect(verifyPlaygroundToken(token, during, 900_000)).toBeNull();
  });

  it.each(['', 'pt-tl-', 'pt-tl-a.b', 'pt-tl-a.b.c', 'sk-tl-abc', 'pt-tl-.'])('refuses %j', (token) => {
    expect(verifyPlaygroundToken(token, before, 0)).toBeNull();
  });

  it('are refused with another key or another payload', () => {
    const [payload, signature] = mintPlaygroundToken(claims, before, 0).slice(6).split('.');
    const other = mintPlaygroundToken({ ...claims, memberId: 'x' }, before, 0)
      .slice(6)
      .split('.')[0];
    expect(verifyPlaygroundToken(`pt-tl-${payload}.${signature}`, after, 0)).toBeNull();
    expect(verifyPlaygroundToken(`pt-tl-${other}.${signature}`, before, 0)).toBeNull();
  });
});

describe('tokens of gateways', () => {
  const caller = { organizationId: 'o', projectId: 'p', keyId: null, memberId: 'm' };

  it('say for whom they ask, for a minute', () => {
    const token = mintGatewayToken(caller, before, 0);
    expect(verifyGatewayToken(token, during, 59_999)).toEqual(caller);
    expect(verifyGatewayToken(token, during, 60_000)).toBeNull();
    expect(verifyGatewayToken(token, after, 0)).toBeNull();
  });

  it('are no tokens of the playground, nor the other way round', () => {
    const playing = { organizationId: 'o', projectId: 'p', memberId: 'm' };
    const signed = mintPlaygroundToken(playing, before, 0).slice('pt-tl-'.length);
    expect(verifyGatewayToken(`gt-tl-${signed}`, before, 0)).toBeNull();
    expect(
      verifyPlaygroundToken(`pt-tl-${mintGatewayToken(caller, before, 0).slice(6)}`, before, 0),
    ).toBeNull();
  });
});

describe('API keys', () => {
  it('are 256 random bits with a visible beginning and end', () => {
    const made = createApiKey();
    expect(made.key).toMatch(/^sk-tl-[A-Za-z0-9_-]{43}$/);
    expect(made.hash).toBe(hashApiKey(made.key));
    expect(made.key.startsWith(made.prefix) && made.key.endsWith(made.lastFour)).toBe(true);
    expect(createApiKey().key).not.toBe(made.key);
  });
});
