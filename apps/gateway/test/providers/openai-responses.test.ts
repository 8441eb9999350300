import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, chat } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { readStream } from '../streaming/support.js';

/** Offered for Responses alone. */
const MODEL = 'openai/gpt-5.3-codex';
/** Breakers are per offer: a model of its own for each failure keeps them apart. */
const FAILING = ['openai/gpt-5.2-pro', 'openai/gpt-5.5-pro', 'openai/o3-pro'];
const TOOLS = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];
const QUESTION = '[[sim reasoning=9 tool=get_weather args={"city":"Oslo"}]]';

interface Detail {
  type: string;
  data?: string;
  text?: string;
  format?: string;
  id?: string;
  index?: number;
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
  usage: { completion_tokens: number; completion_tokens_details: { reasoning_tokens: number } };
  provider: string;
  trunkline: { attempts: { provider: string; outcome: string }[]; dropped: string[] };
}

interface SentItem {
  type: string;
  id?: string;
  encrypted_content?: string;
  call_id?: string;
  output?: string;
}

describe('a model that is offered for Responses alone', () => {
  let gateway: TestGateway;

  const complete = async (body: Record<string, unknown>): Promise<Completion> => {
    const answer = await ask(gateway, { body: { model: MODEL, ...body } });
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    return answer.json as unknown as Completion;
  };
  /** What the simulator got last. */
  const lastSent = (): { path: string; body: Record<string, unknown> & { input: SentItem[] } } => {
    const { control } = gateway.simulator;
    const request = control.request(control.calls().latest);
    if (!request) throw new Error('the simulator kept no request');
    return { path: request.path, body: JSON.parse(request.body) as { input: SentItem[] } };
  };

  beforeAll(async () => {
    gateway = await startGateway({ models: [MODEL, ...FAILING], providers: ['openai', 'openrouter'] });
    gateway.simulator.control.setRecording(true);
  });
  afterEach(() => gateway.simulator.control.clearFaults());
  afterAll(() => gateway.stop());

  it('answers a chat, keeps nothing there and says what was left out', async () => {
    const answer = await complete({
      ...chat('[[sim reasoning=7 text="A canal."]]'),
      model: MODEL,
      reasoning: { effort: 'high' },
      max_tokens: 400,
      stop: 'END',
    });
    expect(answer).toMatchObject({
      choices: [
        {
          message: { role: 'assistant', content: 'A canal.', reasoning_content: expect.any(String) },
          finish_reason: 'stop',
          native_finish_reason: 'completed',
        },
      ],
      usage: { completion_tokens_details: { reasoning_tokens: 7 } },
      provider: 'openai',
      trunkline: { dropped: ['stop'] },
    });
    const { path, body } = lastSent();
    expect(path).toBe('/v1/responses');
    expect(body).toMatchObject({
      store: false,
      include: ['reasoning.encrypted_content'],
      reasoning: { effort: 'high', summary: 'auto' },
      max_output_tokens: 400,
    });
  });

  it('streams to a client of chat, with one finish and the counts behind it', async () => {
    const stream = await readStream(gateway, {
      body: {
        ...chat('[[sim reasoning=5 text="one two three"]]'),
        model: MODEL,
        reasoning: { effort: 'high' },
        stream: true,
      },
    });
    expect([stream.status, stream.isDone, stream.text]).toEqual([200, true, 'one two three']);
    expect(stream.frames.filter((frame) => frame.choices?.[0]?.finish_reason)).toHaveLength(1);
    expect(stream.frames.at(-1)?.usage?.completion_tokens).toBeGreaterThan(5);
  });

  it('brings encrypted reasoning back byte for byte, from a plain answer and from a stream', async () => {
    const asked = { role: 'user', content: QUESTION };
    const first = await complete({ messages: [asked], tools: TOOLS, reasoning: { effort: 'high' } });
    const message = first.choices[0]?.message;
    expect(first.choices[0]?.finish_reason).toBe('tool_calls');
    const sealed = message?.reasoning_details?.find(({ type }) => type === 'reasoning.encrypted');
    expect(sealed).toMatchObject({ format: 'openai-responses-v1', data: expect.stringMatching(/^gAAAA/) });

    const stream = await readStream(gateway, {
      body: { model: MODEL, messages: [asked], tools: TOOLS, reasoning: { effort: 'high' }, stream: true },
    });
    const deltas = stream.frames.map((frame) => (frame.choices?.[0]?.delta ?? {}) as Partial<Message>);
    const streamed: Message = {
      role: 'assistant',
      content: null,
      reasoning_details: deltas.flatMap((delta) => delta.reasoning_details ?? []),
      tool_calls: message?.tool_calls ?? [],
    };

    for (const turn of [message, streamed]) {
      const call = turn?.tool_calls?.[0];
      const result = { role: 'tool', tool_call_id: call?.id, content: 'rain' };
      const second = await complete({
        messages: [{ role: 'user', content: 'Weather?' }, turn, result],
        tools: TOOLS,
      });
      expect(second.choices[0]?.message.content).toContain('rain');
      const { input } = lastSent().body;
      expect(input.map(({ type }) => type)).toEqual([
        'message',
        'reasoning',
        'function_call',
        'function_call_output',
      ]);
      expect(input[1]?.encrypted_content).toBe(sealed?.data);
      expect(input[1]?.id).toMatch(/^rs_/);
      expect(input[3]).toMatchObject({ call_id: call?.id, output: 'rain' });
    }
  });

  it('gives JSON after a schema', async () => {
    const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
    const answer = await complete({
      ...chat('city is Oslo'),
      model: MODEL,
      response_format: { type: 'json_schema', json_schema: { name: 'place', schema } },
    });
    expect(JSON.parse(answer.choices[0]?.message.content ?? '')).toMatchObject({ city: expect.any(String) });
    expect(lastSent().body).toMatchObject({
      text: { format: { type: 'json_schema', name: 'place', schema } },
    });
  });

  it('ends as length where a limit cuts', async () => {
    const answer = await complete({ ...chat('[[sim tokens=80]]'), model: MODEL, max_tokens: 20 });
    expect(answer.choices[0]).toMatchObject({
      finish_reason: 'length',
      native_finish_reason: 'max_output_tokens',
    });
  });

  it.each([
    ['status:503', FAILING[0], false],
    ['garbage_event', FAILING[1], true],
  ] as const)('goes on to another provider after %s', async (fault, model, stream) => {
    const options = fault === 'garbage_event' ? { at: 0 } : {};
    gateway.simulator.control.setFault({ provider: 'openai', fault, options });
    const body = { ...chat('[[sim text="From elsewhere"]]'), model, stream };
    const text = stream
      ? (await readStream(gateway, { body })).text
      : (await complete(body)).choices[0]?.message.content;
    expect(text).toBe('From elsewhere');
  });

  it('never passes a cut stream off as whole', async () => {
    gateway.simulator.control.setFault({ provider: 'openai', fault: 'cut', options: { at: 10 } });
    const stream = await readStream(gateway, {
      body: { ...chat('[[sim tokens=60]]'), model: FAILING[2], provider: { only: ['openai'] }, stream: true },
    });
    expect(stream.isDone && stream.frames.some((frame) => frame.choices?.[0]?.finish_reason === 'stop')).toBe(
      false,
    );
    expect(JSON.stringify(stream.frames)).toContain('"error"');
  });
});
