import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningSimulator, startSimulator } from '../src/index.js';
import { EXAMPLE_OFFERS, QUICK } from './example-offers.js';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator({ offers: EXAMPLE_OFFERS, pace: QUICK, token: 'secret' });
});
afterEach(() => simulator.control.reset());
afterAll(() => simulator.close());

async function control(
  route: string,
  body?: unknown,
  token = 'secret',
  prefix = '/__simulator',
): Promise<{ status: number; json: unknown }> {
  const [method = 'GET', path = ''] = route.split(' ');
  const response = await fetch(simulator.url + prefix + path, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: await response.json() };
}

async function chat(
  content: unknown,
  headers: Record<string, string> = {},
  more: object = {},
): Promise<Response> {
  return fetch(`${simulator.url}/p/openai/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sim-openai-1', ...headers },
    body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content }], ...more }),
  });
}

describe('the control API', () => {
  it('does not exist without a token, and wants the right one', async () => {
    const bare = await startSimulator();
    expect(
      (await fetch(`${bare.url}/__sim/faults`, { headers: { authorization: 'Bearer undefined' } })).status,
    ).toBe(404);
    expect((await fetch(`${bare.url}/healthz`)).status).toBe(200);
    await bare.close();
    expect((await control('GET /faults', undefined, 'wrong')).status).toBe(401);
    expect((await control('GET /faults', undefined, 'secret', '/__sim')).status).toBe(200);
  });

  it('switches faults on as a list, one by one, and off', async () => {
    expect(
      (await control('PUT /faults', [{ provider: 'openai', fault: 'status:500', times: 1 }])).json,
    ).toMatchObject({
      active: [{ provider: 'openai', fault: 'status:500', options: { count: 1 }, happened: 0 }],
    });
    expect((await chat('hi')).status).toBe(500);
    expect((await chat('hi')).status).toBe(200);
    await control('PUT /faults/openai', { fault: 'status:503', model: 'gpt-4o-mini' });
    expect((await chat('hi')).status).toBe(503);
    await control('DELETE /faults/openai');
    expect((await chat('hi')).status).toBe(200);
    await control('PUT /faults/*', { fault: 'status:402' });
    expect((await chat('hi')).status).toBe(402);
    await control('DELETE /faults');
    expect((await chat('hi')).status).toBe(200);
  });

  it.each([
    ['PUT /faults', { fault: 'cut' }],
    ['PUT /faults', [{ fault: 'nonsense' }]],
    ['PUT /faults', [{ fault: 'cut', options: { at: 'x' } }]],
    ['PUT /faults', [{ fault: 'cut', provder: 'openai' }]],
    ['PUT /faults/openai', null],
    ['PUT /scripts', [{ turns: [{ say: 'x' }] }]],
    ['PUT /mode', { canned: 'yes' }],
    ['PUT /mode', { pace: { gapMs: -1 } }],
    ['PUT /recording', {}],
    ['GET /calls?since=x', undefined],
  ])('says what is wrong with %s %j', async (route, body) => {
    expect(await control(route, body)).toMatchObject({
      status: 400,
      json: { error: { message: expect.any(String) } },
    });
  });

  it('tells of every call by the id that the client gave it', async () => {
    await (await chat('hello', { 'x-client-request-id': 'attempt-1' })).text();
    await (await chat(7, { 'x-client-request-id': 'attempt-2' })).text();
    const { json } = await control('GET /calls?limit=10');
    expect(json).toMatchObject({
      calls: [
        {
          provider: 'openai',
          model: 'gpt-4o-mini',
          clientRequestId: 'attempt-1',
          status: 200,
          outcome: 'complete',
          fault: null,
          usage: { promptTokens: 8 },
        },
        { clientRequestId: 'attempt-2', status: 400, outcome: 'complete', usage: null },
      ],
    });
    expect((await control('GET /counts')).json).toMatchObject({
      totals: [
        { provider: 'openai', model: 'gpt-4o-mini', calls: 2, answered: 1, refused: 1, cut: 0, tokensIn: 8 },
      ],
      calls: [{ attemptId: 'attempt-1' }, { attemptId: 'attempt-2' }],
    });
    const { latest } = json as { latest: number };
    expect((await control(`GET /calls?since=${latest}`)).json).toMatchObject({ calls: [] });
    await control('DELETE /calls');
    expect((await control('GET /calls')).json).toEqual({ calls: [], latest });
  });

  it('keeps bodies only while recording is on', async () => {
    await (await chat('unrecorded')).text();
    await control('PUT /recording', { bodies: true });
    await (await chat('recorded', { 'x-probe': 'yes' })).text();
    const { latest } = (await control('GET /calls')).json as { latest: number };
    expect((await control(`GET /calls/${latest}/request`)).json).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      headers: { 'x-probe': 'yes' },
      body: expect.stringContaining('recorded'),
    });
    expect((await control(`GET /calls/${latest - 1}/request`)).status).toBe(404);
  });

  it('plays a script turn by turn, by the number of answers so far', async () => {
    await control('PUT /scripts', [
      {
        provider: 'openai',
        when: 'weather',
        turns: [{ toolCalls: [{ name: 'look', arguments: { at: 'sky' } }] }, { text: 'It rains.' }],
      },
    ]);
    const first = (await (await chat('the weather?')).json()) as {
      choices: { message: { tool_calls: { id: string }[] } }[];
    };
    expect(first).toMatchObject({
      choices: [
        {
          finish_reason: 'tool_calls',
          message: { tool_calls: [{ function: { name: 'look', arguments: '{"at":"sky"}' } }] },
        },
      ],
    });
    const call = first.choices[0]?.message.tool_calls[0];
    const messages = [
      { role: 'user', content: 'the weather?' },
      { role: 'assistant', tool_calls: [call] },
      { role: 'tool', tool_call_id: call?.id, content: 'grey' },
    ];
    expect(await (await chat('', {}, { messages })).json()).toMatchObject({
      choices: [{ message: { content: 'It rains.' } }],
    });
    expect(await (await chat('anything else')).json()).not.toMatchObject({
      choices: [{ finish_reason: 'tool_calls' }],
    });
  });

  it('forgets everything on reset', async () => {
    await control('PUT /faults', [{ fault: 'status:500' }]);
    await control('POST /reset');
    expect((await control('GET /faults')).json).toMatchObject({ active: [] });
    expect((await chat('hi')).status).toBe(200);
  });
});

describe('canned mode', () => {
  it('answers with exactly as many bytes, whole or as a stream, and a fault still happens', async () => {
    await control('PUT /mode', { canned: true, bytes: 900, streamEvents: 12, eventsPerSecond: 1_000 });
    const plain = await (await chat('anything')).text();
    expect(Buffer.byteLength(plain)).toBe(900);
    expect(JSON.parse(plain)).toMatchObject({ object: 'chat.completion', usage: { prompt_tokens: 100 } });
    const stream = await (await chat('anything', {}, { stream: true })).text();
    expect(stream.match(/"content":" word"/gu)).toHaveLength(12);
    expect(stream).toMatch(/data: \[DONE\]\n\n$/u);
    expect(simulator.control.calls().calls.at(-1)).toMatchObject({
      outcome: 'complete',
      usage: { completionTokens: 12 },
      deliveredTokens: 12,
    });
    expect((await chat('x', { authorization: 'Bearer wrong' })).status).toBe(401);
    await control('PUT /faults/openai', { fault: 'status:503' });
    expect((await chat('anything')).status).toBe(503);
  });
});
