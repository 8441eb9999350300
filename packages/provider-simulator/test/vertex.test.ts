import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningSimulator, startSimulator } from '../src/index.js';
import { EXAMPLE_OFFERS, QUICK } from './example-offers.js';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const LOCATION = '/v1/projects/p/locations/us-east5';
const CLAUDE = `${LOCATION}/publishers/anthropic/models/claude-opus-4-5%4020251101`;
let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator({ offers: EXAMPLE_OFFERS, pace: QUICK });
});
afterAll(() => simulator.close());

function post(path: string, body: string, headers: Record<string, string>): Promise<Response> {
  return fetch(simulator.url + path, { method: 'POST', headers, body });
}

async function askToken(claims: Record<string, unknown> = {}): Promise<Response> {
  const iat = Math.floor(Date.now() / 1000);
  const aud = `${simulator.url}/p/vertex/token`;
  const scope = 'https://www.googleapis.com/auth/cloud-platform';
  const payload = { iss: 'sim-vertex-1@p.example', scope, aud, iat, exp: iat + 3600, ...claims };
  const text = [{ alg: 'RS256', typ: 'JWT' }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const assertion = `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  return post('/p/vertex/token', new URLSearchParams({ grant_type: grantType, assertion }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
}

async function bearer(): Promise<Record<string, string>> {
  const { access_token: token } = (await (await askToken()).json()) as { access_token: string };
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
}

describe('the token endpoint of Vertex', () => {
  it('gives a token for a signed statement, which models take', async () => {
    const answer = await post(
      `/p/vertex${LOCATION}/publishers/google/models/gemini-2.5-flash:generateContent`,
      JSON.stringify({ contents: [{ role: 'user', parts: [{ text: '[[sim text="Hello"]]' }] }] }),
      await bearer(),
    );
    expect(await answer.json()).toMatchObject({ candidates: [{ finishReason: 'STOP' }] });
  });

  it.each([
    [{ aud: 'https://oauth2.googleapis.com/token' }, 400, 'invalid_grant'],
    [{ exp: 1 }, 400, 'invalid_grant'],
    [{ scope: 'email' }, 400, 'invalid_scope'],
    [{ iss: 'somebody@p.example' }, 401, 'invalid_client'],
  ])('refuses a statement with %j', async (claims, status, error) => {
    const answer = await askToken(claims);
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ error })]);
  });
});

describe('models of Vertex', () => {
  it.each([
    ['sim-vertex-1', {}],
    ['ya29.forged.token', {}],
  ])('refuse %s as a bearer', async (token) => {
    const answer = await post(`/p/vertex${CLAUDE}:rawPredict`, '{}', { authorization: `Bearer ${token}` });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { status: 'UNAUTHENTICATED' } });
  });

  const message = {
    anthropic_version: 'vertex-2023-10-16',
    max_tokens: 50,
    messages: [{ role: 'user', content: '[[sim text="Hello"]]' }],
  };
  it('answer as Claude where they are Claude', async () => {
    const answer = await post(`/p/vertex${CLAUDE}:rawPredict`, JSON.stringify(message), await bearer());
    expect(await answer.json()).toMatchObject({
      type: 'message',
      content: [{ type: 'text', text: 'Hello' }],
    });
  });

  it('count prompts: Gemini by itself, and Claude by a model that counts for all', async () => {
    const { max_tokens: limit, ...prompt } = { ...message, model: 'claude-opus-4-5@20251101' };
    const counter = `/p/vertex${LOCATION}/publishers/anthropic/models/count-tokens:rawPredict`;
    const count = async (path: string, body: object) => {
      const answer = await post(path, JSON.stringify(body), await bearer());
      return [answer.status, await answer.json()];
    };
    expect(await count(counter, prompt)).toEqual([200, { input_tokens: expect.any(Number) }]);
    expect(await count(counter, { ...prompt, max_tokens: limit })).toEqual([400, expect.anything()]);
    const gemini = `/p/vertex${LOCATION}/publishers/google/models/gemini-2.5-flash:countTokens`;
    const contents = [{ role: 'user', parts: [{ text: 'A canal?' }] }];
    expect(await count(gemini, { contents })).toEqual([200, { totalTokens: expect.any(Number) }]);
    expect(await count(gemini, { contents, toolConfig: {} })).toEqual([400, expect.anything()]);
  });

  it.each([
    [{ model: 'claude-opus-4-5' }],
    [{ anthropic_version: '2023-06-01' }],
    [{ stream: true }],
    [{ tools: [{ name: 'a', input_schema: { type: 'object' }, strict: true }] }],
    [
      {
        messages: [
          { role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://e.com/a.png' } }] },
        ],
      },
    ],
  ])('refuse %j, which Claude does not take there', async (change) => {
    const body = JSON.stringify({ ...message, ...change });
    expect((await post(`/p/vertex${CLAUDE}:rawPredict`, body, await bearer())).status).toBe(400);
  });

  it("answer in OpenAI's format where they are of other makers", async () => {
    const body = {
      model: 'meta/llama-4-maverick-17b-128e-instruct-maas',
      messages: [{ role: 'user', content: '[[sim text="Hello"]]' }],
    };
    const path = `/p/vertex${LOCATION}/endpoints/openapi/chat/completions`;
    const answer = await post(path, JSON.stringify(body), await bearer());
    expect(await answer.json()).toMatchObject({ choices: [{ message: { content: 'Hello' } }] });
  });
});

it('Azure takes tokens of Entra, and has Claude beside its own routes', async () => {
  const form = { grant_type: 'client_credentials', client_id: 'c', scope: 'https://ai.azure.com/.default' };
  const ask = (secret: string) =>
    post(
      '/p/azure-foundry/tenant/oauth2/v2.0/token',
      new URLSearchParams({ ...form, client_secret: secret }).toString(),
      { 'content-type': 'application/x-www-form-urlencoded' },
    );
  expect((await ask('wrong')).status).toBe(401);
  const { access_token: token } = (await (await ask('sim-azure-foundry-1')).json()) as {
    access_token: string;
  };
  const body = { model: 'claude-opus-4-5', max_tokens: 50, messages: [{ role: 'user', content: 'Hi' }] };
  const answer = await post('/p/azure-foundry/anthropic/v1/messages', JSON.stringify(body), {
    authorization: `Bearer ${token}`,
    'anthropic-version': '2023-06-01',
  });
  expect(await answer.json()).toMatchObject({ type: 'message' });
});
