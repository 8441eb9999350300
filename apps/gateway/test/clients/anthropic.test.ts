import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import Anthropic, {
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  RateLimitError,
} from '@anthropic-ai/sdk';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const GPT = 'openai/gpt-4o-mini';
const GEMINI = 'google/gemini-3-flash-preview';
/** Who sells it in these tests, so that every call speaks the protocol that it is to show. */
const SELLERS: Record<string, string> = {
  [CLAUDE]: 'anthropic',
  [GPT]: 'openai',
  [GEMINI]: 'google',
};
/** A red dot, 1 × 1. */
const DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

const weather: Anthropic.Tool = {
  name: 'get_weather',
  description: 'Weather of a city',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

describe('the official Anthropic package', () => {
  let gateway: TestGateway;
  let client: Anthropic;

  beforeAll(async () => {
    gateway = await startGateway({
      models: [CLAUDE, GPT, GEMINI],
      providers: ['anthropic', 'openai', 'google'],
    });
    gateway.simulator.control.setRecording(true);
    client = new Anthropic({ apiKey: gateway.tenant.key, baseURL: gateway.url, maxRetries: 0 });
  });
  afterEach(() => gateway.simulator.control.clearFaults());
  afterAll(() => gateway.stop());

  /** The body that the simulator got last. */
  const lastSent = (): Record<string, unknown> => {
    const { control } = gateway.simulator;
    const request = control.request(control.calls().latest);
    if (!request) throw new Error('the simulator kept no request');
    return JSON.parse(request.body) as Record<string, unknown>;
  };

  const base = (model: string, content: Anthropic.MessageParam['content']) => ({
    model,
    max_tokens: 2_000,
    messages: [{ role: 'user' as const, content }],
    provider: { only: [SELLERS[model]] },
  });

  describe.each([CLAUDE, GPT, GEMINI])('with %s', (model) => {
    it('gets a message with usage', async () => {
      const message = await client.messages.create(base(model, 'Say it. [[sim text="Hello there"]]'));
      expect(message).toMatchObject({
        type: 'message',
        role: 'assistant',
        stop_reason: 'end_turn',
        stop_sequence: null,
        usage: { output_tokens: 2 },
      });
      // State of the maker's own, if there is any, stands behind what is to be read.
      expect(message.content[0]).toMatchObject({ type: 'text', text: 'Hello there' });
      expect(message.usage.input_tokens).toBeGreaterThan(0);
      expect(message._request_id).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('puts a stream together as the message itself', async () => {
      const names: string[] = [];
      const stream = client.messages
        .stream({ ...base(model, 'Say it. [[sim text="one two three four five"]]'), system: 'Be brief.' })
        .on('streamEvent', ({ type }) => names.push(type));
      const message = await stream.finalMessage();
      expect(message.content[0]).toMatchObject({ type: 'text', text: 'one two three four five' });
      expect(message.stop_reason).toBe('end_turn');
      expect(message.usage.output_tokens).toBe(5);
      expect(message.usage.input_tokens).toBeGreaterThan(5);
      const shown = names.filter((name) => name !== 'ping');
      expect([shown[0], shown[1], ...shown.slice(-3)]).toEqual([
        'message_start',
        'content_block_start',
        'content_block_stop',
        'message_delta',
        'message_stop',
      ]);
    });

    it('takes tools over several turns, an image among the results', async () => {
      const question = base(model, 'What is it like in Oslo?');
      const asked = await client.messages.create({
        ...question,
        tools: [weather],
        tool_choice: { type: 'any' },
      });
      expect(asked.stop_reason).toBe('tool_use');
      const call = asked.content.find((block) => block.type === 'tool_use');
      expect(call).toMatchObject({ name: 'get_weather', input: { city: expect.any(String) } });
      const answered = await client.messages
        .stream({
          ...question,
          tools: [weather],
          messages: [
            ...question.messages,
            { role: 'assistant', content: asked.content },
            {
              role: 'user',
              content: [
                {
                  type: 'tool_result',
                  tool_use_id: call?.id ?? '',
                  content: [
                    { type: 'text', text: 'rain, 7 degrees' },
                    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: DOT } },
                  ],
                },
              ],
            },
          ],
        })
        .finalMessage();
      expect(answered.stop_reason).toBe('end_turn');
      const sent = JSON.stringify(lastSent());
      expect([sent.includes('rain, 7 degrees'), sent.includes(DOT)]).toEqual([true, true]);
    });

    it('streams the input of a tool in pieces that are its JSON', async () => {
      const args = { city: 'São Paulo "centro"', days: [1, 2, { a: null }] };
      const message = await client.messages
        .stream({
          ...base(model, `[[sim tool=get_weather args=${JSON.stringify(args)}]]`),
          tools: [weather],
        })
        .finalMessage();
      expect(message.content.at(-1)).toMatchObject({ type: 'tool_use', input: args });
    });

    it('gets output of the form that it asked for', async () => {
      const schema = {
        type: 'object' as const,
        properties: { name: { type: 'string' }, age: { type: 'integer' } },
        required: ['name', 'age'],
        additionalProperties: false,
      };
      const message = await client.messages.create({
        ...base(model, 'Who is it?'),
        output_config: { format: { type: 'json_schema', schema } },
      });
      const [block] = message.content;
      expect(JSON.parse(block?.type === 'text' ? block.text : '')).toEqual({
        name: expect.any(String),
        age: expect.any(Number),
      });
    });

    it('stops at the limit and says so', async () => {
      const message = await client.messages.create({ ...base(model, '[[sim tokens=40]]'), max_tokens: 5 });
      expect([message.stop_reason, message.usage.output_tokens]).toEqual(['max_tokens', 5]);
    });

    it('is told of a cut stream by an error of its own, and never by a short answer', async () => {
      const [provider] = [SELLERS[model] ?? ''];
      gateway.simulator.control.setFault({ provider, fault: 'cut', options: { at: 8 } });
      const stream = client.messages.stream({
        ...base(model, '[[sim tokens=60]]'),
        ...{ trunkline: { rescue: false } },
      });
      await expect(stream.finalMessage()).rejects.toBeInstanceOf(APIError);
      await gateway.closeBreakers();
    });

    it('leaves without being answered', async () => {
      const stream = client.messages.stream(base(model, '[[sim tokens=200 gap=20]]'));
      stream.on('text', () => stream.abort());
      await expect(stream.finalMessage()).rejects.toBeInstanceOf(APIUserAbortError);
    });
  });

  it('counts tokens, also when no provider can be asked', async () => {
    gateway.simulator.control.setFault({ provider: 'anthropic', fault: 'status:503' });
    const small = await client.messages.countTokens({
      model: CLAUDE,
      messages: [{ role: 'user', content: 'Hello, how are you?' }],
    });
    const large = await client.messages.countTokens({
      model: CLAUDE,
      system: 'You are an assistant of few words.',
      tools: [weather],
      messages: [{ role: 'user', content: 'Hello, how are you?' }],
    });
    expect(small.input_tokens).toBeGreaterThan(5);
    expect(large.input_tokens).toBeGreaterThan(small.input_tokens + 20);
  });

  describe('errors', () => {
    it('are the package’s own classes', async () => {
      const stranger = new Anthropic({ apiKey: 'sk-tl-nobody', baseURL: gateway.url, maxRetries: 0 });
      await expect(stranger.messages.create(base(GPT, 'hi'))).rejects.toBeInstanceOf(AuthenticationError);
      await expect(
        client.messages.create({ model: 'nobody/nothing', max_tokens: 9, messages: [] }),
      ).rejects.toBeInstanceOf(BadRequestError);
      await expect(
        client.messages.create({
          model: 'nobody/nothing',
          max_tokens: 9,
          messages: [{ role: 'user', content: 'hi' }],
        }),
      ).rejects.toBeInstanceOf(NotFoundError);
      await expect(client.messages.create({ ...base(GPT, 'hi'), max_tokens: -1 })).rejects.toBeInstanceOf(
        BadRequestError,
      );
    });

    it.each([
      ['status:429', RateLimitError, 'rate_limit_error', 429],
      ['status:503', InternalServerError, 'overloaded_error', 529],
      ['status:500', InternalServerError, 'api_error', 502],
    ] as const)('of a provider with the fault %s', async (fault, kind, type, told) => {
      gateway.simulator.control.setFault({ provider: 'openai', fault });
      const error = await client.messages.create(base(GPT, 'hi')).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      await gateway.closeBreakers();
      expect(error).toBeInstanceOf(kind);
      expect(error).toMatchObject({
        status: told,
        requestID: expect.any(String),
        error: { type: 'error', error: { type } },
      });
    });
  });
});
