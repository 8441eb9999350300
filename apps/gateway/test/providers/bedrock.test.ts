import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { ask, chat } from '../support/ask.js';
import { signedBedrock } from '../support/signed-bedrock.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { readStream } from '../streaming/support.js';

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const NOVA = 'amazon/nova-lite-v1';
/** Breakers are per offer: a model of its own for each failure keeps them apart. */
const FAILING = [
  'amazon/nova-pro-v1',
  'amazon/nova-micro-v1',
  'anthropic/claude-haiku-4.5',
  'anthropic/claude-sonnet-4',
  'anthropic/claude-opus-4.5',
];
const NATIVE_CLAUDE = 'global.anthropic.claude-sonnet-4-5-20250929-v1:0';
const TOOLS = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];

interface Detail {
  type: string;
  text?: string;
  signature?: string | null;
  format?: string;
  index?: number;
}

interface Message {
  role: string;
  content: string | null;
  reasoning_details?: Detail[];
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
}

interface Completion {
  id: string;
  model: string;
  choices: { message: Message; finish_reason: string; native_finish_reason: string }[];
  usage: { prompt_tokens: number; completion_tokens: number; cost: number };
}

type Block = Record<string, unknown>;
interface SentBody {
  messages: { role: string; content: Block[] }[];
  [field: string]: unknown;
}

