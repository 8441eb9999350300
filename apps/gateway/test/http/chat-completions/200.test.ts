import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { ask, chat, send } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

describe('POST /v1/chat/completions, 200', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  it("answers in OpenAI's shape with ours beside it", async () => {
    const answer = await ask(gateway, {
      body: chat('[[sim text="Hello there"]]', { metadata: { team: 'search' }, user: 'u-1' }),
    });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      object: 'chat.completion',
      model: 'gpt-4o-mini',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello there' } }],
      usage: { completion_tokens: 2, cost: expect.any(Number), cost_details: expect.any(Object) },
      provider: 'openai',
      trunkline: {
        attempts: [{ provider: 'openai', model: 'openai/gpt-4o-mini', outcome: 'success' }],
        rescued: false,
        dropped: [],
        cache: 'off',
        route: { model: 'openai/gpt-4o-mini', provider: 'openai', reason: "the maker's own offer" },
      },
    });
  });

  it('says in headers who answered and what it cost', async () => {
    const { headers, json } = await ask(gateway, { body: chat('hi') });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(headers.get('x-trunkline-provider')).toBe('openai');
    expect(headers.get('x-trunkline-model')).toBe('openai/gpt-4o-mini');
    expect(headers.get('x-trunkline-attempts')).toBe('1');
    expect(headers.get('x-trunkline-cache')).toBe('off');
    expect(Number(headers.get('x-trunkline-cost'))).toBe((json['usage'] as { cost: number }).cost);
    expect(Number(headers.get('x-trunkline-overhead-ms'))).toBeGreaterThanOrEqual(0);
    expect(headers.get('content-type')).toContain('application/json');
  });

  it('passes no header of the upstream on, and none of the client up', async () => {
    gateway.simulator.control.setRecording(true);
    const { headers } = await ask(gateway, {
      body: chat('hi'),
      headers: {
        cookie: 'a=b',
        'openai-organization': 'org-1',
        'x-custom': '1',
        'x-client-request-id': 'mine',
      },
    });
    const seen = gateway.simulator.control.request(gateway.simulator.control.calls().latest);
    gateway.simulator.control.setRecording(false);
    const names = Object.keys(seen?.headers ?? {}).sort();
    expect(names).toEqual([
      'accept',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
      'x-client-request-id',
    ]);
    expect(seen?.headers['x-client-request-id']).not.toBe('mine');
    expect([...headers.keys()].filter((name) => /^(openai|cf|server|x-ratelimit)/.test(name))).toEqual([]);
  });

  it('leaves a record with its attempt, lines and exact cost', async () => {
    const answer = await ask(gateway, {
      body: chat('[[sim tokens=25]]', { metadata: { team: 'search' }, user: 'u-1' }),
      headers: { 'x-client-request-id': 'client-1', 'user-agent': 'test/1', 'x-title': 'My app' },
    });
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record).toMatchObject({
      clientRequestId: 'client-1',
      endUser: 'u-1',
      endpoint: 'chat',
      dialect: 'openai',
      stream: false,
      requestedModel: 'openai/gpt-4o-mini',
      modelId: 'openai/gpt-4o-mini',
      providerId: 'openai',
      providerResponseId: answer.json['id'],
      status: 200,
      errorCode: null,
      billingReason: 'finished',
      finishReason: 'stop',
      completionTokens: 25,
      tags: { team: 'search', 'app.title': 'My app' },
      userAgent: 'test/1',
    });
    expect(record.attempts).toHaveLength(1);
    expect(record.attempts[0]).toMatchObject({
      number: 1,
      outcome: 'success',
      statusCode: 200,
      committed: true,
    });
    // gpt-4o-mini: $0.15 in, $0.60 out per million tokens.
    const expected = BigInt(record.promptTokens) * 150n + 25n * 600n;
    expect(BigInt(record.costNanoUsd)).toBe(expected);
    expect(record.lines.map(({ bucket, units }) => [bucket, units])).toEqual([
      ['input.text', record.promptTokens],
      ['output.text', 25],
    ]);
    expect((answer.json['usage'] as { cost: number }).cost).toBe(Number(expected) / 1e9);
  });

  it("tells the upstream the attempt's id and counts what it counts", async () => {
    const answer = await ask(gateway, { body: chat('[[sim tokens=31]]') });
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    const seen = gateway.simulator.control
      .counts()
      .calls.find(({ attemptId }) => attemptId === record.attempts[0]?.id);
    expect(seen).toMatchObject({
      outcome: 'complete',
      tokensIn: record.promptTokens,
      tokensOut: record.completionTokens,
    });
  });

  it('keeps fields that it does not know on their way to the provider', async () => {
    gateway.simulator.control.setRecording(true);
    await ask(gateway, {
      body: chat('hi', { brand_new_parameter: { a: 1 }, trunkline: { timeouts: { totalMs: 9_000 } } }),
    });
    const seen = gateway.simulator.control.request(gateway.simulator.control.calls().latest);
    gateway.simulator.control.setRecording(false);
    const body = JSON.parse(String(seen?.body)) as Record<string, unknown>;
    expect(body).toMatchObject({ brand_new_parameter: { a: 1 }, model: 'gpt-4o-mini' });
    expect(body).not.toHaveProperty('trunkline');
  });

  it('cuts the upstream off as soon as a client leaves before the answer, and charges nothing', async () => {
    gateway.simulator.control.setFault({ fault: 'no_answer' });
    const leaving = new AbortController();
    const headers = { 'x-client-request-id': 'leaver' };
    const left = send(gateway, { body: chat('hi'), headers }, leaving.signal).catch(() => 'left');
    await eventually(() =>
      expect(gateway.simulator.control.calls().calls.at(-1)).toMatchObject({ outcome: 'running' }),
    );
    leaving.abort();
    expect(await left).toBe('left');
    const record = await gateway.records.ofClient('leaver');
    expect(record).toMatchObject({
      status: 499,
      billingReason: 'client_left_before_commit',
      costNanoUsd: '0',
    });
    expect(record.attempts[0]).toMatchObject({ outcome: 'cancelled' });
    await eventually(() => {
      const { calls } = gateway.simulator.control.calls();
      const seen = calls.find(({ clientRequestId }) => clientRequestId === record.attempts[0]?.id);
      expect(seen?.outcome).toBe('client_gone');
    });
    gateway.simulator.control.clearFaults();
  });

  it.each(['/api/v1/chat/completions'])(
    "answers under OpenRouter's prefix with its fields: %s",
    async (path) => {
      const answer = await ask(gateway, { path, body: chat('hi') });
      expect(answer.status).toBe(200);
      expect(answer.json).toHaveProperty('system_fingerprint');
      expect(answer.json).toHaveProperty('provider');
    },
  );

  it('takes x-api-key as well', async () => {
    const answer = await ask(gateway, {
      key: null,
      headers: { 'x-api-key': gateway.tenant.key },
      body: chat('hi'),
    });
    expect(answer.status).toBe(200);
  });
});
