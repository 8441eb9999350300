import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { ask } from '../support/ask.js';
import { signedBedrock } from '../support/signed-bedrock.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const TITAN = 'amazon/titan-embed-text-v2';
const RERANK = 'cohere/rerank-v3.5';
const NOVA = 'amazon/nova-canvas';
const STABILITY = 'stabilityai/sd3.5-large';

describe('what Bedrock has beside chat, with signed requests', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ models: [TITAN, RERANK, NOVA, STABILITY], providers: [] });
    await gateway.addEntry(signedBedrock(gateway.simulator));
    await eventually(async () => {
      const answer = await post('/v1/embeddings', { model: TITAN, input: 'warm up' });
      if (answer.status !== 200) throw new Error(answer.text);
    });
  });
  afterAll(() => gateway.stop());

  const post = (path: string, body: object) => ask(gateway, { path, body });

  async function charged(path: string, body: object) {
    const answer = await post(path, body);
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    return { json: answer.json, lines: record.lines.map(({ bucket, units }) => [bucket, units]) };
  }

  it('embeds one text at a time', async () => {
    const body = { model: TITAN, input: ['one two', 'three'], dimensions: 256 };
    const { json, lines } = await charged('/v1/embeddings', body);
    const { data } = json as unknown as { data: { embedding: number[] }[] };
    expect(data.map(({ embedding }) => embedding.length)).toEqual([256, 256]);
    expect(lines).toEqual([['input.text', 3]]);
  });

  it('ranks, and its searches are counted here', async () => {
    const documents = ['blue sea', 'a red fox'];
    const { json, lines } = await charged('/v1/rerank', {
      model: RERANK,
      query: 'red fox',
      documents,
      top_n: 1,
    });
    expect(json).toMatchObject({ results: [{ index: 1 }], meta: { billed_units: { search_units: 1 } } });
    expect(lines).toEqual([['queries', 1]]);
  });

  it.each([
    [NOVA, 6],
    [STABILITY, 2],
  ])('draws with %s', async (model, n) => {
    const body = { model, prompt: 'cat', n, size: '1024x768' };
    const { json, lines } = await charged('/v1/images/generations', body);
    expect((json as unknown as { data: object[] }).data).toHaveLength(n);
    expect(lines).toEqual([['images', n]]);
  });

  it('says in Bedrock’s words what it does not take', async () => {
    const answer = await post('/v1/embeddings', { model: TITAN, input: 'x', dimensions: 7 });
    expect([answer.status, answer.json]).toMatchObject([
      400,
      { error: { code: 'provider_invalid_request' } },
    ]);
  });
});