describe('a model of Amazon Bedrock', () => {
  let gateway: TestGateway;

  const complete = async (body: Record<string, unknown>): Promise<Completion> => {
    const answer = await ask(gateway, { body: { provider: { only: ['bedrock'] }, ...body } });
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    return answer.json as unknown as Completion;
  };
  const lastSent = (): { path: string; headers: Record<string, unknown>; body: SentBody } => {
    const { control } = gateway.simulator;
    const request = control.request(control.calls().latest);
    if (!request) throw new Error('the simulator kept no request');
    const { path, headers, body } = request;
    return { path, headers, body: JSON.parse(body) as SentBody };
  };

  beforeAll(async () => {
    gateway = await startGateway({ models: [CLAUDE, NOVA, ...FAILING], providers: [] });
    await gateway.addEntry(signedBedrock(gateway.simulator));
    await eventually(async () => {
      const up = await ask(gateway, { body: chat('[[sim text="up"]]', { model: NOVA }) });
      expect([up.status, up.text]).toEqual([200, up.text]);
    });
    gateway.simulator.control.setRecording(true);
  });
  afterEach(() => gateway.simulator.control.clearFaults());
  afterAll(() => gateway.stop());

  it('answers over Converse to a signed request, named and billed as asked', async () => {
    const answer = await complete({ ...chat('[[sim text="A canal."]]', { model: NOVA }), top_k: 5 });
    expect(answer.choices[0]).toMatchObject({
      message: { role: 'assistant', content: 'A canal.' },
      finish_reason: 'stop',
      native_finish_reason: 'end_turn',
    });
    expect(answer.model).toBe('amazon.nova-lite-v1:0');
    expect(answer.id).not.toBe('');
    const { path, headers, body } = lastSent();
    expect(path).toBe('/model/amazon.nova-lite-v1%3A0/converse');
    expect(headers['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIASIM0000000000001\/\d{8}\/eu-west-1\/bedrock\/aws4_request, /,
    );
    expect(body).toMatchObject({ additionalModelRequestFields: { inferenceConfig: { topK: 5 } } });
    const { prompt_tokens: prompt, completion_tokens: completion, cost } = answer.usage;
    expect(Math.round(cost * 1e9)).toBe(prompt * 60 + completion * 240);
  });

  it('streams to a client of OpenAI', async () => {
    const body = chat('[[sim text="one two three"]]', { model: NOVA, stream: true });
    const stream = await readStream(gateway, { body });
    expect([stream.status, stream.isDone, stream.text]).toEqual([200, true, 'one two three']);
    expect(stream.frames[0]).toMatchObject({
      model: 'amazon.nova-lite-v1:0',
      id: expect.stringMatching(/./),
    });
    expect(stream.frames.at(-1)?.usage?.completion_tokens).toBeGreaterThan(2);
    expect(lastSent().path).toBe('/model/amazon.nova-lite-v1%3A0/converse-stream');
  });

  it.each([false, true])(
    'gives thinking back to Claude byte for byte beside results of tools (stream: %s)',
    async (stream) => {
      const question = {
        role: 'user',
        content: '[[sim reasoning=6 text="I will look." tool=get_weather args={"city":"Oslo"}]]',
      };
      const first = {
        model: CLAUDE,
        messages: [question],
        tools: TOOLS,
        reasoning: { max_tokens: 2000 },
        provider: { only: ['bedrock'] },
      };
      const message = stream
        ? messageOf((await readStream(gateway, { body: { ...first, stream } })).frames)
        : (await complete(first)).choices[0]?.message;
      expect(lastSent().body).toMatchObject({
        additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2000 } },
      });
      const [call] = message?.tool_calls ?? [];
      expect(call?.function).toEqual({ name: 'get_weather', arguments: '{"city":"Oslo"}' });
      const details = message?.reasoning_details ?? [];
      expect(new Set(details.map(({ format }) => format))).toEqual(new Set(['anthropic-claude-v1']));
      const text = details.map((detail) => detail.text ?? '').join('');
      const signature = details.map((detail) => detail.signature ?? '').join('');
      expect(signature.length).toBeGreaterThan(20);
      // The simulator refuses a signature that is not the text's.
      await complete({
        ...first,
        messages: [question, message, { role: 'tool', tool_call_id: call?.id, content: 'snow' }],
      });
      const { path, body } = lastSent();
      expect(path).toBe(`/model/${encodeURIComponent(NATIVE_CLAUDE)}/converse`);
      expect(body.messages.slice(1)).toEqual([
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text, signature } } },
            { text: 'I will look.' },
            { toolUse: { toolUseId: call?.id, name: 'get_weather', input: { city: 'Oslo' } } },
          ],
        },
        { role: 'user', content: [{ toolResult: { toolUseId: call?.id, content: [{ text: 'snow' }] } }] },
      ]);
    },
  );

  it("is Claude to a client of Anthropic's, thinking and its signature included", async () => {
    const question = { role: 'user', content: '[[sim reasoning=6 text="I see."]]' };
    const body = {
      model: CLAUDE,
      max_tokens: 3000,
      thinking: { type: 'enabled', budget_tokens: 2000 },
      provider: { only: ['bedrock'] },
    };
    const said = async (messages: unknown[]) => {
      const answer = await ask(gateway, { path: '/v1/messages', body: { ...body, messages } });
      expect([answer.status, answer.text]).toEqual([200, answer.text]);
      return answer.json['content'] as Block[];
    };
    const content = await said([question]);
    expect(content).toEqual([
      { type: 'thinking', thinking: expect.any(String), signature: expect.stringMatching(/.{20}/) },
      expect.objectContaining({ type: 'text', text: 'I see.' }),
    ]);
    await said([question, { role: 'assistant', content }, question]);
    const [first] = content;
    expect(lastSent().body.messages[1]?.content[0]).toEqual({
      reasoningContent: { reasoningText: { text: first?.['thinking'], signature: first?.['signature'] } },
    });
  });

  it('tells a limit of calls as one, and a broken address of a model as unavailable', async () => {
    const [limited = '', , , unknown = ''] = FAILING;
    const { control } = gateway.simulator;
    control.setFault({ provider: 'bedrock', fault: 'status:429' });
    expect((await ask(gateway, { body: chat('hi', { model: limited }) })).status).toBe(429);
    control.clearFaults();
    control.setFault({ provider: 'bedrock', fault: 'status:404' });
    expect((await ask(gateway, { body: chat('hi', { model: unknown }) })).status).toBe(404);
  });

  it.each([
    ['error_event_before_content', 502],
    ['error_event_after_content', 200],
    ['garbage_event', 200],
    ['truncated_json', 200],
  ])('never ends a stream well that has %s', async (fault, status) => {
    const [, , model = ''] = FAILING;
    await gateway.closeBreakers();
    gateway.simulator.control.setFault({ provider: 'bedrock', fault: fault as 'cut' });
    const body = { ...chat('[[sim tokens=20]]', { model, stream: true }), provider: { only: ['bedrock'] } };
    const stream = await readStream(gateway, { body });
    expect([stream.status, stream.isDone]).toEqual([status, false]);
    if (status === 200) expect(stream.error).not.toBeNull();
  });

  it('refuses what Converse cannot be given, by its field', async () => {
    const [, , , , model = ''] = FAILING;
    const content = [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }];
    const answer = await ask(gateway, {
      body: { model, messages: [{ role: 'user', content }], provider: { only: ['bedrock'] } },
    });
    expect([answer.status, answer.json['error']]).toEqual([
      400,
      expect.objectContaining({ param: 'messages[0].content[0].image_url.url' }),
    ]);
  });
});

describe('an API key of Bedrock', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ models: [NOVA], providers: ['bedrock'], paths: { bedrock: '' } });
  });
  afterAll(() => gateway.stop());

  it('goes as bearer, without a region', async () => {
    await eventually(async () => {
      const answer = await ask(gateway, { body: chat('[[sim text="A canal."]]', { model: NOVA }) });
      expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('A canal.')]);
    });
  });
});

/** What a client that adds up the deltas has. */
function messageOf(frames: readonly unknown[]): Message {
  const message: Message = { role: 'assistant', content: '', reasoning_details: [], tool_calls: [] };
  for (const frame of frames) {
    const { choices = [] } = frame as { choices?: { delta?: Partial<Message> }[] };
    const delta = choices[0]?.delta ?? {};
    message.content += delta.content ?? '';
    message.reasoning_details?.push(...(delta.reasoning_details ?? []));
    for (const part of delta.tool_calls ?? []) {
      if (part.id) message.tool_calls?.push({ id: part.id, function: { ...part.function, arguments: '' } });
      const last = message.tool_calls?.at(-1);
      if (last) last.function.arguments += part.function?.arguments ?? '';
    }
  }
  return message;
}
