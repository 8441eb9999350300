import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, chat } from '../support/ask.js';
import { serviceAccount } from '../support/service-account.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { readStream } from '../streaming/support.js';

const GEMINI = 'google/gemini-3-flash-preview';
const CLAUDE = 'anthropic/claude-opus-4.5';
const OPEN = 'meta-llama/llama-4-maverick';
const MISTRAL = 'mistralai/mistral-medium-3';
/** Breakers are per offer: a model of its own for each failure keeps them apart. */
const LIMITED = 'google/gemini-3.6-flash';
const LOCATION = '/v1/projects/p/locations/us-east5';

function start(credential: string, models = [GEMINI, CLAUDE, OPEN, MISTRAL, LIMITED]): Promise<TestGateway> {
  return startGateway({
    models,
    providers: ['vertex'],
    paths: { vertex: LOCATION },
    entries: { vertex: { credential, tokenPath: '/token' } },
  });
}

interface Message {
  content: string | null;
  reasoning_details?: { signature?: string; format?: string }[];
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
}

describe('a model of Vertex, with the account of a service', () => {
  let gateway: TestGateway;
  const lastSent = () => {
    const { control } = gateway.simulator;
    const request = control.request(control.calls().latest);
    if (!request) throw new Error('the simulator kept no request');
    return request;
  };
  const complete = async (body: Record<string, unknown>): Promise<Message> => {
    const answer = await ask(gateway, { body });
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    const { choices } = answer.json as unknown as { choices: { message: Message }[] };
    if (!choices[0]) throw new Error('no choice');
    return choices[0].message;
  };

  beforeAll(async () => {
    gateway = await start(serviceAccount('sim-vertex-1'));
    gateway.simulator.control.setRecording(true);
  });
  afterEach(() => gateway.simulator.control.clearFaults());
  afterAll(() => gateway.stop());

  it('answers as Gemini, with a token that was fetched for it', async () => {
    const message = await complete(chat('[[sim text="A canal."]]', { model: GEMINI }));
    expect(message.content).toBe('A canal.');
    const { path, headers } = lastSent();
    expect(path).toBe(`${LOCATION}/publishers/google/models/gemini-3-flash-preview:generateContent`);
    expect(headers.authorization).toMatch(/^Bearer ya29\./);
    expect(headers).not.toHaveProperty('x-goog-api-key');
  });

  it('streams as Gemini', async () => {
    const body = chat('[[sim text="one two three"]]', { model: GEMINI, stream: true });
    const stream = await readStream(gateway, { body });
    expect([stream.status, stream.isDone, stream.text]).toEqual([200, true, 'one two three']);
  });

  it.each([false, true])('answers as Claude, without the model in the body (stream: %s)', async (stream) => {
    const body = chat('[[sim text="one two three"]]', { model: CLAUDE, stream });
    if (stream) expect(await readStream(gateway, { body })).toMatchObject({ text: 'one two three' });
    else expect(await complete(body)).toMatchObject({ content: 'one two three' });
    const sent = lastSent();
    const verb = stream ? 'streamRawPredict' : 'rawPredict';
    expect(sent.path).toBe(`${LOCATION}/publishers/anthropic/models/claude-opus-4-5%4020251101:${verb}`);
    expect(JSON.parse(sent.body)).toMatchObject({ anthropic_version: 'vertex-2023-10-16' });
    expect(JSON.parse(sent.body)).not.toHaveProperty('model');
    expect(sent.headers).not.toHaveProperty('anthropic-version');
  });

  it('gets the signature of a thought back as it was', async () => {
    const question = { role: 'user', content: '[[sim reasoning=6 tool=get_weather args={"city":"Oslo"}]]' };
    const tools = [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } }];
    const reasoning = { max_tokens: 2000 };
    const first = await complete({ model: CLAUDE, messages: [question], tools, reasoning });
    const [call] = first.tool_calls ?? [];
    const [thought] = first.reasoning_details ?? [];
    expect(thought).toMatchObject({ format: 'anthropic-claude-v1', signature: expect.any(String) });
    const result = { role: 'tool', tool_call_id: call?.id, content: 'snow' };
    await complete({ model: CLAUDE, messages: [question, first, result], tools, reasoning });
    expect(lastSent().body).toContain(JSON.stringify(thought?.signature));
  });

  it('answers in the format of OpenAI where it is of another maker', async () => {
    expect(await complete(chat('[[sim text="Hello"]]', { model: OPEN }))).toMatchObject({ content: 'Hello' });
    expect(lastSent().path).toBe(`${LOCATION}/endpoints/openapi/chat/completions`);
  });

  it('answers as Mistral does where it is of Mistral', async () => {
    expect(await complete(chat('[[sim text="Hello"]]', { model: MISTRAL }))).toMatchObject({
      content: 'Hello',
    });
    expect(lastSent().path).toBe(`${LOCATION}/publishers/mistralai/models/mistral-medium-3:rawPredict`);
  });

  it('says when capacity is short', async () => {
    gateway.simulator.control.setFault({ provider: 'vertex', fault: 'status:429' });
    expect((await ask(gateway, { body: chat('hi', { model: LIMITED }) })).status).toBe(429);
  });
});

it.each([
  ['that nobody knows', serviceAccount('stranger')],
  ['whose key is none', JSON.stringify({ client_email: 'a@b', private_key: 'x' })],
  ['that is no JSON', '{"type": "service_account"'],
])('an account of a service %s is a credential of the platform that was rejected', async (_, credential) => {
  const gateway = await start(credential, [GEMINI]);
  const answer = await ask(gateway, { body: chat('hi', { model: GEMINI }) });
  await gateway.stop();
  expect(answer.status).toBe(502);
  expect(answer.json).toMatchObject({ error: { code: 'provider_credential_rejected' } });
  expect(answer.text).not.toContain('stranger');
});
