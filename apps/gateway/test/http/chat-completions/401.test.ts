import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, chat } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

describe('POST /v1/chat/completions, 401', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  it.each<[string, Record<string, string>, string]>([
    ['no key', {}, 'missing_api_key'],
    ['an empty key', { authorization: 'Bearer ' }, 'missing_api_key'],
    ['another scheme', { authorization: 'Basic abc' }, 'missing_api_key'],
    ['an unknown key', { authorization: 'Bearer sk-tl-nobody' }, 'invalid_api_key'],
    ['an endless key', { authorization: `Bearer ${'x'.repeat(5_000)}` }, 'invalid_api_key'],
    ['a playground token that is none', { authorization: 'Bearer pt-tl-abc' }, 'invalid_api_key'],
    ['two keys', { authorization: 'Bearer a', 'x-api-key': 'b' }, 'conflicting_credentials'],
  ])('answers to %s', async (_name, headers, code) => {
    const answer = await ask(gateway, { key: null, headers, body: chat('hi') });
    expect(answer.status).toBe(401);
    expect(answer.json).toMatchObject({ error: { code, type: 'invalid_request_error', param: null } });
    expect(answer.headers.get('x-should-retry')).toBe('false');
    expect(answer.headers.get('x-request-id')).toBeTruthy();
  });

  it('takes the same key in both headers for one', async () => {
    const headers = { 'x-api-key': gateway.tenant.key };
    expect((await ask(gateway, { headers, body: chat('hi') })).status).toBe(200);
  });

  it('tells an unknown client 401 before it looks at its body', async () => {
    const answer = await ask(gateway, { key: 'sk-tl-nobody', raw: '{"broken' });
    expect(answer.status).toBe(401);
  });

  it.each([
    ['revoked', { key: { revoked: true } }, 401, 'key_revoked'],
    ['expired', { key: { expiresAt: new Date(Date.now() - 1_000) } }, 401, 'key_expired'],
    ['of a suspended organization', { suspended: true }, 403, 'organization_suspended'],
    ['of an archived project', { archived: true }, 403, 'project_archived'],
  ])('refuses a key that is %s', async (_name, options, status, code) => {
    const tenant = await gateway.addTenant(options);
    const answer = await ask(gateway, { key: tenant.key, body: chat('hi') });
    expect([answer.status, (answer.json['error'] as { code: string }).code]).toEqual([status, code]);
  });

  it('says it as OpenRouter under its prefix', async () => {
    const answer = await ask(gateway, { path: '/api/v1/chat/completions', key: 'nobody', body: chat('hi') });
    expect(answer.json).toMatchObject({ error: { code: 401, metadata: { error_type: 'authentication' } } });
  });
});
