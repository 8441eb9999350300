import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { EndedRecord, PolicyFailover } from '@trunkline/contracts';
import { eventually } from '@trunkline/testing';
import { readStream, type StreamRead } from '../streaming/support.js';
import { ask, chat, type Answer } from '../support/ask.js';
import type { Tenant, TenantOptions } from '../support/seed-organization.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const GPT = 'openai/gpt-4o-mini';
const CLAUDE = 'anthropic/claude-sonnet-4.5';
const EMBEDDINGS = 'openai/text-embedding-3-small';
const PROVIDERS = { order: ['openai', 'openrouter'], only: ['openai', 'openrouter'] };
/** Nobody waits for it: the attempt is given up. */
const SLOW_MS = 20_000;
const TEXT =
  'The harbour lay quiet under a pale sky while two boats waited for the tide to turn, and a woman on the quay ' +
  'counted crates, wrote a number on each, and moved along without looking up.';

describe('a policy', () => {
  let gateway: TestGateway;
  let tenant: Tenant;

  beforeAll(async () => {
    gateway = await startGateway({ models: [GPT, CLAUDE, EMBEDDINGS] });
    ({ tenant } = gateway);
  });
  afterEach(async () => {
    await gateway.closeBreakers();
    gateway.simulator.control.reset();
    gateway.simulator.control.setMode({ pace: { firstTokenMs: 0, gapMs: 0, plainMs: 0 } });
  });
  afterAll(() => gateway.stop());

  const versionFor = async (key: string) => {
    const answer = await ask(gateway, { key, body: chat('[[sim text="which"]]', { model: GPT }) });
    return routeOf(answer).policy?.version ?? null;
  };
  /** Publishes it and waits until the gateway goes by it. */
  const inForce = async (failover: PolicyFailover, of: 'project' | 'key' = 'project', who = tenant) => {
    const published = await gateway.publishPolicy(who, failover, { of });
    await eventually(async () => expect(await versionFor(who.key)).toBe(published.version));
    return published;
  };
  const slowFirst = (delayMs = SLOW_MS) =>
    gateway.simulator.control.setFault({
      provider: 'openai',
      fault: 'slow_first_token',
      options: { delayMs },
    });
  const cutFirst = () =>
    gateway.simulator.control.setFault({ provider: 'openai', fault: 'cut', options: { at: 9 } });
  const stream = (more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
    readStream(gateway, {
      headers,
      body: chat(`[[sim text=${JSON.stringify(TEXT)}]]`, {
        model: GPT,
        stream: true,
        provider: PROVIDERS,
        ...more,
      }),
    });
  const recordOf = ({ headers }: Pick<StreamRead, 'headers'>): Promise<EndedRecord> =>
    gateway.records.of(headers.get('x-request-id'));
  const outcomes = async (answer: Pick<StreamRead, 'headers'>) =>
    (await recordOf(answer)).attempts.map(({ outcome }) => outcome);

  describe('sets the clocks', () => {
    it('of a slow first token, and the next target is asked', async () => {
      const { versionId, version } = await inForce({ firstTokenMs: 1_500 });
      slowFirst();
      const answer = await stream();
      expect(answer).toMatchObject({ text: TEXT, isDone: true });
      expect(answer.headers.get('x-trunkline-provider')).toBe('openrouter');
      expect(answer.frames.at(-1)?.trunkline).toMatchObject({
        route: { policy: { name: 'of project', version } },
      });
      const record = await recordOf(answer);
      expect(record.policyVersionId).toBe(versionId);
      expect(record.attempts.map(({ outcome, clock }) => [outcome, clock])).toEqual([
        ['timeout', 'first_token'],
        ['success', null],
      ]);
    });

    it('unless a header or the body sets them: each field by itself', async () => {
      await inForce({ firstTokenMs: 1_500, totalMs: 60_000 });
      slowFirst(4_000);
      const [byHeader, byBody, byOther] = await Promise.all([
        stream({}, { 'x-trunkline-first-token-ms': '30000' }),
        stream({ trunkline: { timeouts: { firstTokenMs: 30_000 } } }),
        stream({ trunkline: { timeouts: { gapMs: 30_000 } } }),
      ]);
      expect(await outcomes(byHeader)).toEqual(['success']);
      expect(await outcomes(byBody)).toEqual(['success']);
      expect(await outcomes(byOther)).toEqual(['timeout', 'success']);
    });

    it('of endpoints beside chat', async () => {
      await inForce({ totalMs: 300, fallbackModels: [CLAUDE] });
      gateway.simulator.control.setFault({ provider: 'openai', fault: 'no_answer' });
      const answer = await ask(gateway, {
        path: '/v1/embeddings',
        body: { model: EMBEDDINGS, input: 'one', provider: { only: ['openai'] } },
      });
      expect(answer.status).toBe(504);
    });
  });

  describe('says what becomes of a stream that breaks off', () => {
    it('the error frame, unless the request wishes for a rescue', async () => {
      await inForce({ rescue: false });
      cutFirst();
      const answer = await stream();
      expect(answer.error?.code).toBe('provider_truncated');
      expect(answer.isDone).toBe(false);
      const wished = await stream({}, { 'x-trunkline-rescue': 'on' });
      expect(wished).toMatchObject({ text: TEXT, isDone: true });
    });

    it('a target that breaks off early is replaced unseen where a beginning is held back', async () => {
      await inForce({ rescue: { holdBackTokens: 30 } });
      cutFirst();
      const answer = await stream();
      expect(answer).toMatchObject({ text: TEXT, isDone: true });
      const record = await recordOf(answer);
      expect(record.rescued).toBe(false);
      expect(record.attempts.map(({ outcome, committed }) => [outcome, committed])).toEqual([
        ['truncated', false],
        ['success', true],
      ]);
    });
  });

  it('hedges, unless the request does not wish for it', async () => {
    await inForce({ hedge: { afterMs: 150 } });
    slowFirst();
    const answer = await stream();
    expect(answer.headers.get('x-trunkline-provider')).toBe('openrouter');
    expect((await recordOf(answer)).attempts.map(({ reason }) => reason === 'hedge')).toEqual([false, true]);
    slowFirst(1_000);
    expect(await outcomes(await stream({}, { 'x-trunkline-hedge': 'off' }))).toEqual(['success']);
  });

  it('counts a broken schema as failed, unless the request takes that back', async () => {
    await inForce({ alsoOn: ['empty', 'invalid_output'] });
    const wish = (trunkline: Record<string, unknown>) =>
      ask(gateway, {
        body: chat('[[sim text="no JSON at all"]]', {
          model: GPT,
          provider: PROVIDERS,
          response_format: { type: 'json_object' },
          trunkline,
        }),
      });
    expect((await wish({})).json).toMatchObject({ error: { code: 'provider_invalid_output' } });
    expect((await wish({ alsoOn: [] })).status).toBe(200);
  });

  describe('names models to fall back to', () => {
    const bothDown = () =>
      gateway.simulator.control.setFaults(
        PROVIDERS.only.map((provider) => ({ provider, fault: 'status:500' as const })),
      );
    const ofTenant = async (options: TenantOptions) => {
      const other = await gateway.addTenant(options);
      await inForce({ fallbackModels: [CLAUDE, 'nobody/nothing'] }, 'project', other);
      return other;
    };

    it('which are asked behind those of the request', async () => {
      await inForce({ fallbackModels: [CLAUDE] });
      bothDown();
      const answer = await ask(gateway, { body: chat('[[sim text="from afar"]]', { model: GPT }) });
      expect(answer.status).toBe(200);
      expect(routeOf(answer)).toMatchObject({ model: CLAUDE, provider: 'anthropic' });
      expect(routeOf(answer).reason).toMatch(/^policy's fallback model 1, /);
    });

    it('left out where the key may not call them, or where there are none', async () => {
      const free = await ofTenant({});
      const bound = await ofTenant({ key: { allowedModels: [GPT] } });
      bothDown();
      const wish = ({ key }: Tenant) => ask(gateway, { key, body: chat('hello', { model: GPT }) });
      expect((await wish(free)).status).toBe(200);
      expect((await wish(bound)).json).toMatchObject({ error: { code: 'provider_error' } });
    });

    it('which go on with a broken stream only where it lets them', async () => {
      const broken = async () => {
        await gateway.closeBreakers();
        gateway.simulator.control.setFault({ provider: 'openai', fault: 'cut', options: { at: 9 } });
        return readStream(gateway, {
          body: chat(`[[sim text=${JSON.stringify(TEXT)}]]`, {
            model: GPT,
            stream: true,
            provider: { only: ['openai', 'anthropic'] },
          }),
        });
      };
      await inForce({ fallbackModels: [CLAUDE] });
      expect(await broken()).toMatchObject({ text: TEXT, isDone: true });
      await inForce({ fallbackModels: [CLAUDE], rescue: { otherModels: false } });
      expect((await broken()).error).not.toBeNull();
    });
  });

  it('of a key comes before that of its project, and a rolled-back one is in force again', async () => {
    const other = await gateway.addTenant();
    expect(await versionFor(other.key)).toBeNull();
    await inForce({ totalMs: 50_000 }, 'project', other);
    const first = await inForce({ totalMs: 40_000 }, 'key', other);
    const second = await inForce({ totalMs: 30_000 }, 'key', other);
    expect([first.version, second.version]).toEqual([1, 2]);
    await gateway.rollBack(first);
    await eventually(async () => expect(await versionFor(other.key)).toBe(1));
    const answer = await ask(gateway, { key: other.key, body: chat('hello', { model: GPT }) });
    expect(routeOf(answer).policy).toEqual({ name: 'of key', version: 1 });
  });
});

interface ToldRoute {
  model: string;
  provider: string;
  reason: string;
  policy?: { name: string; version: number };
}

function routeOf({ json }: Answer): ToldRoute {
  return (json as { trunkline: { route: ToldRoute } }).trunkline.route;
}
