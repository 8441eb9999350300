import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BODIES_QUEUE, keptResponse, RESPONSE_JOB } from '@trunkline/queues';
import { eventually } from '@trunkline/testing';
import { Queue } from 'bullmq';
import { ask, type Ask } from '../../support/ask.js';
import { FakeControlPlane } from '../../support/fake-control-plane.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';
import { lastSent, respond, respondStreamed, textOf } from './support.js';

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const GPT = 'openai/gpt-5-mini';

const tell = (text: string) => `[[sim text=${JSON.stringify(text)}]]`;

describe('stored responses', () => {
  const plane = new FakeControlPlane();
  let gateway: TestGateway;
  let forgetful: TestGateway;
  beforeAll(async () => {
    const options = { models: [CLAUDE, GPT], providers: ['anthropic', 'openai'] };
    gateway = await startGateway({
      ...options,
      tenant: { keepBodies: true },
      env: { CONTROL_PLANE_URL: await plane.listen() },
    });
    gateway.simulator.control.setRecording(true);
    forgetful = await startGateway(options);
  });
  afterEach(() => {
    plane.asked.length = 0;
    plane.stored.clear();
  });
  afterAll(async () => {
    await Promise.all([gateway.stop(), forgetful.stop()]);
    await plane.close();
  });

  it('are followed at once, streamed or not, by a model of another maker', async () => {
    const first = await respond(gateway, { model: CLAUDE, input: `First. ${tell('One.')}` });
    expect(first.store).toBe(true);
    const second = await respondStreamed(gateway, {
      model: GPT,
      previous_response_id: first.id,
      input: `Second. ${tell('Two.')}`,
    });
    expect(second.problems).toEqual([]);
    expect(second.response).toMatchObject({ store: true, previous_response_id: first.id });
    const third = await respond(gateway, {
      model: CLAUDE,
      previous_response_id: second.response.id,
      input: tell('Three.'),
    });
    expect(textOf(third)).toBe('Three.');
    expect(JSON.stringify(lastSent(gateway).body['messages'])).toMatch(/First\..*One\..*Second\..*Two\./);
    expect(plane.asked).toEqual([]);
  });

  it('go to the queue whole and sealed, for the control plane to keep', async () => {
    const { id, output } = await respond(gateway, { model: CLAUDE, input: tell('For the queue.') });
    const queue = new Queue(BODIES_QUEUE, { connection: { url: gateway.redis.url } });
    const jobs = await eventually(async () => {
      const found = (await queue.getJobs(['waiting'])).filter(({ name }) => name === RESPONSE_JOB);
      const kept = found.map(({ data }) => keptResponse.parse(data));
      const own = kept.filter(({ responseId }) => responseId === id);
      expect(own).toHaveLength(1);
      return own;
    });
    await queue.close();
    expect(jobs[0]?.itemIds).toEqual(output.map((item) => item.id));
    expect(Buffer.from(jobs[0]?.ciphertext ?? '', 'base64').toString('latin1')).not.toContain(
      'For the queue',
    );
  });

  it('carry calls, so that a result alone may follow', async () => {
    const tools = [{ type: 'function', name: 'get_weather', parameters: { type: 'object', properties: {} } }];
    const first = await respond(gateway, {
      model: CLAUDE,
      input: 'Ask get_weather.',
      tools,
      reasoning: { effort: 'low' },
    });
    const call = first.output.find(({ type }) => type === 'function_call');
    const second = await respond(gateway, {
      model: CLAUDE,
      tools,
      previous_response_id: first.id,
      input: [{ type: 'function_call_output', call_id: call?.call_id, output: 'snow' }],
      reasoning: { effort: 'low' },
    });
    expect(textOf(second)).toContain('snow');
    const sent = JSON.stringify(lastSent(gateway).body['messages']);
    expect(sent).toContain('"signature":"');
  });

  it('are sent whole to an upstream of their own protocol, which keeps none', async () => {
    plane.stored.set('resp_elsewhere', {
      items: [{ role: 'user', content: 'Earlier.' }],
      response: {
        id: 'resp_elsewhere',
        output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Yes.' }] }],
      },
    });
    await respond(gateway, { model: GPT, previous_response_id: 'resp_elsewhere', input: tell('Ok.') });
    expect(plane.asked).toEqual(['GET /gateway/responses/resp_elsewhere/context']);
    const { body } = lastSent(gateway);
    expect(body).toMatchObject({
      store: false,
      input: [{ role: 'user' }, { role: 'assistant' }, { role: 'user' }],
    });
    expect(body).not.toHaveProperty('previous_response_id');
  });

  it('give their items to a request that names them by id, wherever they were given', async () => {
    const first = await respond(gateway, { model: CLAUDE, input: `First. ${tell('One.')}` });
    plane.items.push({
      id: 'msg_elsewhere',
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'Elsewhere.' }],
    });
    await respond(gateway, {
      model: CLAUDE,
      input: [
        { role: 'user', content: 'First.' },
        { type: 'item_reference', id: first.output.at(-1)?.id },
        { role: 'user', content: 'Second.' },
        { type: 'item_reference', id: 'msg_elsewhere' },
        { role: 'user', content: tell('Ok.') },
      ],
    });
    expect(JSON.stringify(lastSent(gateway).body['messages'])).toMatch(
      /First\..*One\..*Second\..*Elsewhere\./,
    );
    expect(plane.asked).toEqual(['GET /gateway/response_items?id=msg_elsewhere']);
  });

  it.each([CLAUDE, GPT])(
    'are not missed where they would be thoughts alone, and %s is told so',
    async (model) => {
      const named = { type: 'item_reference', id: 'rs_unknown' };
      const call = { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' };
      const result = { type: 'function_call_output', call_id: 'c', output: 'x' };
      const input = [{ role: 'user', content: tell('Ok.') }, named, call, result];
      const response = await respond(forgetful, { model, input });
      expect(response['trunkline']).toMatchObject({ dropped: ['input[1]'] });
      const body = { model, input: [{ type: 'item_reference', id: 'msg_unknown' }] };
      const answer = await ask(forgetful, { path: '/v1/responses', body });
      expect([answer.status, answer.json['error']]).toMatchObject([400, { param: 'input[0].id' }]);
    },
  );

  it('are looked up only for a request that follows one', async () => {
    await respond(gateway, { model: CLAUDE, input: tell('Ok.') });
    expect(plane.asked).toEqual([]);
  });

  it('are not kept where the client does not want it', async () => {
    const first = await respond(gateway, { model: CLAUDE, input: tell('One.'), store: false });
    expect(first.store).toBe(false);
    const body = { model: CLAUDE, input: 'x', previous_response_id: first.id };
    const answer = await ask(gateway, { path: '/v1/responses', body });
    expect([answer.status, answer.json['error']]).toMatchObject([404, { param: 'previous_response_id' }]);
  });

  it('are not kept, and cannot be followed, where the project keeps nothing', async () => {
    const first = await respond(forgetful, { model: CLAUDE, input: tell('One.') });
    expect(first.store).toBe(false);
    const body = { model: CLAUDE, input: 'x', previous_response_id: first.id };
    const answer = await ask(forgetful, { path: '/v1/responses', body });
    expect([answer.status, answer.json['error']]).toMatchObject([
      400,
      { param: 'previous_response_id', message: expect.stringContaining('keeps no requests') },
    ]);
  });

  it('are given, listed and deleted for who has a key', async () => {
    const { id } = await respond(gateway, { model: CLAUDE, input: tell('One.') });
    plane.stored.set(id, {});
    const call = (wish: Ask) => ask(gateway, { method: 'GET', ...wish });
    expect((await call({ path: `/v1/responses/${id}` })).json).toMatchObject({ id, status: 'completed' });
    expect((await call({ path: `/api/v1/responses/${id}/input_items?limit=3` })).json).toEqual({
      asked: '/input_items?limit=3',
    });
    expect((await call({ path: `/v1/responses/${id}/cancel`, method: 'POST', body: {} })).status).toBe(400);
    expect((await call({ path: `/v1/responses/${id}`, key: null })).status).toBe(401);
    const other = await gateway.addTenant();
    plane.stored.clear();
    expect((await call({ path: `/v1/responses/${id}`, key: other.key })).status).toBe(404);
    plane.stored.set(id, {});
    expect((await call({ path: `/v1/responses/${id}`, method: 'DELETE' })).status).toBe(200);
    plane.stored.clear();
    expect((await call({ path: `/v1/responses/${id}` })).status).toBe(404);
  });

  it('are 503 while the control plane is away, and calls go on', async () => {
    const answer = await ask(forgetful, { path: '/v1/responses/resp_1', method: 'GET' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect((await respond(forgetful, { model: CLAUDE, input: tell('On.') })).status).toBe('completed');
  });
});
