import { describe, expect, it } from '@jest/globals';
import type { ChatRequest, PolicyFailover, TrunklineOptions } from '@trunkline/contracts';
import { failoverWishes } from './failover-wishes.js';
import { readWishes } from './header-wishes.js';
import type { RequestContext } from './request-context.js';

interface Said {
  body?: TrunklineOptions;
  headers?: Record<string, string>;
  policy?: PolicyFailover;
}

function wishesOf({ body, headers = {}, policy }: Said) {
  const request: ChatRequest = {
    messages: [],
    response_format: { type: 'json_object' },
    ...(body ? { trunkline: body } : {}),
  };
  const context = {
    wishes: readWishes(headers),
    principal: policy ? { policy: { failover: policy } } : null,
  } as unknown as RequestContext;
  return failoverWishes(request, context);
}

describe('failoverWishes', () => {
  it('is the product’s defaults where nobody says anything', () => {
    expect(wishesOf({})).toEqual({
      timeouts: {},
      rescue: true,
      rescueOtherModels: true,
      holdBack: null,
      hedge: null,
      keepAliveEarly: false,
      outputCheck: null,
      fallbackModels: [],
    });
  });

  it('lets each clock be set by the body, else a header, else the policy', () => {
    const policy = { connectMs: 1, headersMs: 1, firstTokenMs: 1, rescue: false };
    const headers = { 'x-trunkline-headers-ms': '2', 'x-trunkline-first-token-ms': '2' };
    const { timeouts } = wishesOf({ body: { timeouts: { firstTokenMs: 3 } }, headers, policy });
    expect(timeouts).toEqual({ connectMs: 1, headersMs: 2, firstTokenMs: 3 });
  });

  it.each<[string, Said, boolean]>([
    ['the policy', { policy: { rescue: false } }, false],
    ['a header', { policy: { rescue: false }, headers: { 'x-trunkline-rescue': 'on' } }, true],
    ['the body', { body: { rescue: false }, headers: { 'x-trunkline-rescue': 'on' } }, false],
  ])('switches rescue as %s says', (_, said, expected) => {
    expect(wishesOf(said).rescue).toBe(expected);
  });

  it('keeps what the policy says of hold-back and models where the request only switches rescue on', () => {
    const policy: PolicyFailover = { rescue: { holdBackTokens: 40, holdBackMs: 800, otherModels: false } };
    const held = { rescue: true, rescueOtherModels: false, holdBack: { tokens: 40, ms: 800 } };
    expect(wishesOf({ policy })).toMatchObject(held);
    expect(wishesOf({ policy, headers: { 'x-trunkline-rescue': 'on' } })).toMatchObject(held);
    expect(wishesOf({ policy, body: { rescue: { holdBackMs: 0 } } })).toMatchObject({
      holdBack: { tokens: 40, ms: 0 },
    });
    expect(wishesOf({ policy, body: { rescue: false } }).holdBack).toBeNull();
  });

  it('keeps the policy’s delay where the request only wishes for a hedge', () => {
    const policy = { hedge: { afterMs: 700 } };
    expect(wishesOf({ policy }).hedge).toEqual({ afterMs: 700 });
    expect(wishesOf({ policy, body: { hedge: true } }).hedge).toEqual({ afterMs: 700 });
    expect(wishesOf({ policy, body: { hedge: { afterMs: 100 } } }).hedge).toEqual({ afterMs: 100 });
    expect(wishesOf({ policy, headers: { 'x-trunkline-hedge': 'off' } }).hedge).toBeNull();
    expect(wishesOf({ policy: { hedge: false } }).hedge).toBeNull();
  });

  it('lets the request take back early keep-alives and checks', () => {
    const policy: PolicyFailover = { keepAlive: 'early', alsoOn: ['invalid_output'] };
    expect(wishesOf({ policy })).toMatchObject({ keepAliveEarly: true, outputCheck: expect.anything() });
    expect(wishesOf({ policy, headers: { 'x-trunkline-keep-alive': 'commit' } }).keepAliveEarly).toBe(false);
    expect(wishesOf({ policy, body: { keepAlive: 'commit', alsoOn: [] } })).toMatchObject({
      keepAliveEarly: false,
      outputCheck: null,
    });
  });

  it('names a clock of the body that is set to more than an hour', () => {
    expect(() => wishesOf({ body: { timeouts: { gapMs: 3_600_001 } } })).toThrow('trunkline.timeouts.gapMs');
  });
});
