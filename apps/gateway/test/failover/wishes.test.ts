import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { ask, chat, send } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { readStream } from '../streaming/support.js';

/** Nobody waits for it: the loser is cancelled. */
const SLOW_MS = 20_000;
const PROVIDERS = { order: ['openai', 'openrouter'], only: ['openai', 'openrouter'] };

describe('wishes for failover', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startGateway({ models: ['openai/gpt-4o-mini'] });
  });
  afterEach(async () => {
    await gateway.closeBreakers();
    gateway.simulator.control.reset();
    gateway.simulator.control.setMode({ pace: { firstTokenMs: 0, gapMs: 0, plainMs: 0 } });
  });
  afterAll(() => gateway.stop());

  const slowFirst = (delayMs = SLOW_MS) =>
    gateway.simulator.control.setFault({
      provider: 'openai',
      fault: 'slow_first_token',
      options: { delayMs },
    });

  describe('hedge', () => {
    it('asks a second target beside a slow one, and cancels the loser', async () => {
      slowFirst();
      const began = performance.now();
      const stream = await readStream(gateway, {
        body: chat('[[sim text="one two three"]]', {
          stream: true,
          provider: PROVIDERS,
          trunkline: { hedge: { afterMs: 150 } },
        }),
      });
      expect(stream).toMatchObject({ text: 'one two three', isDone: true });
      expect(performance.now() - began).toBeLessThan(SLOW_MS);
      const record = await gateway.records.of(stream.headers.get('x-request-id'));
      expect(
        record.attempts.map(({ outcome, reason, committed }) => [outcome, reason === 'hedge', committed]),
      ).toEqual([
        ['cancelled', false, false],
        ['success', true, true],
      ]);
      await eventually(() => {
        const { calls } = gateway.simulator.control.calls();
        const loser = calls.find(({ clientRequestId }) => clientRequestId === record.attempts[0]?.id);
        expect(loser?.outcome).toBe('client_gone');
      });
      // Its provider had begun to answer: its prompt is a line of its own, and the caller wished for it.
      expect(record.lines.map(({ attempt, bucket }) => [attempt, bucket])).toContainEqual([1, 'input.text']);
      expect(BigInt(record.lines.find(({ attempt }) => attempt === 1)?.costNanoUsd ?? 0)).toBeGreaterThan(0n);
    });

    it('asks nobody besides when the first answers in time, or when nobody wished for it', async () => {
      const quick = await ask(gateway, {
        body: chat('[[sim text="quick"]]', {
          provider: PROVIDERS,
          trunkline: { hedge: { afterMs: 30_000 } },
        }),
      });
      expect(quick.headers.get('x-trunkline-attempts')).toBe('1');
      slowFirst(1_000);
      const patient = await ask(gateway, { body: chat('[[sim text="slow"]]', { provider: PROVIDERS }) });
      expect(patient.headers.get('x-trunkline-attempts')).toBe('1');
    });

    it('takes the wish from a header', async () => {
      slowFirst();
      const stream = await readStream(gateway, {
        headers: { 'x-trunkline-hedge': 'on' },
        body: chat('[[sim text="one"]]', { stream: true, provider: PROVIDERS }),
      });
      expect(stream.headers.get('x-trunkline-provider')).toBe('openrouter');
    });

    it('is capped', async () => {
      slowFirst(2_000);
      const wish = () =>
        readStream(gateway, {
          body: chat('[[sim text="one"]]', {
            stream: true,
            provider: PROVIDERS,
            trunkline: { hedge: { afterMs: 50 } },
          }),
        });
      const streams = await Promise.all(Array.from({ length: 30 }, wish));
      const hedged = streams.filter(({ headers }) => headers.get('x-trunkline-attempts') === '2');
      expect(hedged.length).toBeGreaterThan(0);
      expect(hedged.length).toBeLessThanOrEqual(10);
    });
  });

  describe('alsoOn', () => {
    const schema = {
      type: 'json_schema',
      json_schema: {
        name: 'x',
        schema: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
      },
    };

    it('asks the next target when an answer breaks the schema', async () => {
      const wish = (alsoOn: string[]) =>
        ask(gateway, {
          body: chat('[[sim text="no JSON at all"]]', {
            provider: PROVIDERS,
            response_format: schema,
            trunkline: { alsoOn },
          }),
        });
      expect((await wish([])).status).toBe(200);
      const refused = await wish(['invalid_output']);
      expect(refused.status).toBe(502);
      expect(refused.json).toMatchObject({ error: { code: 'provider_invalid_output' } });
    });

    it('lets an answer pass that keeps to it', async () => {
      const answer = await ask(gateway, {
        body: chat('give me n', {
          provider: PROVIDERS,
          response_format: schema,
          trunkline: { alsoOn: ['invalid_output'] },
        }),
      });
      expect(answer.status).toBe(200);
    });

    it('refuses an outcome that it does not know', async () => {
      const refused = await ask(gateway, { body: chat('hi', { trunkline: { alsoOn: ['weather'] } }) });
      expect(refused.status).toBe(400);
      expect(refused.text).toContain('trunkline.alsoOn');
    });
  });

  describe('keepAlive', () => {
    it('lets the client hear of us while it waits, and then of the answer or of a late failure', async () => {
      gateway.simulator.control.setFaults([
        { provider: 'openai', fault: 'slow_first_token', options: { delayMs: 17_000 } },
        { provider: 'openrouter', fault: 'no_answer' },
      ]);
      const wish = (provider: string, more: Record<string, unknown>) =>
        send(gateway, {
          body: chat('[[sim text="one two"]]', {
            stream: true,
            provider: { only: [provider] },
            trunkline: { keepAlive: 'early', ...more },
          }),
        });
      const [answered, failed] = await Promise.all([
        wish('openai', {}),
        wish('openrouter', { timeouts: { totalMs: 16_000 } }),
      ]);
      const [answer, failure] = await Promise.all([answered.text(), failed.text()]);
      expect(answer.startsWith(': keep-alive\n\n')).toBe(true);
      expect(answer).toContain('"content":"one');
      expect(answer.endsWith('data: [DONE]\n\n')).toBe(true);
      expect(failed.status).toBe(200);
      expect(failure).toContain('"code":"timeout"');
      expect(failure).not.toContain('[DONE]');
    });
  });

  it('has headers that say what is wrong with them', async () => {
    const refused = await ask(gateway, { body: chat('hi'), headers: { 'x-trunkline-rescue': 'perhaps' } });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('x-trunkline-rescue');
  });
});
