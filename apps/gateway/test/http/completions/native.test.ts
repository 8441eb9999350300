import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import OpenAI from 'openai';
import { ask, chat, send } from '../../support/ask.js';
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

  it('ends a stream with which nobody goes on with an error, and charges nothing', async () => {
    gateway.simulator.control.setFault({ provider: 'acme', fault: 'missing_terminal' });
    const answer = await ask(gateway, {
      path: '/v1/completions',
      body: { model: MODEL, prompt: 'x', stream: true },
    });
    gateway.simulator.control.clearFaults();
    await gateway.closeBreakers();
    expect(answer.text).toContain('provider_truncated');
    expect(answer.text).not.toContain('[DONE]');
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record).toMatchObject({ endpoint: 'completions', billingReason: 'truncated', costNanoUsd: '0' });
  });

  const TEXT = 'one two three four five six seven eight nine ten';
  const streamed = (more: Record<string, unknown> = {}) =>
    ask(gateway, {
      path: '/v1/completions',
      body: {
        ...{ model: MODEL, models: ['acme/second', 'acme/third'], stream: true },
        ...{ prompt: `Say [[sim text=${JSON.stringify(TEXT)}]]`, ...more },
      },
    });
  const textOf = (raw: string) =>
    raw
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: {'))
      .map((frame) => JSON.parse(frame.slice(6)) as { id: string; choices: { text: string }[] });

  it('goes on with a stream that broke off, behind the prompt and what was said', async () => {
    const cut = { fault: 'cut', options: { at: 3 } } as const;
    gateway.simulator.control.setFaults([
      { ...cut, model: 'base-model' },
      { ...cut, model: 'second' },
    ]);
    const answer = await streamed();
    gateway.simulator.control.clearFaults();
    await gateway.closeBreakers();
    const chunks = textOf(answer.text);
    expect(chunks.map(({ choices }) => choices[0]?.text ?? '').join('')).toBe(TEXT);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(answer.text).toContain('"rescued":true');
    expect(answer.text.endsWith('data: [DONE]\n\n')).toBe(true);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record).toMatchObject({ billingReason: 'finished', rescued: true });
    expect(record.attempts.map(({ outcome, splice }) => [outcome, splice?.mode ?? null])).toEqual([
      ['truncated', null],
      ['truncated', 'prefill'],
      ['success', 'prefill'],
    ]);
    // One prompt, and each target's words.
    expect(
      record.lines
        .filter(({ costNanoUsd }) => costNanoUsd !== '0')
        .map(({ attempt, bucket }) => `${attempt} ${bucket}`),
    ).toEqual(['1 input.text', '1 output.text', '2 output.text', '3 output.text']);
    // White space at a joint is a token of its own.
    expect(record.completionTokens).toBeGreaterThanOrEqual(10);
    expect(record.completionTokens).toBeLessThanOrEqual(12);
  });

  it.each([
    ['log probabilities', { logprobs: 1 }],
    ['several answers', { n: 2 }],
    ['the prompt in the answer', { echo: true }],
    ['the wish not to', { trunkline: { rescue: false } }],
  ])('does not go on where that cannot be: %s', async (_, more) => {
    gateway.simulator.control.setFault({ model: 'base-model', fault: 'cut', options: { at: 3 } });
    const answer = await streamed(more);
    gateway.simulator.control.clearFaults();
    await gateway.closeBreakers();
    expect(answer.text).toContain('provider_truncated');
    expect(answer.text).not.toContain('[DONE]');
  });

  it('charges a client that left for what it got, and no more', async () => {
    gateway.simulator.control.setFault({ model: 'base-model', fault: 'stall', options: { at: 4 } });
    const leaving = new AbortController();
    const answer = await send(
      gateway,
      { path: '/v1/completions', body: { model: MODEL, stream: true, prompt: 'Go on' } },
      leaving.signal,
    );
    await answer.body?.getReader().read();
    leaving.abort();
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    gateway.simulator.control.clearFaults();
    await gateway.closeBreakers();
    expect(record.billingReason).toBe('client_left_after_commit');
    expect(record.completionTokens).toBeGreaterThan(0);
    expect(record.completionTokens).toBeLessThan(10);
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
