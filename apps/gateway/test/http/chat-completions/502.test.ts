import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { loadCatalog } from '@trunkline/catalog';
import type { FaultName } from '@trunkline/provider-simulator';
import { ask, chat } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

/** Breakers are per offer: a model of its own for each failure keeps them apart. */
const MODELS = loadCatalog()
  .models.filter(({ kind, offers }) => {
    const plain = offers.filter(
      ({ billing, status, endpoints, deprecation }) =>
        billing === 'paygo' && status === 'active' && endpoints.includes('chat') && !deprecation,
    );
    return (
      kind === 'chat' && ['openai', 'openrouter'].every((id) => plain.some(({ provider }) => provider === id))
    );
  })
  .map(({ id }) => id);

describe('POST /v1/chat/completions, when providers fail', () => {
  let gateway: TestGateway;
  let lonely: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ models: MODELS, providers: ['openai', 'openrouter'] });
    lonely = await startGateway({ models: MODELS, providers: ['openai'] });
  });
  afterEach(() => Promise.all([gateway.closeBreakers(), lonely.closeBreakers()]));
  afterAll(() => Promise.all([gateway.stop(), lonely.stop()]));

  const failures: [FaultName, string, number, string][] = [
    ['refuse', 'transport', 502, 'provider_transport'],
    ['reset_before_headers', 'transport', 502, 'provider_transport'],
    ['html_200', 'malformed', 502, 'provider_malformed_answer'],
    ['truncated_json', 'malformed', 502, 'provider_malformed_answer'],
    ['broken_gzip', 'malformed', 502, 'provider_malformed_answer'],
    ['huge_error_body', 'server_error', 502, 'provider_error'],
    ['empty_answer', 'empty', 502, 'provider_empty_answer'],
    ['status:401', 'credential_rejected', 502, 'provider_credential_rejected'],
    ['status:402', 'quota_exhausted', 502, 'provider_quota_exhausted'],
    ['status:404', 'model_unavailable', 404, 'model_unavailable'],
    ['status:408', 'timeout', 504, 'timeout'],
    ['status:429', 'rate_limited', 429, 'provider_rate_limited'],
    ['status:500', 'server_error', 502, 'provider_error'],
    ['status:502', 'server_error', 502, 'provider_error'],
    ['status:503', 'overloaded', 503, 'provider_overloaded'],
    ['status:504', 'server_error', 502, 'provider_error'],
    ['status:529', 'overloaded', 503, 'provider_overloaded'],
  ];

  const modelFor = (fault: FaultName) => MODELS[failures.findIndex(([name]) => name === fault)] ?? '';

  it('has a model for each failure', () => {
    expect(MODELS.length).toBeGreaterThanOrEqual(failures.length);
  });

  it.each(failures)('answers from the next provider after %s', async (fault, outcome) => {
    gateway.simulator.control.setFault({ provider: 'openai', fault, options: { count: 1 } });
    const answer = await ask(gateway, { body: chat('[[sim text="Hello"]]', { model: modelFor(fault) }) });
    gateway.simulator.control.reset();
    gateway.simulator.control.setMode({ pace: { firstTokenMs: 0, gapMs: 0, plainMs: 0 } });
    expect([answer.status, answer.text]).toMatchObject([200, expect.stringContaining('Hello')]);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record.attempts.map((attempt) => attempt.outcome)).toEqual([outcome, 'success']);
  });

  it.each(failures)(
    'says what is wrong when every provider fails: %s',
    async (fault, outcome, status, code) => {
      lonely.simulator.control.setFault({ fault });
      const answer = await ask(lonely, {
        body: chat('hi', { model: modelFor(fault) }),
        headers: { 'x-trunkline-total-ms': '20000' },
      });
      lonely.simulator.control.reset();
      lonely.simulator.control.setMode({ pace: { firstTokenMs: 0, gapMs: 0, plainMs: 0 } });
      expect([answer.status, answer.json]).toMatchObject([status, { error: { code } }]);
      const record = await lonely.records.of(answer.headers.get('x-request-id'));
      expect(record).toMatchObject({ status, errorCode: code, costNanoUsd: '0' });
      expect(record.billingReason).toBe(fault === 'empty_answer' ? 'empty' : 'failed');
      expect(new Set(record.attempts.map((attempt) => attempt.outcome))).toEqual(new Set([outcome]));
    },
  );

  it('answers 504 when a provider says nothing, within the clocks that the request sets', async () => {
    lonely.simulator.control.setFault({ fault: 'no_answer' });
    const began = performance.now();
    const answer = await ask(lonely, {
      body: chat('hi', { trunkline: { timeouts: { headersMs: 200, totalMs: 1_000 } } }),
    });
    lonely.simulator.control.clearFaults();
    expect([answer.status, answer.json]).toMatchObject([504, { error: { code: 'timeout' } }]);
    expect(performance.now() - began).toBeLessThan(10_000);
    const record = await lonely.records.of(answer.headers.get('x-request-id'));
    expect(record.attempts[0]).toMatchObject({ outcome: 'timeout', clock: 'headers' });
  });

  it('goes on with the models that the request names', async () => {
    const both = await startGateway({
      models: ['openai/gpt-4o-mini', 'openai/gpt-4o'],
      providers: ['openai'],
    });
    try {
      both.simulator.control.setFault({ model: 'gpt-4o-mini', fault: 'status:500' });
      const answer = await ask(both, {
        body: chat('x', { models: ['openai/gpt-4o-mini', 'openai/gpt-4o'] }),
      });
      expect(answer.headers.get('x-trunkline-model')).toBe('openai/gpt-4o');
    } finally {
      await both.stop();
    }
  });
});
