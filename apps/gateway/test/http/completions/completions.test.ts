import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { ask } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

const CLAUDE = 'anthropic/claude-sonnet-4.5';

describe('POST /v1/completions', () => {
  let gateway: TestGateway;
  let client: OpenAI;
  beforeAll(async () => {
    gateway = await startGateway();
    client = new OpenAI({ apiKey: gateway.tenant.key, baseURL: `${gateway.url}/v1`, maxRetries: 0 });
  });
  afterAll(() => gateway.stop());

  it.each(['openai/gpt-4o-mini', CLAUDE])('completes with %s, whole and streamed', async (model) => {
    const prompt = 'Say it. [[sim text="one two three"]]';
    const whole = await client.completions.create({ model, prompt });
    expect(whole).toMatchObject({
      object: 'text_completion',
      choices: [{ index: 0, text: 'one two three', logprobs: null, finish_reason: 'stop' }],
      usage: { completion_tokens: 3, cost: expect.any(Number) },
    });
    const stream = await client.completions.create({ model, prompt, stream: true });
    let text = '';
    const last: OpenAI.Completion[] = [];
    for await (const chunk of stream) {
      text += chunk.choices[0]!.text;
      last.splice(0, 1, chunk);
    }
    expect(text).toBe('one two three');
    expect(last[0]).toMatchObject({
      object: 'text_completion',
      choices: [{ finish_reason: 'stop' }],
      usage: { completion_tokens: 3 },
    });
    expect(last[0]?.id).toBeTruthy();
  });

  it('echoes the prompt, gives several answers, and usage in a chunk of its own', async () => {
    const prompt = 'Hi [[sim text="there"]]';
    const whole = await client.completions.create({
      model: 'openai/gpt-4o-mini',
      prompt: [prompt],
      echo: true,
      n: 2,
    });
    expect(whole.choices.map(({ text }) => text)).toEqual([`${prompt}there`, `${prompt}there`]);
    const stream = await client.completions.create({
      model: 'openai/gpt-4o-mini',
      prompt,
      echo: true,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.Completion[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.flatMap(({ choices }) => choices.map(({ text }) => text)).join('')).toBe(`${prompt}there`);
    expect(chunks.filter(({ usage }) => usage)).toHaveLength(1);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 1 } });
  });

  it.each([
    ['prompt', {}],
    ['prompt', { prompt: [1, 2, 3] }],
    ['prompt', { prompt: ['a', 'b'] }],
    ['suffix', { prompt: 'a', suffix: 'b' }],
    ['best_of', { prompt: 'a', best_of: 3 }],
    ['logprobs', { prompt: 'a', echo: true, logprobs: 2 }],
    ['n', { prompt: 'a', n: 0 }],
    ['model', { prompt: 'a', model: null }],
  ])('says so where chat cannot express %s (%#)', async (param, body) => {
    const answer = await ask(gateway, {
      path: '/v1/completions',
      body: { model: 'openai/gpt-4o-mini', ...body },
    });
    expect([answer.status, answer.json]).toMatchObject([400, { error: { param } }]);
  });

  it('goes on where a stream breaks off, in its own form', async () => {
    gateway.simulator.control.setFault({ provider: 'openai', fault: 'cut', options: { at: 4, count: 1 } });
    const text = 'One day the fox went over the hill and far away to see what there was.';
    const stream = await client.completions.create({
      model: 'openai/gpt-4o-mini',
      prompt: `Tell. [[sim text=${JSON.stringify(text)}]]`,
      stream: true,
    });
    let got = '';
    for await (const chunk of stream) got += chunk.choices[0]?.text ?? '';
    gateway.simulator.control.clearFaults();
    expect(got).toBe(text);
  });

  it('is logged as what it is', async () => {
    const answer = await ask(gateway, {
      path: '/api/v1/completions',
      body: { model: CLAUDE, prompt: 'x', user: 'u' },
    });
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record).toMatchObject({ endpoint: 'completions', dialect: 'openrouter', endUser: 'u' });
  });
});
