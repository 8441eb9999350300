import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HEALTH_KEY, type HealthReport } from '@trunkline/contracts';
import { Redis } from 'ioredis';
import { ask, chat } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

const MODEL = 'openai/gpt-4o-mini';
const figures = {
  attempts: 40,
  uptimePpm: 975_000,
  errorPpm: 30_000,
  firstTokenMs: { p50: 210, p75: 300, p90: 480, p95: 700, p99: 1_900 },
  tokensPerSecond: { p50: 90, p75: 70, p90: 50, p95: 40, p99: 12 },
};
const report: HealthReport = {
  madeAtMs: Date.now(),
  targets: [
    {
      providerId: 'openai',
      modelId: MODEL,
      windows: {
        '5m': { ...figures, uptimePpm: null },
        '30m': figures,
        '24h': { ...figures, uptimePpm: 999_000 },
      },
    },
  ],
};

describe('GET /v1/models/{author}/{slug}/endpoints', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({
      providers: ['openai', 'openrouter'],
      models: [MODEL, 'deepseek/deepseek-r1'],
    });
    const redis = new Redis(gateway.redis.url);
    await redis.set(HEALTH_KEY, JSON.stringify(report));
    redis.disconnect();
  });
  afterAll(() => gateway.stop());

  const get = (path: string, key?: string | null) =>
    ask(gateway, { path, method: 'GET', ...(key === undefined ? {} : { key }) });

  it.each(['/v1', '/api/v1'])('tells prices, room and health of each offer: %s', async (prefix) => {
    const { status, json } = await get(`${prefix}/models/${MODEL}/endpoints`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      data: {
        id: MODEL,
        name: expect.any(String),
        created: expect.any(Number),
        architecture: { input_modalities: expect.arrayContaining(['text']), output_modalities: ['text'] },
      },
    });
    const { endpoints } = json['data'] as { endpoints: Record<string, unknown>[] };
    expect(endpoints.map(({ tag }) => tag).toSorted()).toEqual(['openai', 'openrouter']);
    expect(endpoints.find(({ tag }) => tag === 'openai')).toEqual({
      name: `OpenAI | ${MODEL}`,
      model_id: MODEL,
      model_name: expect.any(String),
      context_length: 128_000,
      pricing: expect.objectContaining({ prompt: '0.00000015', completion: '0.0000006' }),
      provider_name: 'OpenAI',
      tag: 'openai',
      quantization: null,
      max_completion_tokens: 16_384,
      max_prompt_tokens: null,
      supported_parameters: expect.arrayContaining(['tools', 'temperature']),
      supports_implicit_caching: true,
      status: 0,
      uptime_last_5m: null,
      uptime_last_30m: 97.5,
      uptime_last_1d: 99.9,
      latency_last_30m: { p50: 210, p75: 300, p90: 480, p99: 1_900 },
      throughput_last_30m: { p50: 90, p75: 70, p90: 50, p99: 12 },
    });
    expect(endpoints.find(({ tag }) => tag === 'openrouter')).toMatchObject({
      status: 0,
      uptime_last_30m: null,
      latency_last_30m: null,
    });
  });

  it('says which offer is out', async () => {
    gateway.simulator.control.setFault({ provider: 'openai', fault: 'status:401', options: { count: 1 } });
    expect((await ask(gateway, { body: chat('x', { model: MODEL }) })).status).toBe(200);
    const { json } = await get(`/v1/models/${MODEL}/endpoints`);
    const { endpoints } = json['data'] as { endpoints: { tag: string; status: number }[] };
    expect(endpoints.find(({ tag }) => tag === 'openai')?.status).toBe(-1);
    expect(endpoints.find(({ tag }) => tag === 'openrouter')?.status).toBe(0);
    await gateway.closeBreakers();
  });

  it('answers 404 for what cannot be called, and 401 without a key', async () => {
    expect((await get('/v1/models/deepseek/nothing/endpoints')).status).toBe(404);
    expect((await get('/v1/models/__proto__/constructor/endpoints')).status).toBe(404);
    expect((await get(`/v1/models/${MODEL}/endpoints`, null)).status).toBe(401);
  });

  it('answers without health while Redis is away', async () => {
    await gateway.redis.kill();
    const { status } = await get(`/v1/models/${MODEL}/endpoints`);
    await gateway.redis.restart();
    expect(status).toBe(200);
  });
});
