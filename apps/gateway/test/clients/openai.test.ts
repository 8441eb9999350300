import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI, { AuthenticationError, BadRequestError, NotFoundError } from 'openai';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const MODEL = 'openai/gpt-4o-mini';
const CLAUDE = 'anthropic/claude-sonnet-4.5';
/** A red dot, 1 × 1. */
const IMAGE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

const weatherTool: OpenAI.ChatCompletionTool = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'Weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

describe('the official openai package', () => {
  let gateway: TestGateway;
  let client: OpenAI;

  beforeAll(async () => {
    gateway = await startGateway();
    client = new OpenAI({ apiKey: gateway.tenant.key, baseURL: `${gateway.url}/v1`, maxRetries: 0 });
  });
  afterAll(() => gateway.stop());

  describe.each([MODEL, CLAUDE])('with %s', (model) => {
    it('gets a chat with usage', async () => {
      const answer = await client.chat.completions.create({
        model,
        messages: [{ role: 'user', content: 'Say it. [[sim text="Hello there"]]' }],
      });
      expect(answer.choices[0]?.message.content).toBe('Hello there');
      expect(answer.choices[0]?.finish_reason).toBe('stop');
      expect(answer.usage?.completion_tokens).toBe(2);
      expect(answer.created).toBeGreaterThan(1_700_000_000);
    });

    it('gets a stream whose every chunk has a choice', async () => {
      const stream = await client.chat.completions.create({
        model,
        stream: true,
        messages: [{ role: 'user', content: 'Say it. [[sim text="one two three four five"]]' }],
      });
      let text = '';
      let finish: string | null = null;
      for await (const chunk of stream) {
        // The loop of every tutorial.
        text += chunk.choices[0]!.delta.content ?? '';
        finish = chunk.choices[0]!.finish_reason ?? finish;
      }
      expect(text).toBe('one two three four five');
      expect(finish).toBe('stop');
    });

    it('gets usage in a last chunk of its own when it asks for it', async () => {
      const stream = await client.chat.completions.create({
        model,
        stream: true,
        stream_options: { include_usage: true },
        messages: [{ role: 'user', content: '[[sim text="one two"]]' }],
      });
      const chunks: OpenAI.ChatCompletionChunk[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      expect(chunks.filter((chunk) => chunk.usage)).toHaveLength(1);
      expect(chunks.at(-1)).toMatchObject({
        choices: [],
        usage: { completion_tokens: 2, cost: expect.any(Number) },
      });
    });

    it('plays a tool round trip', async () => {
      const question: OpenAI.ChatCompletionMessageParam = {
        role: 'user',
        content: 'Use get_weather for Paris',
      };
      const first = await client.chat.completions.create({
        model,
        messages: [question],
        tools: [weatherTool],
      });
      expect(first.choices[0]?.finish_reason).toBe('tool_calls');
      const call = first.choices[0]?.message.tool_calls?.[0];
      if (call?.type !== 'function') throw new Error('no function was called');
      expect(JSON.parse(call.function.arguments)).toHaveProperty('city');
      const second = await client.chat.completions.create({
        model,
        tools: [weatherTool],
        messages: [
          question,
          first.choices[0]!.message,
          { role: 'tool', tool_call_id: call.id, content: 'It is raining frogs' },
        ],
      });
      expect(second.choices[0]?.message.content).toContain('raining frogs');
    });

    it('gets a streamed tool call in pieces that add up', async () => {
      const runner = client.chat.completions.stream({
        model,
        tools: [weatherTool],
        messages: [{ role: 'user', content: 'Go [[sim tool=get_weather args={"city":"Lyon"}]]' }],
      });
      const final = await runner.finalChatCompletion();
      const call = final.choices[0]?.message.tool_calls?.[0];
      expect(call).toMatchObject({ function: { name: 'get_weather', arguments: '{"city":"Lyon"}' } });
    });

    it('gets JSON that satisfies its schema', async () => {
      const answer = await client.chat.completions.create({
        model,
        messages: [{ role: 'user', content: 'Describe a cat' }],
        response_format: {
          type: 'json_schema',
          json_schema: {
            name: 'cat',
            strict: true,
            schema: {
              type: 'object',
              properties: { name: { type: 'string' }, lives: { type: 'integer' } },
              required: ['name', 'lives'],
              additionalProperties: false,
            },
          },
        },
      });
      const cat = JSON.parse(answer.choices[0]?.message.content ?? '') as Record<string, unknown>;
      expect(cat).toEqual({ name: expect.any(String), lives: expect.any(Number) });
    });

    it('sends an image', async () => {
      const answer = await client.chat.completions.create({
        model,
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this? [[sim text="A dot"]]' },
              { type: 'image_url', image_url: { url: IMAGE } },
            ],
          },
        ],
      });
      expect(answer.choices[0]?.message.content).toBe('A dot');
    });
  });

  it('lists the models that it can call', async () => {
    const ids: string[] = [];
    for await (const model of client.models.list()) ids.push(model.id);
    expect(ids).toEqual(expect.arrayContaining([MODEL, CLAUDE]));
    expect((await client.models.retrieve(MODEL)).id).toBe(MODEL);
  });

  it('throws AuthenticationError for a bad key', async () => {
    const stranger = new OpenAI({ apiKey: 'sk-tl-nobody', baseURL: `${gateway.url}/v1`, maxRetries: 0 });
    await expect(stranger.chat.completions.create({ model: MODEL, messages: [] })).rejects.toThrow(
      AuthenticationError,
    );
  });

  it('throws NotFoundError for an unknown model and says what comes near', async () => {
    const asking = client.chat.completions.create({
      model: 'openai/gpt-4o-minni',
      messages: [{ role: 'user', content: 'x' }],
    });
    await expect(asking).rejects.toThrow(NotFoundError);
    await expect(asking).rejects.toThrow(/openai\/gpt-4o-mini/);
  });

  it('throws BadRequestError that names the field of a malformed body', async () => {
    const asking = client.chat.completions.create({
      model: MODEL,
      messages: [{ role: 'wizard', content: 'x' } as unknown as OpenAI.ChatCompletionMessageParam],
    });
    await expect(asking).rejects.toThrow(BadRequestError);
    await expect(asking).rejects.toMatchObject({ param: 'messages[0].role', status: 400 });
  });

  it('throws its own error in the middle of a stream that breaks', async () => {
    gateway.simulator.control.setFault({ fault: 'cut', options: { at: 3 } });
    const stream = await client.chat.completions.create({
      model: MODEL,
      stream: true,
      messages: [{ role: 'user', content: '[[sim tokens=30]]' }],
    });
    const reading = async () => {
      for await (const chunk of stream) void chunk;
    };
    await expect(reading()).rejects.toThrow(OpenAI.APIError);
    gateway.simulator.control.clearFaults();
  });
});
