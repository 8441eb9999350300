import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { ask } from '../../support/ask.js';
import { serviceAccount } from '../../support/service-account.js';
import { signedBedrock } from '../../support/signed-bedrock.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const GEMINI = 'google/gemini-3-flash-preview';
const content = 'How many tokens has this sentence, and how many has the answer?';
const messages = [{ role: 'user', content }];

describe('POST /v1/messages/count_tokens of a model whose provider counts', () => {
  let gateway: TestGateway;
  const count = async (model: string, more: Record<string, unknown> = {}) => {
    const answer = await ask(gateway, {
      path: '/v1/messages/count_tokens',
      body: { model, messages, ...more },
    });
    return {
      status: answer.status,
      by: answer.headers.get('x-trunkline-counted-by'),
      json: answer.json,
      tokens: Number(answer.json['input_tokens']),
    };
  };
  const latest = () => gateway.simulator.control.calls().latest;
  const lastPath = () => gateway.simulator.control.request(latest())?.path;

  beforeAll(async () => {
    gateway = await startGateway({
      models: [CLAUDE, GEMINI],
      providers: ['anthropic', 'vertex', 'google'],
      paths: { vertex: '/v1/projects/p/locations/us-east5', google: '/v1beta' },
      entries: { vertex: { credential: serviceAccount('sim-vertex-1'), tokenPath: '/token' } },
    });
    await gateway.addEntry(signedBedrock(gateway.simulator));
    await eventually(async () => {
      const first = await count(CLAUDE, { provider: { only: ['bedrock'] } });
      if (first.status !== 200) throw new Error('Bedrock is not known yet');
    });
    gateway.simulator.control.setRecording(true);
  });
  afterEach(async () => {
    gateway.simulator.control.clearFaults();
    await gateway.closeBreakers();
  });
  afterAll(() => gateway.stop());

  it.each([
    ['anthropic', CLAUDE, '/v1/messages/count_tokens'],
    ['vertex', CLAUDE, '/publishers/anthropic/models/count-tokens:rawPredict'],
    ['bedrock', CLAUDE, '/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/count-tokens'],
    ['google', GEMINI, '/v1beta/models/gemini-3-flash-preview:countTokens'],
    ['vertex', GEMINI, '/publishers/google/models/gemini-3-flash-preview:countTokens'],
  ])('answers what %s counts for %s', async (provider, model, path) => {
    const only = { provider: { only: [provider] }, system: 'Be brief.', max_tokens: 99, temperature: 1 };
    const counted = await count(model, only);
    expect([counted.status, counted.by, lastPath()]).toEqual([
      200,
      'provider',
      expect.stringContaining(path),
    ]);
    const answered = await ask(gateway, { path: '/v1/messages', body: { model, messages, ...only } });
    expect(answered.status).toBe(200);
    expect(counted.json).toEqual({
      input_tokens: (answered.json['usage'] as { input_tokens: number }).input_tokens,
    });
  });

  it.each(['status:500', 'status:404', 'status:429', 'html_200', 'no_answer', 'refuse'] as const)(
    'estimates when the provider fails with %s, and calls nobody else',
    async (fault) => {
      gateway.simulator.control.setFault({ provider: 'anthropic', fault });
      const before = latest();
      const startedMs = Date.now();
      const counted = await count(CLAUDE, { provider: { order: ['anthropic', 'bedrock'] } });
      expect(Date.now() - startedMs).toBeLessThan(8_000);
      expect([counted.status, counted.by]).toEqual([200, 'estimate']);
      expect(counted.tokens).toBeGreaterThan(5);
      expect(latest() - before).toBeLessThanOrEqual(1);
    },
  );

  it('charges nothing, and closes no way by a count that failed', async () => {
    gateway.simulator.control.setFault({ provider: 'anthropic', fault: 'status:500' });
    const only = { provider: { only: ['anthropic'] } };
    for (let i = 0; i < 8; i += 1) await count(CLAUDE, only);
    gateway.simulator.control.clearFaults();
    const body = { model: CLAUDE, max_tokens: 9, messages, ...only };
    const answered = await ask(gateway, { path: '/v1/messages', body });
    expect(answered.status).toBe(200);
    await gateway.records.of(answered.headers.get('x-request-id'));
    expect(gateway.records.all().filter(({ attempts }) => attempts.length === 0)).toEqual([]);
    expect(gateway.records.all().map(({ endpoint }) => endpoint)).not.toContain('count_tokens');
  });
});
