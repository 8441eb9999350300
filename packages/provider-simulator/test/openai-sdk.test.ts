import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { z } from 'zod';
import { countTokens, type RunningSimulator, startSimulator } from '../src/index.js';
import { EXAMPLE_OFFERS, QUICK } from './example-offers.js';

let simulator: RunningSimulator;
const client = (provider = 'openai', prefix = '/v1', apiKey = `sim-${provider}-1`): OpenAI =>
  new OpenAI({ apiKey, baseURL: `${simulator.url}/p/${provider}${prefix}`, maxRetries: 0 });
const ask = (content: string) => [{ role: 'user' as const, content }];

const weather = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, unit: { enum: ['celsius', 'fahrenheit'] } },
      required: ['city', 'unit'],
    },
  },
};

beforeAll(async () => {
  simulator = await startSimulator({ offers: EXAMPLE_OFFERS, pace: QUICK });
});
afterAll(() => simulator.close());

describe('a chat through the openai package', () => {
  it('answers the same to the same and differently to something else, with exact counts', async () => {
    const once = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: ask('What is a lighthouse?'),
    });
    const again = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: ask('What is a lighthouse?'),
    });
    const other = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: ask('What is a volcano?'),
    });
    const text = once.choices[0]?.message.content ?? '';
    expect(text).toContain('lighthouse');
    expect(again.choices[0]?.message.content).toBe(text);
    expect(other.choices[0]?.message.content).not.toBe(text);
    expect(once.usage?.completion_tokens).toBe(countTokens(text));
    // 3 for the message's frame, 1 for its role, 3 to prime the answer.
    expect(once.usage?.prompt_tokens).toBe(countTokens('What is a lighthouse?') + 7);
    expect(once.id).not.toBe(again.id);
    expect(countTokens(text)).toBeGreaterThanOrEqual(20);
    expect(countTokens(text)).toBeLessThanOrEqual(120);
  });

  it('streams the very same text, with usage in a last chunk without choices', async () => {
    const plain = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: ask('What is a tide?'),
    });
    const stream = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: ask('What is a tide?'),
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(
      plain.choices[0]?.message.content,
    );
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant');
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks.at(-1)?.choices).toEqual([]);
    expect(chunks.at(-1)?.usage).toEqual(plain.usage);
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
  });

  it('sends no usage to a stream that did not ask', async () => {
    const stream = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: ask('hi'),
      stream: true,
    });
    for await (const chunk of stream) expect(chunk.usage ?? null).toBeNull();
  });

  it('gives n choices of their own, whole and interleaved', async () => {
    const plain = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: ask('A name for a boat'),
      n: 3,
    });
    expect(new Set(plain.choices.map((choice) => choice.message.content)).size).toBe(3);
    const texts = ['', '', ''];
    const stream = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: ask('A name for a boat'),
      n: 3,
      stream: true,
    });
    for await (const { choices } of stream)
      for (const choice of choices) texts[choice.index] += choice.delta.content ?? '';
    expect(texts).toEqual(plain.choices.map((choice) => choice.message.content));
  });

  it('ends with length at the limit and with stop at a stop sequence', async () => {
    const cut = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: ask('Tell me everything'),
      max_completion_tokens: 7,
    });
    expect([cut.choices[0]?.finish_reason, cut.usage?.completion_tokens]).toEqual(['length', 7]);
    const stopped = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: ask('[[sim text="one, two, three"]]'),
      stop: [', three', ', two'],
    });
    expect([stopped.choices[0]?.finish_reason, stopped.choices[0]?.message.content]).toEqual(['stop', 'one']);
  });

  it('plays a tool round trip with streamed, parallel calls', async () => {
    const messages = ask('Call get_weather and get_time for the city of New York in celsius.');
    const time = {
      type: 'function' as const,
      function: {
        name: 'get_time',
        parameters: { type: 'object', properties: { city: { type: 'string' } } },
      },
    };
    const runner = client().chat.completions.stream({
      model: 'gpt-4o-mini',
      messages,
      tools: [weather, time],
    });
    const { message, finish_reason } = (await runner.finalChatCompletion()).choices[0] ?? {};
    expect(finish_reason).toBe('tool_calls');
    const calls = (message?.tool_calls ?? []).flatMap((call) => (call.type === 'function' ? [call] : []));
    expect(calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)])).toEqual([
      ['get_weather', { city: 'New York', unit: 'celsius' }],
      ['get_time', { city: 'New York' }],
    ]);
    const results = calls.map((call) => ({
      role: 'tool' as const,
      tool_call_id: call.id,
      content: `${call.function.name}: fine`,
    }));
    const answer = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [...messages, { role: 'assistant', tool_calls: calls }, ...results],
      tools: [weather, time],
    });
    expect(answer.choices[0]?.message.content).toContain('get_weather: fine');
    expect(answer.choices[0]?.finish_reason).toBe('stop');
  });

  it('obeys tool_choice', async () => {
    const create = (
      tool_choice: 'none' | 'required' | { type: 'function'; function: { name: string } },
      parallel_tool_calls = true,
    ) =>
      client().chat.completions.create({
        model: 'gpt-4o-mini',
        messages: ask('Hello, get_weather!'),
        tools: [weather],
        tool_choice,
        parallel_tool_calls,
      });
    expect((await create('none')).choices[0]?.message.tool_calls).toBeUndefined();
    expect((await create('required', false)).choices[0]?.message.tool_calls).toHaveLength(1);
    expect(
      (await create({ type: 'function', function: { name: 'get_weather' } })).choices[0]?.finish_reason,
    ).toBe('tool_calls');
  });

  it('answers with JSON that satisfies the schema', async () => {
    const schema = {
      type: 'object',
      properties: {
        title: { type: 'string' },
        stars: { type: 'integer', minimum: 1, maximum: 5 },
        tags: { type: 'array', items: { type: 'string' }, minItems: 2 },
      },
      required: ['title', 'stars', 'tags'],
      additionalProperties: false,
    };
    const answer = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: ask('Review the film'),
      response_format: { type: 'json_schema', json_schema: { name: 'review', schema, strict: true } },
    });
    z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).parse(
      JSON.parse(answer.choices[0]?.message.content ?? ''),
    );
    const object = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: ask('Answer in JSON'),
      response_format: { type: 'json_object' },
    });
    expect(JSON.parse(object.choices[0]?.message.content ?? '')).toHaveProperty('answer');
  });

  it('counts an image in tiles', async () => {
    const content = [
      { type: 'text' as const, text: 'What is this?' },
      { type: 'image_url' as const, image_url: { url: 'https://example.com/a.png', detail: 'low' as const } },
    ];
    const answer = await client().chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content }],
    });
    expect(answer.usage?.prompt_tokens).toBe(countTokens('What is this?') + 7 + 85);
  });

  it('reports a cached prompt the second time', async () => {
    const messages = [
      { role: 'developer' as const, content: 'Rules: be kind and short. '.repeat(400) },
      ...ask('Hello'),
    ];
    const first = await client().chat.completions.create({ model: 'gpt-4o-mini', messages });
    const second = await client().chat.completions.create({ model: 'gpt-4o-mini', messages });
    expect(first.usage?.prompt_tokens_details?.cached_tokens).toBe(0);
    const cached = second.usage?.prompt_tokens_details?.cached_tokens ?? 0;
    expect(cached).toBeGreaterThan(1_024);
    expect(cached % 128).toBe(0);
  });
});

