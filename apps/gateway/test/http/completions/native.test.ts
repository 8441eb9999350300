import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import OpenAI from 'openai';
import { ask, chat } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

const MODEL = 'acme/base-model';

describe('POST /v1/completions, where an offer has completions', () => {
  let gateway: TestGateway;
  let client: OpenAI;
  beforeAll(async () => {
    gateway = await startGateway();
    await gateway.priceUnlisted('acme');
    const baseUrl = `${gateway.simulator.url}/p/acme/v1`;
    await gateway.addEntry({ providerId: 'acme', baseUrl, unlistedModels: true });
    await eventually(async () => {
      expect((await ask(gateway, { body: chat('x', { model: MODEL }) })).status).toBe(200);
    });
    client = new OpenAI({ apiKey: gateway.tenant.key, baseURL: `${gateway.url}/v1`, maxRetries: 0 });
  });
  afterAll(() => gateway.stop());

  it('passes what chat could not say, and the provider’s own log probabilities back', async () => {
    const whole = await client.completions.create({
      model: MODEL,
      prompt: [
        [1, 2],
        [3, 4],
      ],
      suffix: 'end',
      echo: true,
      logprobs: 1,
    });
    expect(whole.choices).toMatchObject([
      { index: 0, text: 't1 t2 and so it goes on for a while ', logprobs: { tokens: [expect.any(String)] } },
      { index: 1, text: 't3 t4 and so it goes on for a while ' },
    ]);
    expect(whole.usage).toMatchObject({ prompt_tokens: expect.any(Number), cost: expect.any(Number) });
  });

  it.each([false, true])('streams, with usage once (in a chunk of its own: %s)', async (ownChunk) => {
    const stream = await client.completions.create({
      model: MODEL,
      prompt: 'Say [[sim text="one two three"]]',
      stream: true,
      ...(ownChunk ? { stream_options: { include_usage: true } } : {}),
    });
    const chunks: OpenAI.Completion[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.flatMap(({ choices }) => choices.map(({ text }) => text)).join('')).toBe('one two three');
    expect(chunks.filter(({ usage }) => usage)).toHaveLength(1);
    expect(chunks.at(-1)).toMatchObject({
      choices: ownChunk ? [] : [{ finish_reason: 'stop' }],
      usage: { completion_tokens: 3, cost: expect.any(Number) },
    });
  });

  it('ends a stream that broke off with an error, and charges nothing', async () => {
    gateway.simulator.control.setFault({
      provider: 'acme',
      fault: 'missing_terminal',
      options: { count: 1 },
    });
    const answer = await ask(gateway, {
      path: '/v1/completions',
      body: { model: MODEL, prompt: 'x', stream: true },
    });
    gateway.simulator.control.clearFaults();
    expect(answer.text).toContain('provider_truncated');
    expect(answer.text).not.toContain('[DONE]');
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record).toMatchObject({ endpoint: 'completions', billingReason: 'truncated', costNanoUsd: '0' });
  });

  it('goes by way of chat where one of the models has none', async () => {
    const answer = await ask(gateway, {
      path: '/v1/completions',
      body: { models: [MODEL, 'openai/gpt-4o-mini'], prompt: 'x' },
    });
    expect([answer.status, answer.json['object']]).toEqual([200, 'text_completion']);
    const suffixed = await ask(gateway, {
      path: '/v1/completions',
      body: { models: [MODEL, 'openai/gpt-4o-mini'], prompt: 'x', suffix: 'y' },
    });
    expect([suffixed.status, suffixed.json]).toMatchObject([400, { error: { param: 'suffix' } }]);
  });
});
