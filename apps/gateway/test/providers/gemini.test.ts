import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, chat } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { readStream, type Frame } from '../streaming/support.js';

const MODEL = 'google/gemini-3-flash-preview';
/** Breakers are per offer: a model of its own for each failure keeps them apart. */
const FAILING = [
  'google/gemini-3.5-flash',
  'google/gemini-3.6-flash',
  'google/gemini-3.1-pro-preview',
  'google/gemini-2.5-flash',
];
const [OVERLOADED, LIMITED, GARBLED, CUT] = FAILING;
const QUESTION = 'Please use get_weather for Oslo and now';
const TOOLS = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
  { type: 'function', function: { name: 'now' } },
];

interface Detail {
  type: string;
  data?: string;
  format?: string;
  id?: string | null;
}

interface Message {
  role: string;
  content: string | null;
  reasoning_content?: string;
  reasoning_details?: Detail[];
  tool_calls?: { id: string; type: string; function: { name: string; arguments: string } }[];
}

interface Completion {
  choices: { message: Message; finish_reason: string; native_finish_reason: string }[];
  usage: {
    prompt_tokens: number;
    completion_tokens: number;
    completion_tokens_details: { reasoning_tokens: number };
  };
  provider: string;
  trunkline: { attempts: { provider: string; outcome: string }[] };
}

interface Logprobs {
  choices: { logprobs?: { content: { token: string }[] } | null }[];
}

interface SentBody {
  contents: { role: string; parts: { functionCall?: { name: string }; thoughtSignature?: string }[] }[];
  generationConfig?: Record<string, unknown>;
}