describe('reasoning', () => {
  const create = async (provider: string, model: string) => {
    const answer = await client(provider).chat.completions.create({
      model,
      messages: ask('Think about tea [[sim reasoning=12 text="Done"]]'),
    });
    return { message: answer.choices[0]?.message as unknown as Record<string, unknown>, usage: answer.usage };
  };

  it('is counted and hidden by OpenAI', async () => {
    const { message, usage } = await create('openai', 'o4-mini');
    expect(usage?.completion_tokens_details?.reasoning_tokens).toBe(12);
    expect(usage?.completion_tokens).toBe(12 + countTokens('Done'));
    expect(Object.keys(message)).not.toContain('reasoning_content');
  });

  it('stands in reasoning_content at DeepSeek and in reasoning at Groq', async () => {
    expect(
      countTokens(String((await create('deepseek', 'deepseek-reasoner')).message['reasoning_content'])),
    ).toBe(12);
    expect(countTokens(String((await create('groq', 'llama')).message['reasoning']))).toBe(12);
  });

  it('can be switched off, and max_tokens is refused by reasoning models of OpenAI', async () => {
    const off = await client('openai').chat.completions.create({
      model: 'o4-mini',
      messages: ask('tea'),
      reasoning_effort: 'none',
    });
    expect(off.usage?.completion_tokens_details?.reasoning_tokens).toBe(0);
    await expect(
      client('openai').chat.completions.create({ model: 'o4-mini', messages: ask('tea'), max_tokens: 5 }),
    ).rejects.toMatchObject({ status: 400, param: 'max_tokens' });
  });

  it('has its usage in the finish chunk at OpenRouter, asked or not', async () => {
    const stream = await client('openrouter', '/api/v1').chat.completions.create({
      model: 'openai/gpt-4o-mini',
      messages: ask('tea'),
      stream: true,
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks.at(-1)?.usage?.completion_tokens).toBeGreaterThan(0);
  });
});

describe('refusals', () => {
  const create = (body: object, to = client()) =>
    to.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: ask('hi'),
      ...body,
    } as OpenAI.ChatCompletionCreateParamsNonStreaming);

  it('answers wrong keys, models, endpoints and prompts as OpenAI does', async () => {
    await expect(create({}, client('openai', '/v1', 'sim-groq-1'))).rejects.toThrow(
      OpenAI.AuthenticationError,
    );
    await expect(create({ model: 'gpt-9' })).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
    await expect(create({ model: 'embedder' })).rejects.toMatchObject({ status: 404 });
    await expect(create({ model: 'small', messages: ask('word '.repeat(200)) })).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
    });
    await expect(create({ model: 'blind', tools: [weather] })).rejects.toMatchObject({
      status: 400,
      param: 'tools',
    });
  });

  it.each([
    [{ temperature: 'hot' }, 'temperature'],
    [{ messages: [{ role: 'robot', content: 'hi' }] }, 'messages[0].role'],
    [{ messages: [{ role: 'user', content: 3 }] }, 'messages[0].content'],
    [{ messages: [] }, 'messages'],
    [{ messages: 'hi' }, 'messages'],
    [{ n: 0 }, 'n'],
    [{ stream: 'yes' }, 'stream'],
    [{ tools: [{ type: 'function', function: { name: 'a b' } }] }, 'tools[0].function.name'],
    [{ max_completion_tokens: 99_999_999 }, 'max_completion_tokens'],
    [{ stream_options: { include_usage: true } }, 'stream_options'],
    [{ messages: [{ role: 'tool', tool_call_id: 'x', content: 'y' }] }, 'messages[0].role'],
    [{ response_format: { type: 'json_object' } }, 'messages'],
  ])('names the parameter that is wrong in %j', async (body, param) => {
    await expect(create(body)).rejects.toMatchObject({ status: 400, param, type: 'invalid_request_error' });
  });

  it('lists the models of the provider', async () => {
    const { data } = await client('deepseek').models.list();
    expect(data.map((model) => model.id)).toEqual(['deepseek-chat', 'deepseek-reasoner']);
  });
});
