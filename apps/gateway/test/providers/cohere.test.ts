import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, chat } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { readStream } from '../streaming/support.js';

const MODEL = 'cohere/command-a-reasoning';
/** Breakers are per offer: a model of its own for each failure keeps them apart. */
const [LIMITED, CUT] = ['cohere/command-a', 'cohere/command-r7b-12-2024'];
const TOOLS = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];

interface Message {
  role: string;
  content: string | null;
  reasoning_content?: string;
  reasoning_details?: { type: string; text?: string; format?: string }[];
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
}

interface Completion {
  model: string;
  choices: { message: Message; finish_reason: string; native_finish_reason: string }[];
  usage: { prompt_tokens: number; completion_tokens: number; cost: number };
}

interface SentBody {
  messages: Record<string, unknown>[];
  [field: string]: unknown;
}

describe('a model of Cohere', () => {
  let gateway: TestGateway;

  const complete = async (body: Record<string, unknown>): Promise<Completion> => {
    const answer = await ask(gateway, { body: { model: MODEL, provider: { only: ['cohere'] }, ...body } });
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    return answer.json as unknown as Completion;
  };
  const lastSent = (): { path: string; authorization: unknown; body: SentBody } => {
    const { control } = gateway.simulator;
    const request = control.request(control.calls().latest);
    if (!request) throw new Error('the simulator kept no request');
    const { path, headers, body } = request;
    return { path, authorization: headers.authorization, body: JSON.parse(body) as SentBody };
  };

  beforeAll(async () => {
    gateway = await startGateway({
      models: [MODEL, LIMITED, CUT],
      providers: ['cohere'],
      paths: { cohere: '/v2' },
    });
    gateway.simulator.control.setRecording(true);
  });
  afterEach(() => gateway.simulator.control.clearFaults());
  afterAll(() => gateway.stop());

  it('answers over its own protocol, and is billed for what Cohere bills', async () => {
    const answer = await complete({
      ...chat('[[sim reasoning=0 text="A canal."]]', { model: MODEL }),
      top_k: 5,
    });
    expect(answer.choices[0]).toMatchObject({
      message: { role: 'assistant', content: 'A canal.' },
      finish_reason: 'stop',
      native_finish_reason: 'COMPLETE',
    });
    expect(answer.model).toBe('command-a-reasoning-08-2025');
    const { path, authorization, body } = lastSent();
    expect([path, authorization]).toEqual(['/v2/chat', 'Bearer sim-cohere-1']);
    expect(body).toMatchObject({ k: 5, stream: false });
    // 7 of the prompt's tokens are Cohere's own; $2.5 and $10 per million.
    const { prompt_tokens: prompt, completion_tokens: completion, cost } = answer.usage;
    expect(Math.round(cost * 1e9)).toBe((prompt - 7) * 2_500 + completion * 10_000);
  });

  it.each([false, true])(
    'gives thoughts and plan back to Cohere as they came (stream: %s)',
    async (stream) => {
      const question = {
        role: 'user',
        content: '[[sim reasoning=6 text="I will look." tool=get_weather args={"city":"Oslo"}]]',
      };
      const first = { model: MODEL, messages: [question], tools: TOOLS };
      const message = stream
        ? messageOf((await readStream(gateway, { body: { ...first, stream } })).frames)
        : (await complete(first)).choices[0]?.message;
      const [call] = message?.tool_calls ?? [];
      expect(call?.function).toEqual({ name: 'get_weather', arguments: '{"city":"Oslo"}' });
      const formats = (message?.reasoning_details ?? []).map(({ format }) => format);
      expect(new Set(formats)).toEqual(new Set(['cohere-thinking-v1', 'cohere-tool-plan-v1']));
      await complete({
        messages: [question, message, { role: 'tool', tool_call_id: call?.id, content: 'snow' }],
        tools: TOOLS,
      });
      const thoughts = (message?.reasoning_details ?? [])
        .filter(({ format }) => format === 'cohere-thinking-v1')
        .map(({ text }) => text)
        .join('');
      expect(thoughts.length).toBeGreaterThan(0);
      expect(lastSent().body.messages.slice(1)).toEqual([
        {
          role: 'assistant',
          content: [{ type: 'thinking', thinking: thoughts }],
          tool_plan: 'I will look.',
          tool_calls: [{ id: call?.id, type: 'function', function: call?.function }],
        },
        {
          role: 'tool',
          tool_call_id: call?.id,
          content: [{ type: 'document', document: { data: 'snow' } }],
        },
      ]);
    },
  );

  it('streams to a client of OpenAI', async () => {
    const body = chat('[[sim reasoning=4 text="one two three"]]', { model: MODEL, stream: true });
    const stream = await readStream(gateway, { body });
    expect([stream.status, stream.isDone, stream.text]).toEqual([200, true, 'one two three']);
    expect(JSON.stringify(stream.frames[0])).toContain('"model":"command-a-reasoning-08-2025"');
  });

  it('tells a limit of calls as one, and a cut stream as an error', async () => {
    const { control } = gateway.simulator;
    control.setFault({ provider: 'cohere', fault: 'status:429' });
    const limited = await ask(gateway, { body: chat('hi', { model: LIMITED }) });
    expect(limited.status).toBe(429);
    control.clearFaults();
    control.setFault({ provider: 'cohere', fault: 'cut', options: { at: 3 } });
    const body = chat('[[sim text="one two three four five six"]]', { model: CUT, stream: true });
    const stream = await readStream(gateway, { body });
    expect(stream.isDone).toBe(false);
    expect(JSON.stringify(stream.frames.at(-1))).toContain('"error"');
  });
});

/** What a client that adds up the deltas has. */
function messageOf(frames: readonly unknown[]): Message {
  const message: Message = { role: 'assistant', content: null, reasoning_details: [], tool_calls: [] };
  for (const frame of frames) {
    const { choices = [] } = frame as { choices?: { delta?: Partial<Message> }[] };
    const delta = choices[0]?.delta ?? {};
    message.reasoning_details?.push(...(delta.reasoning_details ?? []));
    for (const part of delta.tool_calls ?? []) {
      if (part.id) message.tool_calls?.push({ id: part.id, function: { ...part.function, arguments: '' } });
      const last = message.tool_calls?.at(-1);
      if (last) last.function.arguments += part.function?.arguments ?? '';
    }
  }
  return message;
}
