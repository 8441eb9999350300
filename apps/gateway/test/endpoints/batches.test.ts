import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../support/ask.js';
import { serviceAccount } from '../support/service-account.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const BGE = 'baai/bge-m3';
const GEMINI = 'google/gemini-embedding-001';
const CHARACTERS = 'google/text-embedding-005';
const TTS = 'google/gemini-2.5-flash-preview-tts';

describe('calls that take several requests of a provider', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({
      models: [BGE, GEMINI, CHARACTERS, TTS],
      providers: ['cloudflare', 'deepinfra', 'vertex'],
      paths: { deepinfra: '/v1/openai', vertex: '/v1/projects/p/locations/us-east5' },
      entries: { vertex: { credential: serviceAccount('sim-vertex-1'), tokenPath: '/token' } },
    });
  });
  afterAll(() => gateway.stop());

  const upstream = (since: number) => gateway.simulator.control.calls({ since, limit: 1_000 }).calls;
  const embed = (model: string, input: string[], more: object = {}) =>
    ask(gateway, { path: '/v1/embeddings', body: { model, input, dimensions: 4, ...more } });
  const texts = (count: number) => Array.from({ length: count }, (_, at) => `text number ${at}`);

  it('are one attempt, whose vectors stand in the order of the inputs and whose usage is the sum', async () => {
    const { latest } = gateway.simulator.control.calls();
    const answer = await embed(`cloudflare:${BGE}`, texts(250), { dimensions: undefined });
    expect([answer.status, answer.headers.get('x-trunkline-attempts')]).toEqual([200, '1']);
    expect(upstream(latest)).toHaveLength(3);
    const { data, usage } = answer.json as unknown as {
      data: { index: number; embedding: number[] }[];
      usage: { prompt_tokens: number };
    };
    expect(data.map(({ index }) => index)).toEqual(texts(250).map((_, at) => at));
    const alone = await embed(`cloudflare:${BGE}`, ['text number 177'], { dimensions: undefined });
    const [one] = (alone.json as unknown as typeof answer.json & { data: { embedding: number[] }[] }).data;
    expect(data[177]?.embedding).toEqual(one?.embedding);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record.lines.map(({ bucket, units }) => [bucket, units])).toEqual([
      ['input.text', usage.prompt_tokens],
    ]);
  });

  it('go to the next provider whole when one of them fails; what the others cost is ours', async () => {
    gateway.simulator.control.setFault({
      provider: 'cloudflare',
      fault: 'status:500',
      options: { count: 1 },
    });
    const answer = await ask(gateway, {
      path: '/v1/embeddings',
      body: { model: BGE, input: texts(250), provider: { order: ['cloudflare', 'deepinfra'] } },
    });
    gateway.simulator.control.clearFaults();
    expect([answer.status, answer.headers.get('x-trunkline-provider')]).toEqual([200, 'deepinfra']);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record.attempts.map(({ outcome }) => outcome)).toEqual(['server_error', 'success']);
    const lost = record.lines.filter(({ attempt }) => attempt === 1);
    expect(lost).toMatchObject([{ bucket: 'input.text', costNanoUsd: '0' }]);
    expect(lost[0]?.units).toBeGreaterThan(500);
  });

  it('do not wait long for one of them when another has failed', async () => {
    gateway.simulator.control.setFaults([
      { provider: 'cloudflare', fault: 'no_answer', options: { count: 1 } },
      { provider: 'cloudflare', fault: 'status:500', options: { count: 1 } },
    ]);
    const began = performance.now();
    const answer = await ask(gateway, {
      path: '/v1/embeddings',
      body: { model: BGE, input: texts(250), provider: { order: ['cloudflare', 'deepinfra'] } },
    });
    gateway.simulator.control.clearFaults();
    expect([answer.status, answer.headers.get('x-trunkline-provider')]).toEqual([200, 'deepinfra']);
    // Its own clock would run for minutes.
    expect(performance.now() - began).toBeLessThan(60_000);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record.attempts.map(({ outcome }) => outcome)).toEqual(['server_error', 'success']);
  });

  it('go one text at a time where a model takes one', async () => {
    const { latest } = gateway.simulator.control.calls();
    const answer = await embed(GEMINI, texts(10));
    expect(answer.status).toBe(200);
    expect(upstream(latest)).toHaveLength(10);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record.lines).toMatchObject([{ bucket: 'input.text', units: 40, counted: false }]);
  });

  it('are charged by the character where the offer is', async () => {
    const answer = await embed(CHARACTERS, ['one two', 'three']);
    expect(answer.status).toBe(200);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    // 11 characters at $0.025 a million.
    expect([record.lines.map(({ bucket, units }) => [bucket, units]), record.costNanoUsd]).toEqual([
      [['characters', 11]],
      '275',
    ]);
  });

  it('speak at Vertex as at Google', async () => {
    const answer = await ask(gateway, {
      path: '/v1/audio/speech',
      body: { model: TTS, voice: 'alloy', input: 'Hello', response_format: 'pcm' },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'audio/pcm']);
  });
});
