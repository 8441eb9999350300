import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI, { APIError, AuthenticationError, BadRequestError, NotFoundError } from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import type { ResponseInputItem } from 'openai/resources/responses/responses';
import { z } from 'zod';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const GPT = 'openai/gpt-5-mini';
const CLAUDE = 'anthropic/claude-sonnet-4.5';
const GEMINI = 'google/gemini-2.5-flash';
const DEEPSEEK = 'deepseek/deepseek-v4.1-flash';

const WEATHER: OpenAI.Responses.FunctionTool = {
  type: 'function',
  name: 'get_weather',
  description: 'Weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  strict: false,
};

describe('the official openai package, by responses', () => {
  let gateway: TestGateway;
  let client: OpenAI;

  beforeAll(async () => {
    gateway = await startGateway({
      models: [GPT, CLAUDE, GEMINI, DEEPSEEK],
      providers: ['openai', 'anthropic', 'google', 'deepseek'],
    });
    gateway.simulator.control.setRecording(true);
    client = new OpenAI({ apiKey: gateway.tenant.key, baseURL: `${gateway.url}/v1`, maxRetries: 0 });
  });
  afterEach(async () => {
    gateway.simulator.control.clearFaults();
    await gateway.closeBreakers();
  });
  afterAll(() => gateway.stop());

  describe.each([GPT, CLAUDE, GEMINI, DEEPSEEK])('with %s', (model) => {
    const provider = model.slice(0, model.indexOf('/'));

    it('gets a response', async () => {
      const response = await client.responses.create({ model, input: 'Say it. [[sim text="Hello there"]]' });
      expect([response.output_text, response.status]).toEqual(['Hello there', 'completed']);
      expect(response.usage?.output_tokens).toBeGreaterThanOrEqual(2);
      expect(response.created_at).toBeGreaterThan(1_700_000_000);
    });

    it('gets a stream, by events and put together', async () => {
      const stream = client.responses.stream({ model, input: '[[sim text="one two three four"]]' });
      const types: string[] = [];
      let text = '';
      for await (const event of stream) {
        types.push(event.type);
        if (event.type === 'response.output_text.delta') text += event.delta;
      }
      const final = await stream.finalResponse();
      expect([text, final.output_text]).toEqual(['one two three four', 'one two three four']);
      expect(types[0]).toBe('response.created');
      expect(types.at(-1)).toBe('response.completed');
    });

    it('runs a tool over turns with its reasoning, which comes back to who made it', async () => {
      const input: ResponseInputItem[] = [{ role: 'user', content: 'Ask get_weather about Oslo.' }];
      const ask = () =>
        client.responses.create({
          model,
          input,
          tools: [WEATHER],
          store: false,
          include: ['reasoning.encrypted_content'],
          reasoning: { effort: 'medium', summary: 'auto' },
        });
      const first = await ask();
      input.push(...(first.output as ResponseInputItem[]));
      for (const item of first.output) {
        if (item.type !== 'function_call') continue;
        expect(JSON.parse(item.arguments)).toEqual({ city: expect.any(String) });
        input.push({ type: 'function_call_output', call_id: item.call_id, output: 'rain, 4 degrees' });
      }
      const second = await ask();
      expect(second.output_text).toContain('rain, 4 degrees');
      expect(first.output.some(({ type }) => type === 'reasoning')).toBe(true);
      expect(second).toMatchObject({ trunkline: { dropped: [] } });
    });

    it('throws where a stream is cut, and never takes it for whole', async () => {
      gateway.simulator.control.setFault({ provider, fault: 'cut', options: { at: 8 } });
      const stream = await client.responses.create(
        { model, input: '[[sim tokens=60]]', stream: true },
        { headers: { 'x-trunkline-rescue': 'false' } },
      );
      const read = async () => {
        for await (const event of stream)
          if (event.type === 'response.completed') throw new Error('sold as whole');
      };
      await expect(read()).rejects.toBeInstanceOf(APIError);
    });

    it('throws the class of the error', async () => {
      gateway.simulator.control.setFault({ provider, fault: 'status:500' });
      await expect(
        client.responses.create({ model, input: 'x' }, { headers: { 'x-trunkline-total-ms': '20000' } }),
      ).rejects.toMatchObject({ status: 502, code: 'provider_error' });
    });
  });

  // DeepSeek has JSON without a schema: the schema goes into its prompt, and the simulator reads none there.
  it.each([GPT, CLAUDE, GEMINI])('gets an object of the schema that it asked %s for', async (model) => {
    const Person = z.object({ name: z.string(), tags: z.array(z.string()) });
    const response = await client.responses.parse({
      model,
      input: 'Who is it?',
      text: { format: zodTextFormat(Person, 'person') },
    });
    expect(Person.parse(response.output_parsed)).toEqual(response.output_parsed);
  });

  it('carries the state of one provider past another, and back to it byte for byte', async () => {
    const turn = async (model: string, input: ResponseInputItem[]) =>
      client.responses.create({
        model,
        input,
        tools: [WEATHER],
        reasoning: { effort: 'medium', summary: 'auto' },
      });
    const input: ResponseInputItem[] = [{ role: 'user', content: 'Ask get_weather about Oslo.' }];
    const first = await turn(CLAUDE, input);
    const call = first.output.find((item) => item.type === 'function_call');
    input.push(...(first.output as ResponseInputItem[]), {
      type: 'function_call_output',
      call_id: call?.call_id ?? '',
      output: 'rain',
    });
    const second = await turn(GPT, input);
    expect(second).toMatchObject({ trunkline: { dropped: expect.arrayContaining(['input[1]']) } });
    input.push(...(second.output as ResponseInputItem[]), { role: 'user', content: 'And now?' });
    await turn(CLAUDE, input);
    const { control } = gateway.simulator;
    const sent = control.request(control.calls().latest)?.body ?? '';
    const thinking = first.output.find((item) => item.type === 'reasoning');
    expect(sent).toContain(JSON.stringify(thinking?.summary[0]?.text));
    expect(sent).toMatch(/"signature":"E[^"]+"/);
  });

  it('counts what a request would be as a prompt, by the provider where it counts, and has none answer it', async () => {
    const { control } = gateway.simulator;
    control.setRecording(true);
    const before = control.calls().latest;
    const count = async (model: string, input: string) =>
      (await client.responses.inputTokens.count({ model, input, tools: [WEATHER] })).input_tokens;
    for (const model of [CLAUDE, GPT])
      expect(await count(model, 'Hi '.repeat(100))).toBeGreaterThan((await count(model, 'Hi')) + 50);
    const asked = Array.from({ length: control.calls().latest - before }, (_, i) => before + 1 + i);
    expect(asked.map((id) => control.request(id)?.path)).toEqual([
      expect.stringMatching(/\/count_tokens$/),
      expect.stringMatching(/\/count_tokens$/),
    ]);
    control.setRecording(false);
  });

  it('throws what is wrong with a request, a model or a key', async () => {
    const wrong = client.responses.create({ model: GPT, input: [{ type: 'nonsense' } as never] });
    await expect(wrong).rejects.toMatchObject({ status: 400, param: 'input[0].type' });
    await expect(wrong).rejects.toBeInstanceOf(BadRequestError);
    await expect(client.responses.create({ model: 'nobody/none', input: 'x' })).rejects.toBeInstanceOf(
      NotFoundError,
    );
    const stranger = new OpenAI({ apiKey: 'sk-tl-none', baseURL: `${gateway.url}/v1`, maxRetries: 0 });
    await expect(stranger.responses.create({ model: GPT, input: 'x' })).rejects.toBeInstanceOf(
      AuthenticationError,
    );
  });

  it('may leave in the middle', async () => {
    const stream = await client.responses.create({
      model: CLAUDE,
      input: '[[sim tokens=400 gap=5]]',
      stream: true,
    });
    let deltas = 0;
    for await (const event of stream) {
      if (event.type !== 'response.output_text.delta') continue;
      deltas += 1;
      if (deltas === 5) break;
    }
    expect(deltas).toBe(5);
    const again = await client.responses.create({ model: CLAUDE, input: '[[sim text="Still here"]]' });
    expect(again.output_text).toBe('Still here');
  });
});
