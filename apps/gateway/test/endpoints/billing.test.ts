import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../support/ask.js';
import type { TestGateway } from '../support/start-gateway.js';
import { startEndpoints } from './support.js';

const FILE_SECONDS = 2;

describe('what calls beside chat cost', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startEndpoints();
  });
  afterAll(() => gateway.stop());

  async function charged(path: string, body: Record<string, unknown>) {
    const answer = await ask(gateway, { path, body });
    if (answer.status !== 200) throw new Error(answer.text);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    return {
      cost: record.costNanoUsd,
      lines: Object.fromEntries(record.lines.map(({ bucket, units }) => [bucket, units])),
      header: answer.headers.get('x-trunkline-cost'),
      record,
    };
  }

  it('is tokens × price for embeddings, and the same in answer, header and record', async () => {
    const { cost, lines, header, record } = await charged('/v1/embeddings', {
      model: 'openai/text-embedding-3-small',
      input: ['one two three', 'four'],
      user: 'u-1',
      metadata: { team: 'search' },
    });
    // 4 tokens at $0.02 a million.
    expect([cost, lines, header]).toEqual(['80', { 'input.text': 4 }, '8e-8']);
    expect(record).toMatchObject({
      endpoint: 'embeddings',
      promptTokens: 4,
      completionTokens: 0,
      endUser: 'u-1',
      tags: { team: 'search' },
      finishReason: 'stop',
    });
    expect(record.lines[0]).toMatchObject({ counted: false, unpriced: false });
  });

  it('counts what a provider does not', async () => {
    const { lines, record } = await charged('/v1/embeddings', {
      model: 'google:google/gemini-embedding-001',
      input: ['one two three', 'four'],
    });
    expect(lines).toEqual({ 'input.text': 4 });
    expect(record.lines[0]?.counted).toBe(true);
  });

  it.each([
    ['tokens', 'jinaai/jina-reranker-v3', { 'input.text': 7 }, '350'],
    ['searches', 'cohere/rerank-v4.0-pro', { queries: 1 }, '2500000'],
  ])('is %s for rankings, as the offer is priced', async (_what, model, lines, cost) => {
    const body = { model, query: 'red fox', documents: ['blue sea', 'a red fox'], return_documents: true };
    expect(await charged('/v1/rerank', body)).toMatchObject({ lines, cost });
  });

  it('is pictures or tokens of them, as the offer is priced', async () => {
    const drawn = await charged('/v1/images/generations', { model: 'google/imagen-4', prompt: 'cat', n: 2 });
    expect([drawn.lines, drawn.cost]).toEqual([{ images: 2 }, '80000000']);
    const counted = await charged('/v1/images/generations', { model: 'openai/gpt-image-1', prompt: 'cat' });
    // One token at $5, 1,056 at $40 a million.
    expect([counted.lines, counted.cost]).toEqual([{ 'input.text': 1, 'output.image': 1_056 }, '42245000']);
  });

  it('is characters or tokens for speech', async () => {
    const plain = await charged('/v1/audio/speech', {
      model: 'openai/tts-1',
      voice: 'alloy',
      input: 'Héllo 👋',
    });
    expect([plain.lines, plain.cost]).toEqual([{ characters: 7 }, '105000']);
    const tokens = await charged('/v1/audio/speech', {
      model: 'openai/gpt-4o-mini-tts',
      voice: 'alloy',
      input: 'Hello',
    });
    expect([tokens.lines, tokens.cost]).toEqual([{ 'input.text': 1, 'output.audio': 5 }, '60600']);
  });

  it('is seconds or tokens for transcripts', async () => {
    for (const [model, lines, cost] of [
      ['openai/whisper-1', { seconds_in: FILE_SECONDS }, '200000'],
      [
        'openai/gpt-4o-transcribe',
        { 'input.audio': 20, 'output.text': expect.any(Number) },
        expect.any(String),
      ],
    ] as const) {
      const form = new FormData();
      form.append('model', model);
      form.append('file', new Blob([new Uint8Array(FILE_SECONDS * 16_000)]), 'a.mp3');
      const response = await fetch(`${gateway.url}/v1/audio/transcriptions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${gateway.tenant.key}` },
        body: form,
      });
      expect(response.status).toBe(200);
      const record = await gateway.records.of(response.headers.get('x-request-id'));
      expect(Object.fromEntries(record.lines.map(({ bucket, units }) => [bucket, units]))).toEqual(lines);
      expect(record.costNanoUsd).toEqual(cost);
      expect(record.lines.some(({ unpriced }) => unpriced)).toBe(false);
    }
  });

  it('is nothing for moderations that the provider gives for nothing', async () => {
    expect(await charged('/v1/moderations', { input: 'kind words' })).toMatchObject({
      cost: '0',
      header: '0',
    });
  });

  it('is refused before dispatch where the wallet cannot pay', async () => {
    const poor = await gateway.addTenant({ creditUsd: 0.00001 });
    const answer = await ask(gateway, {
      path: '/v1/images/generations',
      key: poor.key,
      body: { model: 'google/imagen-4', prompt: 'cat' },
    });
    expect([answer.status, answer.json]).toMatchObject([402, { error: { code: 'insufficient_credit' } }]);
  });
});
