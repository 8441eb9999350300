import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import OpenAI, { APIError } from 'openai';
import type { ResponseStreamEvent } from 'openai/resources/responses/responses';
import { ask } from '../../support/ask.js';
import { FakeControlPlane } from '../../support/fake-control-plane.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';
import {
  callIdOf,
  clientOf,
  eventsOf,
  numbersOf,
  textOfDeltas,
  until,
  untilEnded,
} from './background-support.js';
import { lastSent } from './support.js';

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const GPT = 'openai/gpt-5-mini';
const TEXT = 'The harbour lay quiet under a pale sky while two boats waited for the tide to turn.';
const tell = (text: string, more = '') => `[[sim text=${JSON.stringify(text)} ${more}]]`;
const SLOW = 'gap=40';
const NEVER = 'gap=5000';

describe('responses in the background', () => {
  const plane = new FakeControlPlane();
  let gateway: TestGateway;
  let client: OpenAI;
  /** At another process than the one that runs what `client` asks for. */
  let elsewhere: OpenAI;

  beforeAll(async () => {
    gateway = await startGateway({
      models: [CLAUDE, GPT],
      providers: ['anthropic', 'openai', 'openrouter'],
      tenant: { keepBodies: true },
      processes: 2,
      ownPorts: true,
      env: { CONTROL_PLANE_URL: await plane.listen(), GATEWAY_BACKGROUND_RESPONSES: '40' },
    });
    gateway.simulator.control.setRecording(true);
    client = clientOf(gateway, 0);
    elsewhere = clientOf(gateway, 1);
  });
  afterEach(async () => {
    gateway.simulator.control.clearFaults();
    plane.stored.clear();
    plane.asked.length = 0;
    await gateway.closeBreakers();
  });
  afterAll(async () => {
    await gateway.stop();
    await plane.close();
  });

  const recordOf = (id: string) => gateway.records.of(callIdOf(id));

  describe.each([CLAUDE, GPT])('of %s', (model) => {
    it('are told at once, and whole to who asks any process later', async () => {
      const begun = await client.responses.create({
        model,
        background: true,
        input: tell(TEXT, SLOW),
        metadata: { a: 'b' },
      });
      expect(begun).toMatchObject({ status: 'queued', background: true, store: true, output: [] });
      const ended = await untilEnded(elsewhere, begun.id);
      expect(ended).toMatchObject({
        id: begun.id,
        status: 'completed',
        background: true,
        store: true,
        metadata: { a: 'b' },
        output_text: TEXT,
      });
      const record = await recordOf(begun.id);
      expect(record).toMatchObject({ billingReason: 'finished', status: 200, endpoint: 'responses' });
      expect(ended.usage).toMatchObject({ cost: Number(record.costNanoUsd) / 1e9 });
      expect(lastSent(gateway).body).not.toHaveProperty('background');
      expect(await client.responses.retrieve(begun.id)).toEqual(ended);
    });

    it('say what there is of them while they run, at every process', async () => {
      const { id } = await client.responses.create({
        model,
        background: true,
        input: tell(TEXT, 'gap=250'),
      });
      for (const at of [client, elsewhere]) {
        const soFar = await until(at, id, ({ output_text: text }) => text.length > 0);
        expect(soFar).toMatchObject({ id, status: 'in_progress' });
        expect(TEXT.startsWith(soFar.output_text)).toBe(true);
      }
      await client.responses.cancel(id);
    });

    it('are cancelled from any process, once, with what there was of them, which is paid', async () => {
      const { id } = await client.responses.create({ model, background: true, input: tell(TEXT, NEVER) });
      await until(elsewhere, id, ({ output_text: text }) => text.length > 0);
      const cancelled = await elsewhere.responses.cancel(id);
      expect(cancelled).toMatchObject({
        id,
        status: 'cancelled',
        output: [{ status: 'incomplete', content: [{ text: expect.stringMatching(/^The/) }] }],
      });
      await eventually(() => {
        const { calls } = gateway.simulator.control.calls();
        expect(calls.filter(({ outcome }) => outcome === 'running')).toEqual([]);
      });
      for (const at of [client, elsewhere]) {
        expect(await at.responses.cancel(id)).toEqual(cancelled);
        expect(await at.responses.retrieve(id)).toMatchObject({ ...cancelled });
      }
      const record = await recordOf(id);
      expect(record.billingReason).toBe('client_left_after_commit');
      expect(BigInt(record.costNanoUsd)).toBeGreaterThan(0n);
    });

    it('go on when their client leaves, and are followed again from where it was, live and afterwards', async () => {
      const stream = await client.responses.create({
        model,
        background: true,
        stream: true,
        input: tell(TEXT, SLOW),
      });
      const seen = await eventsOf(stream, ({ type }) => type === 'response.output_text.delta');
      const [created] = seen as [ResponseStreamEvent & { response: { id: string; status: string } }];
      expect(seen.slice(0, 3).map(({ type }) => type)).toEqual([
        'response.created',
        'response.queued',
        'response.in_progress',
      ]);
      const { id } = created.response;
      const after = seen.at(-1)?.sequence_number ?? 0;
      const goOn = async (at: OpenAI) =>
        eventsOf(await at.responses.retrieve(id, { stream: true, starting_after: after }));
      const [here, there] = await Promise.all([goOn(client), goOn(elsewhere)]);
      expect(there).toEqual(here);
      const all = [...seen, ...here];
      expect(numbersOf(all)).toEqual(all.map((_, index) => index));
      expect(textOfDeltas(all)).toBe(TEXT);
      const last = all.at(-1);
      expect(last).toMatchObject({ type: 'response.completed', response: { id } });
      expect(await eventsOf(await elsewhere.responses.retrieve(id, { stream: true }))).toEqual(all);
      expect(await goOn(elsewhere)).toEqual(here);
      const { output_text: _sdk, ...retrieved } = await client.responses.retrieve(id);
      expect(last).toMatchObject({ response: retrieved });
      expect((await recordOf(id)).billingReason).toBe('finished');
    });

    it('may be followed by another response, at any process, as soon as they have ended', async () => {
      const { id } = await client.responses.create({ model, background: true, input: tell('First.') });
      const response = await untilEnded(client, id);
      // As the control plane has it: what it began with.
      const items = [{ role: 'user', content: 'Asked.' }];
      plane.stored.set(id, { items, response: { ...response, status: 'queued', output: [] } });
      for (const at of [client, elsewhere]) {
        const next = await at.responses.create({ model, previous_response_id: id, input: tell('Second.') });
        expect(next.output_text).toBe('Second.');
        expect(JSON.stringify(lastSent(gateway).body)).toContain('First.');
      }
    });
  });

  it('put up with the stream helper, which begins anew at the first event', async () => {
    const { id } = await client.responses.create({ model: GPT, background: true, input: tell(TEXT, SLOW) });
    const stream = elsewhere.responses.stream({ response_id: id, starting_after: 4 });
    const final = await stream.finalResponse();
    expect([final.id, final.output_text, final.status]).toEqual([id, TEXT, 'completed']);
  });

  it('fail over before there is anything, and are rescued after', async () => {
    for (const fault of ['status:503', 'cut'] as const) {
      gateway.simulator.control.setFault({
        provider: 'anthropic',
        fault,
        options: fault === 'cut' ? { at: 6 } : {},
      });
      const { id } = await client.responses.create({ model: CLAUDE, background: true, input: tell(TEXT) });
      const ended = await untilEnded(elsewhere, id);
      expect([ended.status, ended.output_text, fault]).toEqual(['completed', TEXT, fault]);
      expect(ended).toMatchObject({ trunkline: { rescued: fault === 'cut' } });
    }
  });

  it('fail with the error that their client would have got, and cost nothing', async () => {
    gateway.simulator.control.setFault({ fault: 'status:500' });
    const stream = await client.responses.create({ model: GPT, background: true, stream: true, input: 'x' });
    const events: ResponseStreamEvent[] = [];
    const reading = (async () => {
      for await (const event of stream) events.push(event);
    })();
    await expect(reading).rejects.toThrow(APIError);
    const [created] = events as [ResponseStreamEvent & { response: { id: string } }];
    const { output_text: _sdk, ...failed } = await untilEnded(elsewhere, created.response.id);
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'provider_error' }, output: [] });
    expect(await elsewhere.responses.cancel(failed.id)).toEqual(failed);
    expect(await recordOf(failed.id)).toMatchObject({ billingReason: 'failed', costNanoUsd: '0' });
    const next = client.responses.create({ model: GPT, previous_response_id: failed.id, input: 'x' });
    await expect(next).rejects.toMatchObject({ status: 400, param: 'previous_response_id' });
  });

  it('keep to the total clock that the request sets', async () => {
    const trunkline = { timeouts: { totalMs: 700 }, rescue: false };
    const body = { model: CLAUDE, background: true, input: tell(TEXT, NEVER), trunkline };
    const { json } = await ask(gateway, { path: '/v1/responses', body });
    const failed = await untilEnded(elsewhere, String(json['id']));
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'timeout' } });
    expect((await recordOf(failed.id)).costNanoUsd).toBe('0');
  });

  it('are incomplete where the answer was', async () => {
    const input = tell(TEXT, 'finish=length');
    const { id } = await client.responses.create({ model: CLAUDE, background: true, input });
    const ended = await untilEnded(elsewhere, id);
    expect(ended).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
    });
  });

  it('are ended by their deletion, and are found no more', async () => {
    const { id } = await client.responses.create({
      model: CLAUDE,
      background: true,
      input: tell(TEXT, NEVER),
    });
    await until(client, id, ({ output_text: text }) => text.length > 0);
    plane.stored.set(id, {});
    await elsewhere.responses.delete(id);
    expect(plane.asked).toContain(`DELETE /gateway/responses/${id}`);
    plane.stored.clear();
    for (const at of [client, elsewhere])
      await expect(at.responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
    expect((await recordOf(id)).billingReason).toBe('client_left_after_commit');
  });

  it('are nobody else’s', async () => {
    const other = await gateway.addTenant({ keepBodies: true });
    const { id } = await client.responses.create({ model: CLAUDE, background: true, input: tell('Mine.') });
    for (const slot of [0, 1]) {
      const stranger = clientOf(gateway, slot, other.key);
      for (const attempt of [
        () => stranger.responses.retrieve(id),
        () => stranger.responses.cancel(id),
        () => stranger.responses.retrieve(id, { stream: true }),
      ])
        await expect(attempt()).rejects.toMatchObject({ status: 404 });
    }
    expect((await untilEnded(client, id)).output_text).toBe('Mine.');
  });

  it('count for the concurrency of their organization, also when nobody waits for them', async () => {
    const narrow = await gateway.addTenant({ keepBodies: true, maxConcurrency: 1 });
    const own = clientOf(gateway, 0, narrow.key);
    const input = tell(TEXT, NEVER);
    const create = () => own.responses.create({ model: CLAUDE, background: true, input });
    const first = await create();
    await expect(create()).rejects.toMatchObject({ status: 429, code: 'concurrency_limit' });
    await own.responses.cancel(first.id);
    const second = await create();
    expect(second.status).toBe('queued');
    await own.responses.cancel(second.id);
  });

  it('take no more than half of the places of a process for one organization', async () => {
    const greedy = await gateway.addTenant({ keepBodies: true });
    const own = clientOf(gateway, 0, greedy.key);
    const create = () => own.responses.create({ model: CLAUDE, background: true, input: tell(TEXT, NEVER) });
    const begun = await Promise.all(Array.from({ length: 20 }, create));
    await expect(create()).rejects.toMatchObject({ status: 429, code: 'concurrency_limit' });
    const { id } = await client.responses.create({ model: CLAUDE, background: true, input: tell('Ok.') });
    expect((await untilEnded(client, id)).output_text).toBe('Ok.');
    await Promise.all(begun.map((one) => own.responses.cancel(one.id)));
    const again = await create();
    await own.responses.cancel(again.id);
  });

  it.each([
    ['what is not to be stored', { store: false }, "needs 'store'"],
    ['what is no switch', { background: 'yes' }, 'background'],
  ])('refuse %s', async (_, wish, message) => {
    const body = { model: CLAUDE, background: true, input: 'x', ...wish };
    const answer = await ask(gateway, { path: '/v1/responses', body });
    expect([answer.status, answer.json['error']]).toMatchObject([
      400,
      { param: 'background', message: expect.stringContaining(message) },
    ]);
  });

  it('are refused where the project keeps nothing, which the error says', async () => {
    const forgetful = await gateway.addTenant();
    const body = { model: CLAUDE, background: true, input: 'x' };
    const answer = await ask(gateway, { path: '/v1/responses', body, key: forgetful.key });
    expect([answer.status, answer.json['error']]).toMatchObject([
      400,
      { param: 'background', message: expect.stringContaining('keeps no requests') },
    ]);
  });

  it('leave other responses alone: these are not cancelled, nor followed again', async () => {
    const { id } = await client.responses.create({ model: CLAUDE, input: tell('Plain.') });
    await expect(client.responses.cancel(id)).rejects.toMatchObject({ status: 400 });
    await expect(client.responses.retrieve(id, { stream: true })).rejects.toMatchObject({ status: 400 });
    const wrong = await ask(gateway, {
      path: `/v1/responses/${id}?stream=true&starting_after=x`,
      method: 'GET',
    });
    expect([wrong.status, wrong.json['error']]).toMatchObject([400, { param: 'starting_after' }]);
  });

  it('are failed, and never in progress for ever, where only their beginning is stored', async () => {
    const id = 'resp_bg_0190a0a0a0a07000800000000000000a';
    plane.stored.set(id, { items: [], response: { id, status: 'queued', background: true, output: [] } });
    const lost = await client.responses.retrieve(id);
    expect(lost).toMatchObject({ id, status: 'failed', error: { code: 'gateway_lost' } });
    expect(lost).toMatchObject(await client.responses.cancel(id));
  });
});
