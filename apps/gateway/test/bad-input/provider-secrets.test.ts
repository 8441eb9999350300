import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { ask, chat } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

/** Of no form that could be told from a word: only who knows the credential can take it out. */
const CREDENTIAL = 'correct-horse-battery';
const ACCOUNT = 'org-leak12345';
const SECRETS = [CREDENTIAL, ACCOUNT, '10.9.8.7', 'db.prod.internal', '127.0.0.1', 'set-cookie'];
const TOLD = `Bad key '${CREDENTIAL}' of ${ACCOUNT} at http://10.9.8.7:8000/v1 behind db.prod.internal:5432`;

interface Reply {
  readonly status: number;
  readonly type?: string;
  readonly body: string;
}

const json = (status: number, body: object): Reply => ({ status, body: JSON.stringify(body) });
const stream = (...frames: object[]): Reply => ({
  status: 200,
  type: 'text/event-stream',
  body: frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join(''),
});
const error = {
  message: TOLD,
  type: `x-${CREDENTIAL}`,
  code: ACCOUNT,
  param: `http://10.9.8.7/${CREDENTIAL}`,
};
const chunk = {
  id: 'a',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta: { content: 'hello' }, finish_reason: null }],
};

const REPLIES: [string, Reply][] = [
  ...[400, 401, 402, 403, 404, 413, 422, 429, 500, 503, 529].map((status): [string, Reply] => [
    `${status}`,
    json(status, { error }),
  ]),
  ['a bare message', json(400, { error: TOLD })],
  ['a list of details', json(422, { detail: [{ loc: ['body', CREDENTIAL], msg: TOLD, input: TOLD }] })],
  ['a page', { status: 400, type: 'text/html', body: `<html>${TOLD}</html>` }],
  ['plain words', { status: 400, type: 'text/plain', body: TOLD }],
  ['an error in a 200', json(200, { error: { message: TOLD, code: 400 } })],
  ['an error before the first token', stream({ error })],
  ['an error after the first token', stream(chunk, { error: { message: TOLD, code: CREDENTIAL } })],
];

const DOORS: [string, (wish: { model: string; stream: boolean }) => unknown][] = [
  ['/v1/chat/completions', (wish) => chat('x', wish)],
  ['/api/v1/chat/completions', (wish) => chat('x', wish)],
  ['/v1/responses', (wish) => ({ ...wish, input: 'x' })],
  ['/v1/messages', (wish) => ({ ...wish, max_tokens: 50, messages: [{ role: 'user', content: 'x' }] })],
];

describe('what a provider prints of its secrets into its errors', () => {
  let gateway: TestGateway;
  let provider: Server;
  let reply: Reply = json(500, {});
  beforeAll(async () => {
    gateway = await startGateway();
    provider = createServer((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(reply.status, {
          'content-type': reply.type ?? 'application/json',
          'openai-organization': ACCOUNT,
          'set-cookie': 'a=b',
        });
        response.end(reply.body);
      });
    });
    await new Promise<void>((resolve) => {
      provider.listen(0, '127.0.0.1', resolve);
    });
    const baseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/v1`;
    for (const [providerId, protocol] of [
      ['leaky', 'openai'],
      ['leaky-too', 'anthropic'],
    ] as const) {
      await gateway.addEntry({
        providerId,
        protocol,
        baseUrl,
        unlistedModels: true,
        credentials: [CREDENTIAL],
      });
      await gateway.priceUnlisted(providerId);
      await eventually(async () => {
        const { status } = await ask(gateway, { body: chat('x', { model: `${providerId}/m` }) });
        expect(status).not.toBe(404);
      });
    }
  });
  afterAll(async () => {
    provider.close();
    await gateway.stop();
  });

  it.each(REPLIES)('reaches nobody: %s', async (_name, printed) => {
    reply = printed;
    for (const model of ['leaky/m', 'leaky-too/m'])
      for (const [path, body] of DOORS) {
        await gateway.closeBreakers();
        const isStream = printed.type === 'text/event-stream';
        const answer = await ask(gateway, { path, body: body({ model, stream: isStream }) });
        const all = answer.text + JSON.stringify([...answer.headers]);
        expect(SECRETS.filter((secret) => all.includes(secret))).toEqual([]);
        expect(all).toMatch(/error/);
      }
  });
});
