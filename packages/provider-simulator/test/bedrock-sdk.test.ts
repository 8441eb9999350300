import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BedrockRuntimeClient,
  BedrockRuntimeServiceException,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  CountTokensCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { countTokens, type RunningSimulator, startSimulator } from '../src/index.js';
import { EXAMPLE_OFFERS, QUICK } from './example-offers.js';

const CLAUDE = 'global.anthropic.claude-sonnet-4-5-20250929-v1:0';
const NOVA = 'amazon.nova-lite-v1:0';
const LLAMA = 'meta.llama3-8b-instruct-v1:0';
const KEYS = { accessKeyId: 'AKIASIM0000000000001', secretAccessKey: 'sim-bedrock-1' };

type Message = NonNullable<ConverseCommandInput['messages']>[number];

let simulator: RunningSimulator;
let client: BedrockRuntimeClient;

const connect = (keys: typeof KEYS & { sessionToken?: string }) =>
  new BedrockRuntimeClient({
    region: 'eu-west-1',
    endpoint: `${simulator.url}/p/bedrock`,
    credentials: keys,
    maxAttempts: 1,
    // HTTP/2 is its default, which Amazon does not insist on.
    requestHandler: new NodeHttpHandler(),
  });
const user = (text: string): Message => ({ role: 'user', content: [{ text }] });
const weather = {
  tools: [
    {
      toolSpec: {
        name: 'get_weather',
        inputSchema: {
          json: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        },
      },
    },
  ],
} satisfies ConverseCommandInput['toolConfig'];
const thinking = { thinking: { type: 'enabled', budget_tokens: 2_000 } };

const converse = (input: ConverseCommandInput) => client.send(new ConverseCommand(input));
async function stream(input: ConverseCommandInput): Promise<ConverseStreamOutput[]> {
  const answer = await client.send(new ConverseStreamCommand(input));
  const events: ConverseStreamOutput[] = [];
  for await (const event of answer.stream ?? []) events.push(event);
  return events;
}
async function refusal(promise: Promise<unknown>): Promise<BedrockRuntimeServiceException> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof BedrockRuntimeServiceException) return error;
  throw new Error(`not refused: ${String(error)}`);
}

beforeAll(async () => {
  simulator = await startSimulator({ offers: EXAMPLE_OFFERS, pace: QUICK });
  client = connect(KEYS);
});
afterAll(async () => {
  client.destroy();
  await simulator.close();
});

