import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, chat } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { readStream } from '../streaming/support.js';

const MODEL = 'openai/gpt-4o';
const PRO = 'openai/gpt-5.4-pro';

describe.each([
  ['/openai/v1', '/openai/v1/chat/completions', '/openai/v1/responses'],
  [
    '/openai?api-version=2025-04-01-preview',
    '/openai/deployments/gpt-4o/chat/completions',
    '/openai/responses',
  ],
])('Azure OpenAI at %s', (address, chatPath, responsesPath) => {
  let gateway: TestGateway;
  const lastSent = () => {
    const { control } = gateway.simulator;
    const request = control.request(control.calls().latest);
    if (!request) throw new Error('the simulator kept no request');
    return request;
  };

  beforeAll(async () => {
    gateway = await startGateway({
      models: [MODEL, PRO],
      providers: ['azure-openai'],
      paths: { 'azure-openai': address },
    });
    gateway.simulator.control.setRecording(true);
  });
  afterAll(() => gateway.stop());

  it('answers a chat there, with its key in a header of its own', async () => {
    const answer = await ask(gateway, { body: chat('[[sim text="Hello there"]]', { model: MODEL }) });
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    expect(answer.json).toMatchObject({
      choices: [{ message: { content: 'Hello there' }, finish_reason: 'stop' }],
      provider: 'azure-openai',
    });
    expect(answer.json).not.toHaveProperty('prompt_filter_results');
    const { path, headers } = lastSent();
    expect(path).toBe(chatPath);
    expect(headers).toMatchObject({ 'api-key': 'sim-azure-openai-1' });
    expect(headers).not.toHaveProperty('authorization');
  });

  it('streams, without the verdicts on the prompt', async () => {
    const body = chat('[[sim text="one two three"]]', { model: MODEL, stream: true });
    const stream = await readStream(gateway, { body });
    expect([stream.status, stream.isDone, stream.text]).toEqual([200, true, 'one two three']);
    expect(JSON.stringify(stream.frames)).not.toContain('prompt_filter_results');
  });

  it('ends as content_filter where the filter stops an answer', async () => {
    const body = chat('[[sim text="Some of it" finish=content_filter]]', { model: MODEL });
    const answer = await ask(gateway, { body });
    expect(answer.json).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] });
  });

  it('chats by way of Responses with a model that has nothing else', async () => {
    const answer = await ask(gateway, { body: chat('[[sim text="From a pro"]]', { model: PRO }) });
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    expect(answer.json).toMatchObject({ choices: [{ message: { content: 'From a pro' } }] });
    expect(lastSent().path).toBe(responsesPath);
  });

  it('tells the client when the filter stopped its prompt', async () => {
    gateway.simulator.control.setFault({ provider: 'azure-openai', fault: 'content_policy_400' });
    const answer = await ask(gateway, { body: chat('hi', { model: MODEL }) });
    gateway.simulator.control.clearFaults();
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ error: { code: 'content_policy_violation' } });
  });
});

describe('Azure AI Foundry, with an application of Entra', () => {
  const CLAUDE = 'anthropic/claude-opus-4.5';
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({
      models: [CLAUDE],
      providers: ['azure-foundry'],
      paths: { 'azure-foundry': '/openai/v1' },
      entries: {
        'azure-foundry': {
          credential: JSON.stringify({ tenantId: 't', clientId: 'c', clientSecret: 'sim-azure-foundry-1' }),
          tokenPath: '/t/oauth2/v2.0/token',
        },
      },
    });
    gateway.simulator.control.setRecording(true);
  });
  afterAll(() => gateway.stop());

  it.each([false, true])('answers as Claude beside its own routes (stream: %s)', async (stream) => {
    const body = chat('[[sim text="one two three"]]', { model: CLAUDE, stream });
    if (stream) expect(await readStream(gateway, { body })).toMatchObject({ text: 'one two three' });
    else
      expect((await ask(gateway, { body })).json).toMatchObject({
        choices: [{ message: { content: 'one two three' } }],
      });
    const { control } = gateway.simulator;
    const sent = control.request(control.calls().latest);
    expect(sent?.path).toBe('/anthropic/v1/messages');
    expect(sent?.headers).toMatchObject({ authorization: expect.stringMatching(/^Bearer ya29\./) });
    expect(sent?.headers).not.toHaveProperty('api-key');
  });
});

it.each([
  ['/openai/v1', '/openai/v1/chat/completions'],
  ['/openai?api-version=2024-10-21', '/openai/deployments/our%20chat/chat/completions'],
])('a deployment of another name is called by it at %s', async (address, path) => {
  const gateway = await startGateway({
    models: [MODEL],
    providers: ['azure-openai'],
    paths: { 'azure-openai': address },
    entries: { 'azure-openai': { deployments: { 'gpt-4o': 'our chat' } } },
  });
  gateway.simulator.control.setRecording(true);
  const answer = await ask(gateway, { body: chat('[[sim text="Hello"]]', { model: MODEL }) });
  const { control } = gateway.simulator;
  const sent = control.request(control.calls().latest);
  await gateway.stop();
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  expect(sent?.path).toBe(path);
  expect(JSON.parse(sent?.body ?? '')).toMatchObject({ model: 'our chat' });
});
