import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { countTokens, type RunningSimulator, startSimulator } from '../src/index.js';
import { EXAMPLE_OFFERS, QUICK } from './example-offers.js';

let simulator: RunningSimulator;
const client = (apiKey = 'sim-anthropic-1'): Anthropic =>
  new Anthropic({ apiKey, baseURL: `${simulator.url}/p/anthropic`, maxRetries: 0 });
const model = 'claude-sonnet-5-5';
const ask = (content: string): Anthropic.MessageParam[] => [{ role: 'user', content }];
const weather: Anthropic.Tool = {
  name: 'get_weather',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

beforeAll(async () => {
  simulator = await startSimulator({ offers: EXAMPLE_OFFERS, pace: QUICK });
});
afterAll(() => simulator.close());

describe('a message through the Anthropic SDK', () => {
  it('answers with exact counts', async () => {
    const message = await client().messages.create({
      model,
      max_tokens: 500,
      system: 'Be brief.',
      messages: ask('What is a canal?'),
    });
    const text = message.content[0]?.type === 'text' ? message.content[0].text : '';
    expect(text).toContain('canal');
    expect(message.stop_reason).toBe('end_turn');
    expect(message.usage.output_tokens).toBe(countTokens(text));
    expect(message.usage.input_tokens).toBe(
      countTokens('Be brief.') + countTokens('What is a canal?') + 2 * 4 + 3,
    );
    const counted = await client().messages.countTokens({
      model,
      system: 'Be brief.',
      messages: ask('What is a canal?'),
    });
    expect(counted.input_tokens).toBe(message.usage.input_tokens);
  });

  it('streams all events in order, and the SDK puts the same message together', async () => {
    const request = {
      model,
      max_tokens: 3_000,
      thinking: { type: 'enabled' as const, budget_tokens: 1_024 },
      tools: [weather],
      messages: ask('[[sim reasoning=5 text="Let me look." tool=get_weather args={"city":"Oslo"}]]'),
    };
    const stream = client().messages.stream(request);
    const types: string[] = [];
    for await (const event of stream)
      types.push(event.type === 'content_block_delta' ? event.delta.type : event.type);
    const message = await stream.finalMessage();
    expect(types.filter((type, index) => type !== types[index - 1])).toEqual([
      'message_start',
      'content_block_start',
      'thinking_delta',
      'signature_delta',
      'content_block_stop',
      'content_block_start',
      'text_delta',
      'content_block_stop',
      'content_block_start',
      'input_json_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(message.content.map((block) => block.type)).toEqual(['thinking', 'text', 'tool_use']);
    expect(message.content[2]).toMatchObject({ name: 'get_weather', input: { city: 'Oslo' } });
    expect(message.stop_reason).toBe('tool_use');
    const plain = await client().messages.create(request);
    expect(plain.usage.output_tokens).toBe(message.usage.output_tokens);
  });

  it('takes its own thinking back with a tool result, and no one else’s', async () => {
    const request = {
      model,
      max_tokens: 3_000,
      thinking: { type: 'enabled' as const, budget_tokens: 1_024 },
      tools: [weather],
    };
    const first = await client().messages.create({
      ...request,
      messages: ask('Please use get_weather for Oslo'),
    });
    const call = first.content.find((block) => block.type === 'tool_use');
    const turn = (content: Anthropic.ContentBlockParam[]): Anthropic.MessageParam[] => [
      ...ask('Please use get_weather for Oslo'),
      { role: 'assistant', content },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: call?.id ?? '', content: 'Rain, 7 degrees' }],
      },
    ];
    const own = first.content as Anthropic.ContentBlockParam[];
    const answer = await client().messages.create({ ...request, messages: turn(own) });
    expect(answer.content.find((block) => block.type === 'text')?.text).toContain('Rain, 7 degrees');
    const forged = own.map((block) =>
      block.type === 'thinking' ? { ...block, signature: 'forged' } : block,
    );
    await expect(client().messages.create({ ...request, messages: turn(forged) })).rejects.toThrow(
      'Invalid `signature`',
    );
  });

  it('writes a marked prefix to the cache and reads it the next time', async () => {
    const create = () =>
      client().messages.create({
        model,
        max_tokens: 20,
        system: [
          { type: 'text', text: 'Long rules. '.repeat(900), cache_control: { type: 'ephemeral', ttl: '1h' } },
        ],
        messages: ask('Hello'),
      });
    const [first, second] = [await create(), await create()];
    const written = first.usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
    expect(written).toBeGreaterThan(1_024);
    expect(first.usage.cache_creation_input_tokens).toBe(written);
    expect(second.usage.cache_read_input_tokens).toBe(written);
    expect(second.usage.input_tokens).toBe(first.usage.input_tokens);
  });

  it('answers with JSON that satisfies the schema of output_config', async () => {
    const schema = {
      type: 'object',
      properties: { name: { type: 'string' }, age: { type: 'integer' } },
      required: ['name', 'age'],
      additionalProperties: false,
    };
    const message = await client().messages.create({
      model,
      max_tokens: 500,
      output_config: { format: { type: 'json_schema', schema } },
      messages: ask('The person is Ada Lovelace, age: 36'),
    });
    const text = message.content[0]?.type === 'text' ? message.content[0].text : '';
    z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).parse(JSON.parse(text));
    expect(JSON.parse(text)).toMatchObject({ age: 36 });
  });

  it('stops at a stop sequence, at max_tokens, and goes on where a prefill ends', async () => {
    const text = '[[sim text="one two three four"]]';
    const stopped = await client().messages.create({
      model,
      max_tokens: 50,
      stop_sequences: [' three'],
      messages: ask(text),
    });
    expect([stopped.stop_reason, stopped.stop_sequence]).toEqual(['stop_sequence', ' three']);
    const cut = await client().messages.create({ model, max_tokens: 2, messages: ask(text) });
    expect([cut.stop_reason, cut.usage.output_tokens]).toEqual(['max_tokens', 2]);
    const rest = await client().messages.create({
      model,
      max_tokens: 50,
      messages: [...ask(text), { role: 'assistant', content: 'one two' }],
    });
    expect(rest.content).toMatchObject([{ type: 'text', text: ' three four' }]);
  });

  it('counts an image by its area', async () => {
    const png = Buffer.alloc(64);
    png.writeUInt32BE(0x89504e47, 0);
    png.writeUInt32BE(200, 16);
    png.writeUInt32BE(200, 20);
    const content: Anthropic.ContentBlockParam[] = [
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png.toString('base64') } },
    ];
    const message = await client().messages.create({
      model,
      max_tokens: 20,
      messages: [{ role: 'user', content }],
    });
    expect(message.usage.input_tokens).toBe(54 + 4 + 3);
  });
});

