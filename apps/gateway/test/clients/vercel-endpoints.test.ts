import { createOpenAI, type OpenAIProvider } from '@ai-sdk/openai';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { embedMany, generateImage, generateSpeech, transcribe } from 'ai';
import { startEndpoints } from '../endpoints/support.js';
import type { TestGateway } from '../support/start-gateway.js';

describe("Vercel's ai package with its OpenAI provider, beside chat", () => {
  let gateway: TestGateway;
  let openai: OpenAIProvider;

  beforeAll(async () => {
    gateway = await startEndpoints();
    openai = createOpenAI({ apiKey: gateway.tenant.key, baseURL: `${gateway.url}/v1` });
  });
  afterAll(() => gateway.stop());

  it('embeds', async () => {
    const { embeddings, usage } = await embedMany({
      model: openai.embedding('openai/text-embedding-3-small'),
      values: ['one two', 'three'],
      maxRetries: 0,
    });
    expect(embeddings.map(({ length }) => length)).toEqual([1_536, 1_536]);
    expect(usage.tokens).toBe(3);
  });

  it('draws', async () => {
    const { images } = await generateImage({
      model: openai.image('gpt-image-1'),
      prompt: 'a cat',
      n: 2,
      maxRetries: 0,
    });
    expect(images.map(({ mediaType }) => mediaType)).toEqual(['image/png', 'image/png']);
  });

  it('speaks and listens', async () => {
    const { audio } = await generateSpeech({
      model: openai.speech('gpt-4o-mini-tts'),
      text: 'Hello',
      voice: 'alloy',
      maxRetries: 0,
    });
    expect(audio.uint8Array.length).toBe(2_000);
    const heard = await transcribe({
      model: openai.transcription('whisper-1'),
      audio: audio.uint8Array,
      maxRetries: 0,
    });
    expect(heard.text).toContain('Heard 2000 bytes');
    expect(heard.segments.length).toBeGreaterThan(0);
  });
});