describe("Amazon's own client", () => {
  it('signs its requests, and gets whole answers with exact counts', async () => {
    const answer = await converse({
      modelId: NOVA,
      system: [{ text: 'Be brief.' }],
      messages: [user('[[sim text="A canal."]]')],
    });
    expect(answer.output?.message?.content).toEqual([{ text: 'A canal.' }]);
    expect(answer.stopReason).toBe('end_turn');
    expect(answer.usage).toMatchObject({
      outputTokens: countTokens('A canal.'),
      inputTokens: countTokens('Be brief.') + countTokens('[[sim text="A canal."]]') + 2 * 4 + 3,
    });
  });

  it('counts a prompt of Claude by the id of the model, and of nothing else', async () => {
    const input = { converse: { system: [{ text: 'Be brief.' }], messages: [user('A canal?')] } };
    const count = (modelId: string) => client.send(new CountTokensCommand({ modelId, input }));
    const { inputTokens } = await count(CLAUDE.replace('global.', ''));
    expect(inputTokens).toBe(countTokens('Be brief.') + countTokens('A canal?') + 2 * 4 + 3);
    for (const model of [CLAUDE, NOVA])
      expect((await refusal(count(model))).message).toContain("doesn't support counting tokens");
  });

  it('reads streams with thinking, its signature, text and calls', async () => {
    const events = await stream({
      modelId: CLAUDE,
      messages: [user('[[sim reasoning=6 text="Let me see." tool=get_weather args={"city":"Oslo"}]]')],
      inferenceConfig: { maxTokens: 4_000 },
      toolConfig: weather,
      additionalModelRequestFields: thinking,
    });
    const deltas = events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta ?? []);
    expect(deltas.map(({ text }) => text ?? '').join('')).toBe('Let me see.');
    expect(deltas.map(({ toolUse }) => toolUse?.input ?? '').join('')).toBe('{"city":"Oslo"}');
    expect(deltas.filter(({ reasoningContent }) => reasoningContent?.signature)).toHaveLength(1);
    expect(events.flatMap(({ contentBlockStart }) => contentBlockStart?.start?.toolUse?.name ?? [])).toEqual([
      'get_weather',
    ]);
    expect(events.flatMap(({ messageStop }) => messageStop?.stopReason ?? [])).toEqual(['tool_use']);
    expect(events.at(-1)?.metadata?.usage?.outputTokens).toBeGreaterThan(6);
  });

  it('carries thinking back, which is checked by its signature', async () => {
    const first = await converse({
      modelId: CLAUDE,
      messages: [user('[[sim reasoning=6 tool=get_weather args={"city":"Oslo"}]]')],
      inferenceConfig: { maxTokens: 4_000 },
      toolConfig: weather,
      additionalModelRequestFields: thinking,
    });
    const said = first.output?.message;
    const call = said?.content?.find(({ toolUse }) => toolUse)?.toolUse;
    const results: Message = {
      role: 'user',
      content: [{ toolResult: { toolUseId: call?.toolUseId, content: [{ text: 'snow' }] } }],
    };
    const next = (message: Message | undefined) => ({
      modelId: CLAUDE,
      messages: [user('x'), ...(message ? [message] : []), results],
      toolConfig: weather,
    });
    expect((await converse(next(said))).stopReason).toBe('end_turn');
    const forged = said?.content?.map((block) =>
      block.reasoningContent?.reasoningText
        ? { reasoningContent: { reasoningText: { ...block.reasoningContent.reasoningText, text: 'other' } } }
        : block,
    );
    const { name, message } = await refusal(converse(next({ role: 'assistant', content: forged })));
    expect([name, message]).toEqual(['ValidationException', expect.stringContaining('Invalid `signature`')]);
  });

  it('caches up to a point', async () => {
    const long = 'canal '.repeat(1_500);
    const input: ConverseCommandInput = {
      modelId: CLAUDE,
      messages: [
        {
          role: 'user',
          content: [{ text: long }, { cachePoint: { type: 'default', ttl: '1h' } }, { text: 'Hi' }],
        },
      ],
    };
    const written = (await converse(input)).usage;
    expect(written?.cacheWriteInputTokens).toBeGreaterThan(1_400);
    expect(written?.cacheDetails).toEqual([{ ttl: '1h', inputTokens: written?.cacheWriteInputTokens }]);
    const read = (await converse(input)).usage;
    expect(read?.cacheReadInputTokens).toBe(written?.cacheWriteInputTokens);
    expect(read?.inputTokens).toBe(written?.inputTokens);
  });
});

