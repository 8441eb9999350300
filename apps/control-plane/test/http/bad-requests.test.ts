import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { errorAnswer, type Organization } from '@trunkline/contracts/control-plane';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Answer, Visitor } from '../support/visitor.js';

describe('a bad request', () => {
  let plane: TestControlPlane;
  let visitor: Visitor;
  let organization: Organization;
  let keys: string;
  beforeAll(async () => {
    plane = await startControlPlane();
    ({ visitor, organization } = await plane.owner('Ada'));
    keys = `/api/organizations/${organization.id}/api-keys`;
  });
  afterAll(() => plane.stop());

  const errorOf = (answer: Answer) => errorAnswer.parse(answer.json).error;
  const json = { 'content-type': 'application/json' };

  it('names each field that is wrong', async () => {
    const answer = await visitor.send('POST', keys, { name: '', requestsPerMinute: 0, colour: 'red' });
    expect(answer.status).toBe(400);
    const { code, fields, requestId } = errorOf(answer);
    expect(code).toBe('invalid_request');
    expect(fields?.map(({ path }) => path)).toEqual(expect.arrayContaining(['name', 'requestsPerMinute']));
    expect(requestId).toBe(answer.headers['x-request-id']);
  });

  it.each([
    ['broken JSON', '{"name":', json, 400, 'invalid_request'],
    ['an empty body', '', json, 400, 'invalid_request'],
    [
      'another type',
      'name=x',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported_media_type',
    ],
    ['more than a mebibyte', JSON.stringify({ name: 'x'.repeat(1_100_000) }), json, 413, 'request_too_large'],
    ['a list', '[]', json, 400, 'invalid_request'],
    ['null', 'null', json, 400, 'invalid_request'],
    ['a poisoned prototype', '{"__proto__":{"name":"x"}}', json, 400, 'invalid_request'],
    ['10,000 levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, json, 400, 'invalid_request'],
  ])('of %s is told so in the same shape', async (_, body, headers, status, code) => {
    const answer = await visitor.send('POST', keys, body, headers);
    expect(answer.status).toBe(status);
    expect(errorOf(answer).code).toBe(code);
  });

  it.each([
    ['GET', '/api/nothing', 404],
    ['DELETE', '/api/platform', 404],
    ['GET', '/api/organizations/%E0%A4%A/projects', 400],
    ['GET', '/api/organizations/not-an-id/projects', 400],
    ['GET', '/', 404],
  ])('%s %s is answered %i in the same shape', async (method, path, status) => {
    const answer = await visitor.send(method, path);
    expect(answer.status).toBe(status);
    expect(errorOf(answer).requestId).toBe(answer.headers['x-request-id']);
  });

  it.each([
    ['cursor=nonsense', 'cursor'],
    ['limit=0', 'limit'],
    ['limit=ten', 'limit'],
    ['from=yesterday', 'from'],
    ['minCostNanoUsd=1.5', 'minCostNanoUsd'],
    ['minCostNanoUsd=9999999999999999999', 'minCostNanoUsd'],
    ['status=6xx', 'status'],
    ['keyId=x', 'keyId'],
    ['nothing=1', ''],
  ])('to the log with ?%s names the field', async (query, field) => {
    const answer = await visitor.send('GET', `/api/organizations/${organization.id}/calls?${query}`);
    expect(answer.status).toBe(400);
    expect(errorOf(answer).fields?.[0]?.path).toBe(field);
  });

  it('with a zero byte in a text is no surprise', async () => {
    const answer = await visitor.send('POST', keys, { name: 'a\u0000b' });
    expect(answer.status).toBe(400);
    const log = await visitor.send('GET', `/api/organizations/${organization.id}/calls?text=a%00b`);
    expect(log.status).toBe(400);
  });

  it('from another site’s page changes nothing', async () => {
    const stranger = { origin: 'https://evil.example' };
    const answer = await visitor.send('POST', keys, { name: 'Evil' }, stranger);
    expect([answer.status, errorOf(answer).code]).toEqual([403, 'untrusted_origin']);
    const crossSite = await visitor.send(
      'POST',
      keys,
      { name: 'Evil' },
      { origin: '', 'sec-fetch-site': 'cross-site' },
    );
    expect(crossSite.status).toBe(403);
    expect(await plane.client.apiKey.count()).toBe(0);
  });

  it('gets the security headers as a good one does', async () => {
    const { headers } = await visitor.send('GET', '/api/nothing');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });
});
