import { describe, expect, it } from '@jest/globals';
import type { ProviderAdapter } from '@trunkline/providers';
import { Cancellation } from '../failover/cancellation.js';
import { FakeTime } from '../failover/testing/fake-time.js';
import { sketchTarget } from '../failover/testing/sketch-target.js';
import type { TokenHeaders } from '../upstream/access-tokens.js';
import { authorizeTarget } from './authorize-target.js';

const adapter: ProviderAdapter = {
  id: 'cloud',
  name: 'Cloud',
  protocol: 'vertex',
  baseUrl: 'http://127.0.0.1:1',
  docsUrl: 'https://example.com',
  auth: { type: 'access-token', grantOf: () => ({ kind: 'headers', headers: {} }) },
};

function ask(found: TokenHeaders | Promise<TokenHeaders>) {
  const clock = new FakeTime();
  const cancellation = new Cancellation();
  const parts = {
    clock,
    engine: { tokens: { headersFor: () => found } },
    projections: { credential: () => 'secret' },
  };
  const target = { ...sketchTarget('cloud'), credentialId: 'c' };
  const origin = { pool: null as never, pathPrefix: '' };
  const request = { path: '/', headers: {}, body: '' };
  const asked = { parts, adapter, target, origin, request, cancellation, untilMs: 2_500 };
  return { clock, cancellation, asked };
}

const token: TokenHeaders = { kind: 'headers', headers: { authorization: 'Bearer t' } };
const never = new Promise<TokenHeaders>(() => {});

describe('the token of an attempt', () => {
  it('that is at hand is there without waiting', () => {
    expect(authorizeTarget(ask(token).asked)).toBe(token);
  });

  it('is waited for while it is fetched, and leaves no timer behind', async () => {
    const { clock, asked } = ask(Promise.resolve(token));
    expect(await authorizeTarget(asked)).toBe(token);
    expect(clock.timers).toBe(0);
  });

  it('is not waited for longer than the first token of the answer would be', async () => {
    const { clock, asked } = ask(never);
    const waiting = authorizeTarget(asked);
    await clock.pass(2_500);
    expect(await waiting).toMatchObject({ kind: 'failed', failure: { outcome: 'timeout' } });
  });

  it('is not waited for when the client has gone', async () => {
    const { clock, cancellation, asked } = ask(never);
    const waiting = authorizeTarget(asked);
    cancellation.cancel();
    expect(await waiting).toMatchObject({ kind: 'failed', failure: { outcome: 'cancelled' } });
    expect(clock.timers).toBe(0);
    expect(await authorizeTarget(asked)).toMatchObject({ failure: { outcome: 'cancelled' } });
  });
});