describe('what is refused', () => {
  it.each([
    ['another secret', { ...KEYS, secretAccessKey: 'sim-bedrock-2' }, 'InvalidSignatureException'],
    ['an unknown key', { ...KEYS, accessKeyId: 'AKIAUNKNOWN000000001' }, 'UnrecognizedClientException'],
  ])('%s', async (_, keys, name) => {
    const other = connect(keys);
    const error = await refusal(other.send(new ConverseCommand({ modelId: NOVA, messages: [user('x')] })));
    expect([error.name, error.$metadata.httpStatusCode]).toEqual([name, 403]);
    other.destroy();
  });

  it('takes a session token that is signed, and an API key as bearer', async () => {
    const temporary = connect({ ...KEYS, sessionToken: 'token' });
    const answer = await temporary.send(new ConverseCommand({ modelId: NOVA, messages: [user('x')] }));
    expect(answer.stopReason).toBe('end_turn');
    temporary.destroy();
    const url = `${simulator.url}/p/bedrock/model/${encodeURIComponent(NOVA)}/converse`;
    const post = (authorization: string) =>
      fetch(url, {
        method: 'POST',
        headers: { authorization },
        body: JSON.stringify({ messages: [user('x')] }),
      });
    expect((await post('Bearer sim-bedrock-1')).status).toBe(200);
    const refused = await post('Bearer sim-other-1');
    expect(refused.status).toBe(403);
    expect(refused.headers.get('x-amzn-errortype')).toMatch(/^UnrecognizedClientException:/);
    expect(await refused.json()).toEqual({ message: expect.any(String) });
  });

  const asked = (changes: Partial<ConverseCommandInput>): ConverseCommandInput => ({
    modelId: NOVA,
    messages: [user('x')],
    ...changes,
  });
  const called: Message = {
    role: 'assistant',
    content: [{ toolUse: { toolUseId: 'a1', name: 'get_weather', input: {} } }],
  };
  const result = { toolResult: { toolUseId: 'a1', content: [{ text: 'snow' }] } };
  it.each<[string, Partial<ConverseCommandInput>, RegExp]>([
    ['an unknown model', { modelId: 'no.such' }, /model identifier is invalid/],
    ['a blank text', { messages: [user(' ')] }, /is blank/],
    ['an assistant that begins', { messages: [called, user('x')] }, /start with a user message/],
    ['two turns of one side', { messages: [user('a'), user('b')] }, /alternate/],
    [
      'calls without tools',
      { messages: [user('a'), called, { role: 'user', content: [result] }] },
      /toolConfig field/,
    ],
    [
      'a call without its result',
      { messages: [user('a'), called, user('b')], toolConfig: weather },
      /Expected toolResult/,
    ],
    [
      'text beside results at Llama',
      {
        modelId: LLAMA,
        messages: [user('a'), called, { role: 'user', content: [result, { text: 'b' }] }],
        toolConfig: weather,
      },
      /stand alone/,
    ],
    [
      'a forced tool at Llama',
      { modelId: LLAMA, toolConfig: { ...weather, toolChoice: { any: {} } } },
      /doesn't support the toolConfig.toolChoice.any field/,
    ],
    ['a temperature above one', { inferenceConfig: { temperature: 1.5 } }, /range 0\.\.1/],
    ['an unknown model field', { additionalModelRequestFields: { seed: 1 } }, /extraneous key \[seed\]/],
    [
      'effort none at an OpenAI model',
      { modelId: 'openai.gpt-oss-120b-1:0', additionalModelRequestFields: { reasoning_effort: 'none' } },
      /enum value set/,
    ],
    [
      'a document without text',
      {
        messages: [
          {
            role: 'user',
            content: [{ document: { format: 'pdf', name: 'a', source: { bytes: new Uint8Array([1]) } } }],
          },
        ],
      },
      /text block must be included/,
    ],
  ])('%s', async (_, changes, sentence) => {
    const error = await refusal(converse(asked(changes)));
    expect(error.name).toBe('ValidationException');
    expect(error.message).toMatch(sentence);
  });
});

describe('faults', () => {
  const long = { modelId: NOVA, messages: [user('[[sim tokens=12]]')] };
  const withFault = async (fault: string, options: object = {}) => {
    simulator.control.setFault({
      provider: 'bedrock',
      fault: fault as 'cut',
      options: { count: 1, ...options },
    });
    return stream(long).then(
      (events) => ({ events, error: null }),
      (error: unknown) => ({ events: [], error: error as Error }),
    );
  };

  it('are exceptions of the stream, before and after the first token', async () => {
    for (const fault of ['error_event_before_content', 'error_event_after_content']) {
      const { error } = await withFault(fault);
      expect(error?.name).toBe('InternalServerException');
    }
  });

  it('are a wrong checksum, half a message, and an end without an end', async () => {
    expect((await withFault('garbage_event')).error?.message).toMatch(/checksum/i);
    expect((await withFault('truncated_json')).error).toBeInstanceOf(Error);
    const { events } = await withFault('missing_terminal');
    expect(events.some(({ messageStop, metadata }) => messageStop ?? metadata)).toBe(false);
  });

  it('are statuses with types of their own', async () => {
    simulator.control.setFault({ provider: 'bedrock', fault: 'status:429', options: { count: 1 } });
    expect((await refusal(converse(long))).name).toBe('ThrottlingException');
    simulator.control.setFault({ provider: 'bedrock', fault: 'status:503', options: { count: 1 } });
    expect((await refusal(converse(long))).name).toBe('ServiceUnavailableException');
  });
});
