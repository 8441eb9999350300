import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI, { toFile } from 'openai';
import { eventually } from '../support/eventually.js';
import { type Platform, startPlatform } from '../support/platform.js';

/** Within which a call's record is seen; the machine may be busy. */
const RECORD_MS = 30_000;

interface Stored {
  data: Record<string, unknown>;
}

describe('the platform, beside chat', () => {
  let platform: Platform;
  let client: OpenAI;
  beforeAll(async () => {
    platform = await startPlatform();
    const { GATEWAY_URL, DEMO_API_KEY } = platform.env;
    client = new OpenAI({ apiKey: DEMO_API_KEY ?? '', baseURL: `${GATEWAY_URL}/v1`, maxRetries: 0 });
  }, 400_000);
  afterAll(async () => {
    await platform?.stop();
  }, 200_000);

  /** Null while there is nothing. */
  async function stored(path: string): Promise<Record<string, unknown> | null> {
    const { GATEWAY_URL, DEMO_API_KEY } = platform.env;
    const response = await fetch(`${GATEWAY_URL}/api/v1${path}`, {
      headers: { authorization: `Bearer ${DEMO_API_KEY}` },
    });
    if (response.status === 404) return null;
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return ((await response.json()) as Stored).data;
  }

  const numberAt = async (path: string, field: string) => Number((await stored(path))?.[field]);

  it('answers every endpoint with the demo key, and says afterwards what it was and cost', async () => {
    const before = await numberAt('/credits', 'total_usage');
    const { data: embedded, response } = await client.embeddings
      .create({ model: 'openai/text-embedding-3-small', input: ['one two three', 'four'] })
      .withResponse();
    expect(embedded.data).toHaveLength(2);
    const moderated = await client.moderations.create({ input: 'kind words' });
    expect(moderated.results[0]?.flagged).toBe(false);
    const drawn = await client.images.generate({ model: 'openai/gpt-image-1', prompt: 'a cat' });
    expect(drawn.data).toHaveLength(1);
    const speech = await client.audio.speech.create({
      model: 'openai/gpt-4o-mini-tts',
      voice: 'alloy',
      input: 'Hello',
    });
    const file = await toFile(await speech.arrayBuffer(), 'hello.mp3');
    const heard = await client.audio.transcriptions.create({ model: 'openai/whisper-1', file });
    expect(heard.text).toContain('Heard 2000 bytes');
    const id = response.headers.get('x-request-id') ?? '';
    const generation = await eventually(() => stored(`/generation?id=${id}`), RECORD_MS);
    expect(generation).toMatchObject({
      id,
      model: 'openai/text-embedding-3-small',
      api_type: 'embeddings',
      native_tokens_prompt: 4,
      total_cost: 8e-8,
    });
    // The picture alone costs more than four cents.
    const hasSpent = async () => (await numberAt('/credits', 'total_usage')) - before > 0.04;
    await eventually(hasSpent, RECORD_MS);
    await eventually(async () => (await numberAt('/key', 'usage')) > 0.04, RECORD_MS);
  });
});
