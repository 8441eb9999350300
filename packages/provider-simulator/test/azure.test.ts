import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AzureOpenAI, OpenAI } from 'openai';
import { type RunningSimulator, startSimulator } from '../src/index.js';
import { EXAMPLE_OFFERS, QUICK } from './example-offers.js';

let simulator: RunningSimulator;
const apiKey = 'sim-azure-openai-1';
const messages = [{ role: 'user' as const, content: '[[sim text="Hello there"]]' }];

beforeAll(async () => {
  simulator = await startSimulator({ offers: EXAMPLE_OFFERS, pace: QUICK });
});
afterAll(() => simulator.close());

async function post(
  path: string,
  body: unknown,
  key: Record<string, string> = { 'api-key': apiKey },
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${simulator.url}/p/azure-openai${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...key },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

describe('Azure OpenAI', () => {
  it("speaks the older form, to the SDK's own client for it", async () => {
    const azure = new AzureOpenAI({
      apiKey,
      endpoint: `${simulator.url}/p/azure-openai`,
      apiVersion: '2024-10-21',
      maxRetries: 0,
    });
    const answer = await azure.chat.completions.create({ model: 'gpt-4o', messages });
    expect(answer.choices[0]?.message.content).toBe('Hello there');
    await expect(azure.chat.completions.create({ model: 'nope', messages })).rejects.toMatchObject({
      status: 404,
      code: 'DeploymentNotFound',
    });
  });

  it('speaks the newer form, with its key in a header of its own', async () => {
    const client = new OpenAI({
      apiKey: 'unused',
      baseURL: `${simulator.url}/p/azure-openai/openai/v1`,
      defaultHeaders: { 'api-key': apiKey },
      maxRetries: 0,
    });
    const response = await client.responses.create({ model: 'gpt-pro', input: 'Hi' });
    expect(response.status).toBe('completed');
    const bearer = await post(
      '/openai/v1/chat/completions',
      { model: 'gpt-4o', messages },
      {
        authorization: `Bearer ${apiKey}`,
      },
    );
    expect(bearer).toMatchObject({ status: 401, text: expect.stringContaining('Access denied') });
  });

  it('judges the prompt in a chunk without choices, and every answer', async () => {
    const { text } = await post('/openai/v1/chat/completions', { model: 'gpt-4o', messages, stream: true });
    const [first = '', second = ''] = text.split('\n\n');
    expect(JSON.parse(first.slice(6))).toMatchObject({
      choices: [],
      prompt_filter_results: [{ prompt_index: 0 }],
    });
    expect(JSON.parse(second.slice(6))).toMatchObject({ choices: [{ content_filter_results: {} }] });
    const plain = await post('/openai/v1/chat/completions', { model: 'gpt-4o', messages });
    expect(JSON.parse(plain.text)).toMatchObject({
      prompt_filter_results: [{ prompt_index: 0 }],
      choices: [{ content_filter_results: {}, message: { content: 'Hello there' } }],
    });
  });

  it.each([
    '/openai/deployments/gpt-4o/chat/completions',
    '/v1/chat/completions',
    '/openai/chat/completions',
  ])('knows nothing at %s', async (path) => {
    expect(await post(path, { model: 'gpt-4o', messages })).toMatchObject({ status: 404 });
  });
});
