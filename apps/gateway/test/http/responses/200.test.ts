import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';
import { lastSent, respond, respondStreamed, textOf } from './support.js';

/** By the protocol behind it: Responses itself, Messages, Gemini's, and chat with reasoning as a text of its own. */
const MODELS = [
  'openai/gpt-5-mini',
  'anthropic/claude-sonnet-4.5',
  'google/gemini-2.5-flash',
  'deepseek/deepseek-v4.1-flash',
];

const WEATHER = {
  type: 'function',
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

describe('POST /v1/responses', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startGateway({
      models: MODELS,
      providers: ['openai', 'anthropic', 'google', 'deepseek'],
    });
    gateway.simulator.control.setRecording(true);
  });
  afterAll(() => gateway.stop());

  describe.each(MODELS)('with %s', (model) => {
    it('gives a response with usage and cost', async () => {
      const response = await respond(gateway, { model, input: 'Say it. [[sim text="A canal."]]' });
      expect(response).toMatchObject({
        object: 'response',
        status: 'completed',
        store: false,
        error: null,
        incomplete_details: null,
        usage: { output_tokens_details: { reasoning_tokens: expect.any(Number) } },
        provider: expect.any(String),
        trunkline: { attempts: [{ outcome: 'success' }] },
      });
      expect(textOf(response)).toBe('A canal.');
      expect(response.usage?.cost).toBeGreaterThan(0);
      expect(response.usage?.total_tokens).toBe(
        (response.usage?.input_tokens ?? 0) + (response.usage?.output_tokens ?? 0),
      );
    });

    it("streams in OpenAI's order, the whole response at the end", async () => {
      const { problems, response, text } = await respondStreamed(gateway, {
        model,
        instructions: 'Be brief.',
        input: [
          { role: 'user', content: [{ type: 'input_text', text: '[[sim text="one two three four"]]' }] },
        ],
        reasoning: { effort: 'low', summary: 'auto' },
        metadata: { intent: 'test' },
      });
      expect(problems).toEqual([]);
      expect([text, textOf(response)]).toEqual(['one two three four', 'one two three four']);
      expect(response).toMatchObject({
        status: 'completed',
        metadata: { intent: 'test' },
        previous_response_id: null,
        usage: { input_tokens: expect.any(Number), cost: expect.any(Number) },
        trunkline: { rescued: false },
      });
    });

    it('is incomplete where the token limit ended it', async () => {
      const body = {
        model,
        input: '[[sim tokens=90]]',
        max_output_tokens: 40,
        reasoning: { effort: 'none' },
      };
      const plain = await respond(gateway, body);
      const streamed = await respondStreamed(gateway, body);
      for (const response of [plain, streamed.response])
        expect(response).toMatchObject({
          status: 'incomplete',
          incomplete_details: { reason: 'max_output_tokens' },
        });
      expect(streamed.problems).toEqual([]);
      expect(textOf(streamed.response)).toBe(streamed.text);
    });

    it.each([false, true])(
      'carries thoughts, calls and results over turns (streamed: %s)',
      async (stream) => {
        const turn = async (input: unknown[]) => {
          const body = { model, input, tools: [WEATHER], reasoning: { effort: 'medium', summary: 'auto' } };
          if (!stream) return respond(gateway, body);
          const { problems, response } = await respondStreamed(gateway, body);
          expect(problems).toEqual([]);
          return response;
        };
        const question = {
          role: 'user',
          content: 'Ask get_weather about Oslo.',
        };
        const first = await turn([question]);
        const call = first.output.find(({ type }) => type === 'function_call');
        expect(JSON.parse(call?.arguments ?? '')).toEqual({ city: expect.any(String) });
        expect(first.output.some(({ type }) => type === 'reasoning')).toBe(true);
        const result = { type: 'function_call_output', call_id: call?.call_id, output: '4 °C, rain' };
        const second = await turn([question, ...first.output, result]);
        expect(textOf(second)).toContain('4 °C, rain');
        expect(second['trunkline']).toMatchObject({ attempts: [{ outcome: 'success' }], dropped: [] });
      },
    );
  });

  it.each(MODELS.slice(1))(
    'gives %s custom tools and tools in groups, and their calls back',
    async (model) => {
      const patch = '*** Begin "Patch"\n';
      const tools = [
        { type: 'custom', name: 'patch', format: { type: 'text' } },
        {
          type: 'namespace',
          name: 'agents',
          tools: [{ type: 'function', name: 'spawn', parameters: { type: 'object', properties: {} } }],
        },
      ];
      const directive = `[[sim tool=patch args=${JSON.stringify({ input: patch })} tool=agents__spawn args={}]]`;
      const question = { role: 'user', content: directive };
      const plain = await respond(gateway, { model, input: [question], tools });
      const streamed = await respondStreamed(gateway, { model, input: [question], tools });
      expect(streamed.problems).toEqual([]);
      for (const { output } of [plain, streamed.response]) {
        const calls = output.filter(({ type }) => type !== 'reasoning');
        expect(calls).toMatchObject([
          { type: 'custom_tool_call', name: 'patch', input: patch },
          { type: 'function_call', name: 'spawn', namespace: 'agents', arguments: '{}' },
        ]);
        const results = calls.map(({ type, call_id }) => ({
          type: `${type}_output`,
          call_id,
          output: 'done',
        }));
        const input = [{ role: 'user', content: 'Go on.' }, ...output, ...results];
        expect(textOf(await respond(gateway, { model, input, tools }))).toContain('done');
      }
    },
  );

  it('goes to an upstream of its own protocol as it was, and comes back as it came', async () => {
    const body = {
      model: 'openai/gpt-5-mini',
      instructions: 'Be brief.',
      input: [
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: '[[sim text="Ja."]]' }] },
      ],
      text: { format: { type: 'text' }, verbosity: 'low' },
      prompt_cache_key: 'k',
      store: true,
      metadata: { a: 'b' },
    };
    const { frames, problems } = await respondStreamed(gateway, body);
    const { path, body: sent } = lastSent(gateway);
    const { metadata: _metadata, ...rest } = body;
    expect(path).toBe('/v1/responses');
    expect(sent).toEqual({
      ...rest,
      model: 'gpt-5-mini',
      stream: true,
      store: false,
      include: ['reasoning.encrypted_content'],
    });
    expect(problems).toEqual([]);
    expect(frames[0]?.response).toMatchObject({ store: false, metadata: { a: 'b' } });
    expect(frames.find(({ type }) => type === 'response.output_item.done')?.item?.id).toMatch(/^(?:msg|rs)_/);
  });

  it('is the same under /api/v1, and takes a key as x-api-key', async () => {
    const answer = await ask(gateway, {
      path: '/api/v1/responses',
      key: null,
      headers: { 'x-api-key': gateway.tenant.key },
      body: { model: 'anthropic/claude-sonnet-4.5', input: '[[sim text="Hi."]]' },
    });
    expect([answer.status, answer.json['object']]).toEqual([200, 'response']);
    expect(answer.headers.get('x-trunkline-provider')).toBe('anthropic');
  });

  it('asks for JSON by a schema, whoever answers', async () => {
    const schema = {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    };
    for (const model of MODELS.slice(0, 3)) {
      const response = await respond(gateway, {
        model,
        input: 'Where?',
        text: { format: { type: 'json_schema', name: 'place', schema, strict: true } },
      });
      expect(JSON.parse(textOf(response))).toEqual({ city: expect.any(String) });
    }
  });

  it('says what of the request another kind of provider did not get', async () => {
    const response = await respond(gateway, {
      model: 'anthropic/claude-sonnet-4.5',
      input: '[[sim text="Hi."]]',
      tools: [{ type: 'web_search', search_context_size: 'high' }],
      truncation: 'auto',
    });
    expect(response['trunkline']).toMatchObject({
      dropped: expect.arrayContaining(['tools[0].search_context_size', 'truncation']),
    });
  });

  it('leaves a row in the log under its own endpoint', async () => {
    const answer = await ask(gateway, {
      path: '/v1/responses',
      body: { model: 'openai/gpt-5-mini', input: '[[sim text="Logged."]]' },
    });
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record).toMatchObject({ endpoint: 'responses', status: 200, modelId: 'openai/gpt-5-mini' });
  });
});