describe('a model of Google', () => {
  let gateway: TestGateway;

  const complete = async (body: Record<string, unknown>): Promise<Completion> => {
    const answer = await ask(gateway, { body: { model: MODEL, provider: { order: ['google'] }, ...body } });
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    return answer.json as unknown as Completion;
  };
  /** What the simulator got last. */
  const lastSent = (): { path: string; key: unknown; body: SentBody } => {
    const { control } = gateway.simulator;
    const request = control.request(control.calls().latest);
    if (!request) throw new Error('the simulator kept no request');
    const { path, headers, body } = request;
    return { path, key: headers['x-goog-api-key'], body: JSON.parse(body) as SentBody };
  };

  beforeAll(async () => {
    gateway = await startGateway({ models: [MODEL, ...FAILING], providers: ['google', 'openrouter'] });
    gateway.simulator.control.setRecording(true);
  });
  afterEach(() => gateway.simulator.control.clearFaults());
  afterAll(() => gateway.stop());

  it.each([false, true])('tells log probabilities where the model has them (stream: %s)', async (stream) => {
    const wish = { logprobs: true, top_logprobs: 2, stream };
    const body = chat('[[sim text="Hi there"]]', { model: 'google/gemini-2.5-flash', ...wish });
    const answer = await ask(gateway, { body });
    expect(answer.status).toBe(200);
    const values = stream
      ? answer.text.split('\n\n').flatMap((line) => (line.startsWith('data: {') ? [line.slice(6)] : []))
      : [answer.text];
    const tokens = values.flatMap((value) => {
      const { choices } = JSON.parse(value) as Logprobs;
      return choices.flatMap(({ logprobs }) => logprobs?.content ?? []);
    });
    expect(tokens.map(({ token }) => token).join('')).toBe('Hi there');
    expect(tokens[0]).toEqual({
      ...{ token: 'Hi', logprob: -Math.LN2, bytes: [72, 105] },
      top_logprobs: [
        { token: 'Hi', logprob: -Math.LN2, bytes: [72, 105] },
        { token: 'Hi1', logprob: -2 * Math.LN2, bytes: [72, 105, 49] },
      ],
    });
  });

  it('tells that a newer model has no log probabilities', async () => {
    const body = chat('[[sim text="Hi there"]]', { model: MODEL, logprobs: true, top_logprobs: 2 });
    const { json } = await ask(gateway, { body });
    expect(json).toMatchObject({
      choices: [{ logprobs: null }],
      trunkline: { dropped: ['logprobs', 'top_logprobs'] },
    });
  });

  it('answers a chat over its own protocol and counts its thoughts', async () => {
    const answer = await complete({
      ...chat('[[sim reasoning=7 text="A canal."]]'),
      model: MODEL,
      reasoning: { effort: 'low' },
    });
    expect(answer.choices[0]).toMatchObject({
      message: { role: 'assistant', content: 'A canal.', reasoning_content: expect.any(String) },
      finish_reason: 'stop',
      native_finish_reason: 'STOP',
    });
    expect(answer.usage.completion_tokens_details.reasoning_tokens).toBe(7);
    expect(answer.provider).toBe('google');
    const { path, key, body } = lastSent();
    expect([path, key]).toEqual(['/v1/models/gemini-3-flash-preview:generateContent', 'sim-google-1']);
    expect(body.generationConfig).toEqual({
      thinkingConfig: { thinkingLevel: 'low', includeThoughts: true },
    });
  });

  it('streams to a client of OpenAI, with one finish and the counts behind it', async () => {
    const stream = await readStream(gateway, {
      body: {
        ...chat('[[sim reasoning=5 text="one two three"]]'),
        model: MODEL,
        provider: { order: ['google'] },
        reasoning: { effort: 'high' },
        stream: true,
      },
    });
    expect([stream.status, stream.isDone, stream.text]).toEqual([200, true, 'one two three']);
    const reasoning = stream.frames.map((frame) => frame.choices?.[0]?.delta.reasoning ?? '').join('');
    expect(reasoning).not.toBe('');
    expect(stream.frames.filter((frame) => frame.choices?.[0]?.finish_reason)).toHaveLength(1);
    expect(stream.frames.at(-1)?.usage?.completion_tokens).toBeGreaterThan(5);
  });

  it('brings the signature of a call back byte for byte, plain and streamed', async () => {
    const asked = [{ role: 'user', content: QUESTION }];
    const first = await complete({ messages: asked, tools: TOOLS });
    const streamed = await readStream(gateway, {
      body: { model: MODEL, provider: { order: ['google'] }, messages: asked, tools: TOOLS, stream: true },
    });
    const plainMessage = first.choices[0]?.message;
    if (!plainMessage) throw new Error('no message');
    expect(first.choices[0]?.finish_reason).toBe('tool_calls');
    for (const message of [plainMessage, messageOf(streamed.frames)]) {
      const [signature] =
        message.reasoning_details?.filter(({ type }) => type === 'reasoning.encrypted') ?? [];
      const [call] = message.tool_calls ?? [];
      expect(message.tool_calls?.map((one) => one.function.name)).toEqual(['get_weather', 'now']);
      expect(signature).toMatchObject({ format: 'google-gemini-v1', id: call?.id });
      const results = (message.tool_calls ?? []).map(({ id }) => ({
        role: 'tool',
        tool_call_id: id,
        content: 'Rain, 7 degrees',
      }));
      const second = await complete({ messages: [...asked, message, ...results], tools: TOOLS });
      expect(second.choices[0]?.message.content).toContain('Rain, 7 degrees');
      const turn = lastSent().body.contents[1]?.parts.filter(({ functionCall }) => functionCall) ?? [];
      expect(turn.map(({ thoughtSignature }) => thoughtSignature)).toEqual([signature?.data, undefined]);
    }
  });

  it('takes a conversation that another maker began', async () => {
    const answer = await complete({
      tools: TOOLS,
      messages: [
        { role: 'user', content: QUESTION },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'toolu_1', type: 'function', function: { name: 'now', arguments: '{}' } }],
          reasoning_details: [
            {
              type: 'reasoning.text',
              text: 'x',
              signature: 'theirs',
              format: 'anthropic-claude-v1',
              index: 0,
            },
          ],
        },
        { role: 'tool', tool_call_id: 'toolu_1', content: 'noon' },
      ],
    });
    expect(answer.choices[0]?.message.content).toContain('noon');
    expect(JSON.stringify(lastSent().body)).not.toContain('theirs');
  });

  it('writes JSON after a schema with references', async () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { person: { $ref: '#/$defs/person' }, note: { type: ['string', 'null'] } },
      required: ['person', 'note'],
      additionalProperties: false,
      $defs: {
        person: {
          type: 'object',
          properties: { name: { type: 'string' }, age: { type: 'integer' } },
          required: ['name', 'age'],
          additionalProperties: false,
        },
      },
    };
    const answer = await complete({
      ...chat('The person is Ada Lovelace, age: 36'),
      model: MODEL,
      response_format: { type: 'json_schema', json_schema: { name: 'people', strict: true, schema } },
    });
    const value = JSON.parse(answer.choices[0]?.message.content ?? '') as { person: { age: number } };
    expect(value.person.age).toBe(36);
    expect(lastSent().body.generationConfig?.['responseMimeType']).toBe('application/json');
  });

  it('refuses a result without its call before any provider is called', async () => {
    const before = gateway.simulator.control.calls().latest;
    const answer = await ask(gateway, {
      body: {
        model: MODEL,
        provider: { only: ['google'] },
        messages: [
          { role: 'user', content: 'x' },
          { role: 'tool', tool_call_id: 'nobody', content: 'y' },
        ],
      },
    });
    expect([answer.status, answer.json]).toMatchObject([
      400,
      { error: { param: 'messages[1].tool_call_id' } },
    ]);
    expect(gateway.simulator.control.calls().latest).toBe(before);
  });

  it.each([
    ['status:503', OVERLOADED, 'overloaded'],
    ['status:429', LIMITED, 'rate_limited'],
    ['garbage_event', GARBLED, 'malformed'],
  ] as const)('goes from Google to another provider at %s', async (fault, model, outcome) => {
    gateway.simulator.control.setFault({ provider: 'google', fault, options: { count: 1, at: 0 } });
    const stream = await readStream(gateway, {
      body: {
        ...chat('[[sim text="rescued"]]'),
        model,
        provider: { order: ['google', 'openrouter'] },
        stream: true,
      },
    });
    expect([stream.status, stream.text, stream.isDone]).toEqual([200, 'rescued', true]);
    expect(stream.frames.at(-1)?.trunkline?.attempts).toMatchObject([
      { provider: 'google', outcome },
      { provider: 'openrouter', outcome: 'success' },
    ]);
  });

  it('tells a stream that Google cut from a whole one', async () => {
    gateway.simulator.control.setFault({
      provider: 'google',
      fault: 'missing_terminal',
      options: { count: 1 },
    });
    const stream = await readStream(gateway, {
      body: {
        ...chat('[[sim text="half an answer"]]'),
        model: CUT,
        provider: { order: ['google'] },
        stream: true,
        trunkline: { rescue: false },
      },
    });
    expect([stream.isDone, stream.error?.code]).toEqual([false, 'provider_truncated']);
  });
});

type Delta = Partial<Message> & {
  tool_calls?: { index: number; id?: string; function?: { name?: string; arguments?: string } }[];
};

/** What a client that adds up the deltas of a stream has in the end. */
function messageOf(frames: readonly Frame[]): Message {
  const message: Message = { role: 'assistant', content: null, reasoning_details: [], tool_calls: [] };
  for (const frame of frames) {
    const delta = (frame.choices?.[0]?.delta ?? {}) as Delta;
    message.reasoning_details?.push(...(delta.reasoning_details ?? []));
    for (const { index, id = '', function: body } of delta.tool_calls ?? []) {
      const calls = message.tool_calls ?? [];
      const call = (calls[index] ??= { id, type: 'function', function: { name: '', arguments: '' } });
      call.function.name += body?.name ?? '';
      call.function.arguments += body?.arguments ?? '';
    }
  }
  return message;
}
