import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI, { BadRequestError, toFile } from 'openai';
import { startSimulator, type RunningSimulator } from '../src/index.js';

/** OpenAI's own client takes what the simulator answers beside chat. */
describe('endpoints beside chat', () => {
  let simulator: RunningSimulator;
  const client = (provider: string) =>
    new OpenAI({ apiKey: `sim-${provider}-1`, baseURL: `${simulator.url}/p/${provider}/v1`, maxRetries: 0 });

  async function post(provider: string, path: string, body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${simulator.url}/p/${provider}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer sim-${provider}-1`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  beforeAll(async () => {
    simulator = await startSimulator({ pace: { plainMs: 0, firstTokenMs: 0, gapMs: 0 } });
  });
  afterAll(() => simulator.close());

  it('embeds the same text alike, as numbers and as base64', async () => {
    const ask = { model: 'text-embedding-3-small', input: ['one two', 'three'], dimensions: 8 };
    const numbers = await client('openai').embeddings.create({ ...ask, encoding_format: 'float' });
    const decoded = await client('openai').embeddings.create(ask);
    expect(numbers.data.map(({ embedding }) => embedding.length)).toEqual([8, 8]);
    expect(decoded.data[0]?.embedding).toEqual(numbers.data[0]?.embedding);
    expect(numbers.usage).toEqual({ prompt_tokens: 3, total_tokens: 3 });
  });

  it.each([
    ['input', { input: '' }],
    ['input', { input: [] }],
    ['encoding_format', { input: 'x', encoding_format: 'hex' }],
  ])('refuses embeddings with a wrong %s (%#)', async (param, body) => {
    const answer = await post('openai', '/v1/embeddings', { model: 'm', ...body });
    expect(answer).toMatchObject({ status: 400, body: { error: { param } } });
  });

  it('ranks in the shapes of Jina, Voyage, Cohere and DeepInfra', async () => {
    const asked = { model: 'm', query: 'red fox', documents: ['blue sea', 'a red fox'] };
    const { body: jina } = await post('jina', '/v1/rerank', asked);
    expect(jina).toMatchObject({ results: [{ index: 1 }, { index: 0 }], usage: { total_tokens: 7 } });
    const { body: voyage } = await post('voyage', '/v1/rerank', { ...asked, top_k: 1 });
    expect(voyage).toMatchObject({ data: [{ index: 1 }] });
    const { body: foundry } = await post('azure-foundry', '/providers/cohere/v2/rerank', asked, {
      'api-key': 'sim-azure-foundry-1',
    });
    expect(foundry).toMatchObject({
      results: [{ index: 1 }, { index: 0 }],
      meta: { billed_units: { search_units: 1 } },
    });
    const { body: deepinfra } = await post('deepinfra', '/v1/inference/a/b', {
      queries: ['red', 'red'],
      documents: ['red', 'blue'],
    });
    expect(deepinfra).toMatchObject({ scores: [0.95, 0.05] });
  });

  it('moderates, draws, speaks and listens for the openai package', async () => {
    const openai = client('openai');
    const moderation = await openai.moderations.create({ model: 'm', input: ['kind words', 'violence'] });
    expect(moderation.results.map(({ flagged }) => flagged)).toEqual([false, true]);
    const images = await openai.images.generate({ model: 'gpt-image-1', prompt: 'a cat', n: 2 });
    expect([images.data?.length, images.usage?.output_tokens]).toEqual([2, 2_112]);
    const image = await toFile(Buffer.from('png'), 'a.png', { type: 'image/png' });
    const edit = await openai.images.edit({ model: 'gpt-image-1', prompt: 'a hat', image });
    expect(edit.usage?.input_tokens_details.image_tokens).toBe(323);
    const speech = await openai.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'Hello' });
    expect((await speech.arrayBuffer()).byteLength).toBe(2_000);
    const file = await toFile(Buffer.alloc(32_000, 1), 'a.mp3');
    const heard = await openai.audio.transcriptions.create({
      model: 'whisper-1',
      file,
      response_format: 'verbose_json',
    });
    expect(heard).toMatchObject({ duration: 2, text: expect.stringContaining('32000 bytes') });
    await expect(
      openai.audio.transcriptions.create({ model: 'gpt-4o-transcribe', file, response_format: 'srt' }),
    ).rejects.toThrow(BadRequestError);
  });

  it('fails as it is told to', async () => {
    const asked = { model: 'm', input: 'x' };
    simulator.control.setFault({ provider: 'openai', fault: 'status:503', options: { count: 1 } });
    expect((await post('openai', '/v1/embeddings', asked)).status).toBe(503);
    simulator.control.setFault({ provider: 'openai', fault: 'empty_answer', options: { count: 1 } });
    expect((await post('openai', '/v1/embeddings', asked)).body).toMatchObject({ data: [] });
    simulator.control.setFault({ provider: 'openai', fault: 'truncated_json', options: { count: 1 } });
    await expect(post('openai', '/v1/embeddings', asked)).rejects.toThrow();
    simulator.control.clearFaults();
    expect((await post('openai', '/v1/embeddings', asked)).status).toBe(200);
  });

  it('speaks Cohere’s and Google’s own formats', async () => {
    const cohere = await post('openai', '/v1/rerank', { model: 'm', query: 'q' });
    expect(cohere).toMatchObject({ status: 400, body: { error: { param: 'documents' } } });
    const headers = { 'x-goog-api-key': 'sim-google-1' };
    const content = (text: string) => ({
      model: 'models/e',
      content: { parts: [{ text }] },
      outputDimensionality: 4,
    });
    const embedded = await post(
      'google',
      '/v1beta/models/e:batchEmbedContents',
      { requests: [content('a'), content('b')] },
      headers,
    );
    expect(embedded.body).toMatchObject({ embeddings: [{ values: expect.any(Array) }, {}] });
    const drawn = await post(
      'google',
      '/v1beta/models/imagen:predict',
      { instances: [{ prompt: 'cat' }], parameters: { sampleCount: 2 } },
      headers,
    );
    expect(drawn.body['predictions']).toHaveLength(2);
  });
});
