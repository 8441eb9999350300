import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, chat } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

describe('POST /v1/chat/completions, 404', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  it.each([
    'nobody/knows',
    '@alias',
    'openai:nothing',
    'openai/gpt-4o-mini:online',
    'openai/gpt-4o-mini:free',
    '__proto__',
  ])('does not guess what %s may mean', async (model) => {
    const answer = await ask(gateway, { body: chat('x', { model }) });
    expect(answer.status).toBe(404);
    expect(answer.json).toMatchObject({ error: { code: 'model_not_found', param: 'model' } });
  });

  it('names what comes near', async () => {
    const answer = await ask(gateway, { body: chat('x', { model: 'gpt4o-mini' }) });
    expect(answer.json).toMatchObject({
      error: { metadata: { nearest: expect.arrayContaining(['openai/gpt-4o-mini']) } },
    });
  });

  it('says why no provider of a model can take the request', async () => {
    const answer = await ask(gateway, { body: chat('x', { provider: { only: ['nobody'] } }) });
    expect(answer.status).toBe(404);
    expect(answer.json).toMatchObject({
      error: { code: 'no_matching_target', message: expect.stringContaining('provider.only') },
    });
  });

  it.each([
    ['/v1/nothing', 'POST'],
    ['/v1/chat', 'POST'],
    ['/', 'GET'],
  ])('knows no %s', async (path, method) => {
    const answer = await ask(gateway, { path, method });
    expect([answer.status, answer.json]).toMatchObject([404, { error: { code: 'not_found' } }]);
  });

  it('tells a wrong method from a wrong path', async () => {
    const answer = await ask(gateway, { method: 'GET' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
    expect(answer.json).toMatchObject({ error: { code: 'method_not_allowed' } });
  });

  it('says 403 for a model that the key may not call', async () => {
    const tenant = await gateway.addTenant({ key: { allowedModels: ['openai/gpt-4o'] } });
    const refused = await ask(gateway, { key: tenant.key, body: chat('x') });
    expect([refused.status, refused.json]).toMatchObject([403, { error: { code: 'model_not_allowed' } }]);
    expect(
      (await ask(gateway, { key: tenant.key, body: chat('x', { model: 'openai/gpt-4o' }) })).status,
    ).toBe(200);
  });
});