describe('refusals', () => {
  const create = (body: object) =>
    client().messages.create({
      model,
      max_tokens: 20,
      messages: ask('hi'),
      ...body,
    } as Anthropic.MessageCreateParamsNonStreaming);

  it('has native statuses for keys and models', async () => {
    await expect(
      client('sim-openai-1').messages.create({ model, max_tokens: 5, messages: ask('hi') }),
    ).rejects.toThrow(Anthropic.AuthenticationError);
    await expect(create({ model: 'claude-9' })).rejects.toThrow(Anthropic.NotFoundError);
  });

  it.each([
    [{ max_tokens: undefined }, 'max_tokens: Field required'],
    [{ max_tokens: 'x' }, 'max_tokens: Input should be a valid integer'],
    [{ max_tokens: 70_000, stream: true }, '70000 > 64000'],
    [{ temperature: 2 }, 'temperature: range: 0..1'],
    [
      { messages: [{ role: 'robot', content: 'x' }] },
      "messages.0.role: Input should be 'user', 'assistant' or 'system'",
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'text' }] }] },
      'messages.0.content.0.text: Field required',
    ],
    [{ messages: [{ role: 'assistant', content: 'x' }] }, 'first message must use the'],
    [
      { messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a' }] }] },
      'unexpected `tool_use_id`',
    ],
    [{ thinking: { type: 'enabled', budget_tokens: 1_024 } }, '`max_tokens` must be greater'],
  ])('says what is wrong with %j', async (body, message) => {
    await expect(create(body)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(message),
    });
  });

  it('wants the anthropic-version header', async () => {
    const response = await fetch(`${simulator.url}/p/anthropic/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': 'sim-anthropic-1' },
      body: JSON.stringify({ model, max_tokens: 5, messages: ask('hi') }),
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { type: 'error', error: { message: 'anthropic-version: header is required' } },
    ]);
  });
});
