import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

const get = (path: string, headers: Record<string, string> = {}, key?: string) => ({
  path,
  method: 'GET',
  headers,
  ...(key === undefined ? {} : { key }),
});

describe('GET /v1/models', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({
      providers: ['openai', 'anthropic'],
      models: ['openai/gpt-4o-mini', 'anthropic/claude-sonnet-4.5', 'deepseek/deepseek-r1'],
    });
  });
  afterAll(() => gateway.stop());

  const ids = (json: Record<string, unknown>) => (json['data'] as { id: string }[]).map(({ id }) => id);

  it.each(['/v1/models', '/api/v1/models'])(
    'shows what can be called now, and nothing else: %s',
    async (path) => {
      const answer = await ask(gateway, get(path));
      expect(answer.status).toBe(200);
      // Nobody who sells deepseek-r1 is configured.
      expect(ids(answer.json)).toEqual(['anthropic/claude-sonnet-4.5', 'openai/gpt-4o-mini']);
    },
  );

  it("has OpenAI's fields and OpenRouter's", async () => {
    const { json } = await ask(gateway, get('/v1/models/openai/gpt-4o-mini'));
    expect(json).toMatchObject({
      id: 'openai/gpt-4o-mini',
      object: 'model',
      owned_by: 'openai',
      created: expect.any(Number),
      context_length: 128_000,
      pricing: { prompt: '0.00000015', completion: '0.0000006', input_cache_read: '0.000000075' },
      top_provider: { max_completion_tokens: 16_384 },
      supported_parameters: expect.arrayContaining(['tools', 'structured_outputs']),
    });
  });

  it.each(['/v1/models/openai%2Fgpt-4o-mini', '/v1/models/gpt-4o-mini', '/api/v1/models/openai/gpt-4o-mini'])(
    'finds a model by id and by name: %s',
    async (path) => {
      expect((await ask(gateway, get(path))).json).toMatchObject({ id: 'openai/gpt-4o-mini' });
    },
  );

  it.each(['/v1/models/nobody', '/v1/models/deepseek/deepseek-r1', '/v1/models/__proto__'])(
    'answers %s with 404',
    async (path) => {
      const answer = await ask(gateway, get(path));
      expect([answer.status, answer.json]).toMatchObject([404, { error: { code: 'model_not_found' } }]);
    },
  );

  it('needs a key', async () => {
    expect((await ask(gateway, { ...get('/v1/models'), key: null })).status).toBe(401);
  });

  it('shows a key only the models that it may call', async () => {
    const tenant = await gateway.addTenant({ key: { allowedModels: ['openai/gpt-4o-mini'] } });
    expect(ids((await ask(gateway, get('/v1/models', {}, tenant.key))).json)).toEqual(['openai/gpt-4o-mini']);
  });

  it("is Anthropic's list for Anthropic's clients, page by page", async () => {
    const client = new Anthropic({ apiKey: gateway.tenant.key, baseURL: gateway.url, maxRetries: 0 });
    const seen: string[] = [];
    for await (const model of client.models.list({ limit: 1 })) seen.push(`${model.type} ${model.id}`);
    expect(seen).toEqual(['model anthropic/claude-sonnet-4.5', 'model openai/gpt-4o-mini']);
  });

  it("tells Anthropic's clients errors in their way", async () => {
    const answer = await ask(gateway, get('/v1/models/nobody', { 'anthropic-version': '2023-06-01' }));
    expect(answer.json).toMatchObject({
      type: 'error',
      error: { type: 'not_found_error' },
      request_id: expect.any(String),
    });
    expect(answer.headers.get('request-id')).toBeTruthy();
  });
});
