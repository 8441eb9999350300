import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI, { BadRequestError, NotFoundError, toFile } from 'openai';
import { startEndpoints } from '../endpoints/support.js';
import type { TestGateway } from '../support/start-gateway.js';

const WITH_COST = { cost: expect.any(Number) };

describe('the official openai package, beside chat', () => {
  let gateway: TestGateway;
  let client: OpenAI;

  beforeAll(async () => {
    gateway = await startEndpoints();
    client = new OpenAI({ apiKey: gateway.tenant.key, baseURL: `${gateway.url}/v1`, maxRetries: 0 });
  });
  afterAll(() => gateway.stop());

  it.each([
    'openai/text-embedding-3-small',
    'google/gemini-embedding-001',
    'cohere/embed-v4.0',
    'mistralai/mistral-embed',
    'voyageai/voyage-3.5',
  ])('embeds with %s, as base64 and as numbers', async (model) => {
    const input = ['one two three', 'four'];
    // Without a wish the client asks for base64 and makes numbers of it.
    const decoded = await client.embeddings.create({ model, input });
    const numbers = await client.embeddings.create({ model, input, encoding_format: 'float' });
    expect(decoded.data.map(({ index }) => index)).toEqual([0, 1]);
    const [first, second] = decoded.data.map(({ embedding }) => embedding);
    expect(first?.length).toBeGreaterThan(100);
    expect(first).not.toEqual(second);
    const plain = numbers.data[0]?.embedding ?? [];
    expect(first?.map((value, at) => Math.abs(value - (plain[at] ?? 0)) < 1e-7).every(Boolean)).toBe(true);
    expect(numbers.usage).toMatchObject({ prompt_tokens: 4, total_tokens: 4, ...WITH_COST });
  });

  it('embeds tokens and shortened vectors', async () => {
    const answer = await client.embeddings.create({
      model: 'text-embedding-3-small',
      input: [
        [1, 2, 3],
        [4, 5],
      ],
      dimensions: 8,
    });
    expect(answer.data.map(({ embedding }) => embedding.length)).toEqual([8, 8]);
    expect(answer.usage.prompt_tokens).toBe(5);
  });

  it('moderates without a model, for nothing', async () => {
    const answer = await client.moderations.create({ input: ['kind words', 'violence'] });
    expect(answer.results.map(({ flagged }) => flagged)).toEqual([false, true]);
    expect(answer).toMatchObject({ usage: { cost: 0 } });
  });

  it('draws, edits and streams pictures', async () => {
    const drawn = await client.images.generate({ model: 'openai/gpt-image-1', prompt: 'a cat', n: 2 });
    expect(drawn.data).toHaveLength(2);
    expect(drawn.data?.[0]?.b64_json).toMatch(/^iVBOR/);
    expect(drawn.usage).toMatchObject({ output_tokens: 2_112, ...WITH_COST });
    const image = await toFile(Buffer.from('not really a picture'), 'cat.png', { type: 'image/png' });
    const edited = await client.images.edit({ model: 'openai/gpt-image-1', prompt: 'a hat', image });
    expect(edited.usage?.input_tokens_details.image_tokens).toBe(323);
    const stream = await client.images.generate({
      model: 'openai/gpt-image-1',
      prompt: 'a cat',
      stream: true,
      partial_images: 2,
    });
    const types: string[] = [];
    for await (const event of stream) {
      types.push(event.type);
      if (event.type === 'image_generation.completed') expect(event.usage).toMatchObject(WITH_COST);
    }
    expect(types).toEqual([
      'image_generation.partial_image',
      'image_generation.partial_image',
      'image_generation.completed',
    ]);
  });

  it('draws with a model that is priced by the picture', async () => {
    const drawn = await client.images.generate({
      model: 'google/imagen-4',
      prompt: 'a cat',
      n: 2,
      size: '1536x1024',
    });
    expect(drawn.data).toHaveLength(2);
    expect(drawn.usage).toMatchObject({ cost: 0.08 });
  });

  it.each([
    ['openai/tts-1', 'mp3' as const, 2_000],
    ['openai/gpt-4o-mini-tts', 'mp3' as const, 2_000],
    ['minimax/speech-2.6-hd', 'mp3' as const, 2_000],
    ['google/gemini-2.5-flash-preview-tts', 'wav' as const, 2_044],
  ])('speaks with %s', async (model, format, bytes) => {
    const speech = await client.audio.speech.create({
      model,
      voice: 'alloy',
      input: 'Hello',
      response_format: format,
    });
    expect(speech.headers.get('content-type')).toBe(format === 'mp3' ? 'audio/mpeg' : 'audio/wav');
    expect((await speech.arrayBuffer()).byteLength).toBe(bytes);
  });

  it('speaks in events', async () => {
    const speech = await client.audio.speech.create({
      model: 'openai/gpt-4o-mini-tts',
      voice: 'alloy',
      input: 'Hello',
      stream_format: 'sse',
    });
    const text = await speech.text();
    expect(text.match(/event: speech\.audio\.delta/g)).toHaveLength(3);
    expect(text).toMatch(/event: speech\.audio\.done\ndata: .*"output_tokens":5.*"cost":/);
  });

  it('listens, in every format', async () => {
    const file = () => toFile(Buffer.alloc(32_000, 1), 'a.mp3', { type: 'audio/mpeg' });
    const transcriptions = client.audio.transcriptions;
    const model = 'openai/whisper-1';
    const json = await transcriptions.create({ model, file: await file() });
    expect(json.text).toContain('Heard 32000 bytes');
    expect(json.usage).toMatchObject({ type: 'duration', seconds: 2, ...WITH_COST });
    const verbose = await transcriptions.create({
      model,
      file: await file(),
      response_format: 'verbose_json',
    });
    expect(verbose).toMatchObject({ duration: 2, language: 'english' });
    expect(verbose.segments).toHaveLength(2);
    const text: unknown = await transcriptions.create({ model, file: await file(), response_format: 'text' });
    expect(text).toBe(`${json.text}\n`);
    const srt: unknown = await transcriptions.create({ model, file: await file(), response_format: 'srt' });
    expect(srt).toMatch(/^1\n00:00:00,000 --> 00:00:01,000\nHeard/);
    const vtt: unknown = await transcriptions.create({ model, file: await file(), response_format: 'vtt' });
    expect(vtt).toMatch(/^WEBVTT\n\n00:00:00\.000 --> 00:00:01\.000\nHeard/);
    const translated = await client.audio.translations.create({ model, file: await file() });
    expect(translated.text).toBe(json.text);
    const groq = await transcriptions.create({ model: 'openai/whisper-large-v3', file: await file() });
    expect(groq).toMatchObject({ text: json.text, usage: { seconds: 2 } });
  });

  it.each(['openai/gpt-4o-transcribe', 'openai/whisper-1'])('streams a transcript of %s', async (model) => {
    const file = await toFile(Buffer.alloc(3_200, 1), 'a.mp3', { type: 'audio/mpeg' });
    const stream = await client.audio.transcriptions.create({ model, file, stream: true });
    let text = '';
    let last: unknown = null;
    for await (const event of stream) {
      if (event.type === 'transcript.text.delta') text += event.delta;
      last = event;
    }
    expect(text).toContain('Heard 3200 bytes');
    expect(last).toMatchObject({ type: 'transcript.text.done', text, usage: WITH_COST });
  });

  it('tells what a model cannot do as the client’s own errors', async () => {
    const file = await toFile(Buffer.alloc(10, 1), 'a.mp3');
    await expect(
      client.audio.transcriptions.create({ model: 'openai/gpt-4o-transcribe', file, response_format: 'srt' }),
    ).rejects.toMatchObject({ status: 400, param: 'response_format' });
    await expect(
      client.embeddings.create({ model: 'openai/text-embedding-3-small', input: '' }),
    ).rejects.toThrow(BadRequestError);
    await expect(client.embeddings.create({ model: 'openai/tts-1', input: 'x' })).rejects.toThrow(
      NotFoundError,
    );
  });

  it('lists what can be reached by any door', async () => {
    const listed = new Set((await client.models.list()).data.map(({ id }) => id));
    for (const id of ['openai/text-embedding-3-small', 'openai/whisper-1', 'jinaai/jina-reranker-v3'])
      expect(listed).toContain(id);
  });
});
