import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import OpenAI, { APIError } from 'openai';
import type { ResponseStreamEvent } from 'openai/resources/responses/responses';
import { Redis } from 'ioredis';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';
import { callIdOf, clientOf, until, untilEnded } from './background-support.js';

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const TEXT = 'The harbour lay quiet under a pale sky while two boats waited for the tide to turn.';
const tell = (pace: string) => `[[sim text=${JSON.stringify(TEXT)} ${pace}]]`;
const NEVER = 'gap=30000';

describe('a response in the background', () => {
  let gateway: TestGateway;
  /** At the process that stays. */
  let client: OpenAI;
  let stateDir: string;
  let child: ChildProcess | null = null;

  beforeAll(async () => {
    gateway = await startGateway({
      models: [CLAUDE],
      providers: ['anthropic'],
      tenant: { keepBodies: true },
      processes: 1,
    });
    client = clientOf(gateway, 0);
    stateDir = await mkdtemp(join(tmpdir(), 'trunkline-gateway-'));
  });
  afterEach(async () => {
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    child = null;
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(stateDir, { recursive: true, force: true });
  });

  /** Another node, as it were: a process with a spool of its own. */
  async function startChild(env: Record<string, string> = {}): Promise<OpenAI> {
    const hooks = join(import.meta.dirname, '../../support/typescript-hooks.mjs');
    const main = join(import.meta.dirname, 'background-child.ts');
    child = spawn(process.execPath, ['--import', hooks, '--conditions', '@trunkline/source', main], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        ...gateway.environment,
        GATEWAY_PORT: '0',
        GATEWAY_ADMIN_PORT_BASE: '0',
        GATEWAY_STATE_DIR: stateDir,
        ...env,
      },
    });
    const [port] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    const baseURL = `http://127.0.0.1:${port.toString().trim()}/v1`;
    return new OpenAI({ apiKey: gateway.tenant.key, baseURL, maxRetries: 0 });
  }

  async function beginAt(at: OpenAI, pace: string): Promise<string> {
    const { id } = await at.responses.create({ model: CLAUDE, background: true, input: tell(pace) });
    await until(client, id, ({ output_text: text }) => text !== '');
    return id;
  }

  const runningUpstream = () =>
    gateway.simulator.control.calls().calls.filter(({ outcome }) => outcome === 'running');

  it('has failed for who asks once its process was killed for long enough, and is charged to nobody', async () => {
    const id = await beginAt(await startChild(), NEVER);
    child?.kill('SIGKILL');
    const events: ResponseStreamEvent[] = [];
    const following = (async () => {
      for await (const event of await client.responses.retrieve(id, { stream: true })) events.push(event);
    })();
    await expect(following).rejects.toThrow(APIError);
    expect(events.map(({ type }) => type)).toContain('response.output_text.delta');
    const failed = await client.responses.retrieve(id);
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'gateway_lost' } });
    expect(TEXT.startsWith(failed.output_text)).toBe(true);
    expect(await client.responses.cancel(id)).toMatchObject({ id, status: 'failed' });
    // Whoever comes to its spool closes the call.
    await startChild();
    const record = await gateway.records.of(callIdOf(id));
    expect(record).toMatchObject({ billingReason: 'gateway_lost', costNanoUsd: '0' });
    await eventually(() => expect(runningUpstream()).toEqual([]));
  }, 120_000);

  it('ends well while its process is asked to stop, if there is time', async () => {
    const id = await beginAt(await startChild({ GATEWAY_DRAIN_SECONDS: '30' }), 'gap=60');
    child?.kill('SIGTERM');
    expect(await untilEnded(client, id)).toMatchObject({ status: 'completed', output_text: TEXT });
    expect((await gateway.records.of(callIdOf(id))).billingReason).toBe('finished');
    await exited();
  }, 120_000);

  it('has failed, for a reason and for nothing, where its process had to stop before', async () => {
    const id = await beginAt(await startChild({ GATEWAY_DRAIN_SECONDS: '1' }), NEVER);
    child?.kill('SIGTERM');
    const failed = await untilEnded(client, id);
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'gateway_lost' } });
    expect(failed.output_text).not.toBe('');
    const record = await gateway.records.of(callIdOf(id));
    expect(record).toMatchObject({ billingReason: 'gateway_lost', costNanoUsd: '0' });
    await exited();
    await eventually(() => expect(runningUpstream()).toEqual([]));
  }, 120_000);

  it('goes on while Redis has forgotten it, and is told whole, though its events are not', async () => {
    const id = await beginAt(client, 'gap=150');
    const redis = new Redis(gateway.redis.url);
    for (const key of await redis.keys('trunkline:background:*')) await redis.del(key);
    redis.disconnect();
    const ended = await untilEnded(client, id);
    expect(ended).toMatchObject({ id, status: 'completed', output_text: TEXT });
    const following = (async () => {
      for await (const event of await client.responses.retrieve(id, { stream: true })) void event;
    })();
    await expect(following).rejects.toThrow(/not kept/);
  });

  it('is readable by nobody else in Redis, neither what was asked nor what was said', async () => {
    const asked = 'What nobody else may read';
    const input = `${asked} ${tell('gap=20')}`;
    const { id } = await client.responses.create({
      model: CLAUDE,
      background: true,
      input,
      instructions: asked,
    });
    const redis = new Redis(gateway.redis.url);
    const readAll = async () => {
      const key = `trunkline:background:{${callIdOf(id)}}`;
      const [fields, events] = await Promise.all([redis.hgetall(key), redis.lrange(`${key}:events`, 0, -1)]);
      return { fields, events };
    };
    await untilEnded(client, id);
    const { fields, events } = await readAll();
    redis.disconnect();
    expect(fields).toMatchObject({ status: 'completed', begun: expect.any(String) });
    expect(events.length).toBeGreaterThan(0);
    for (const sealed of [fields['begun'], fields['response'], ...events]) {
      const bytes = Buffer.from(sealed ?? '', 'base64').toString('latin1');
      for (const text of [asked, 'harbour', 'response.']) expect(bytes).not.toContain(text);
    }
  });

  it('goes on while Redis is away, when no other is taken, and is told once it is back', async () => {
    const alone = await startGateway({
      models: [CLAUDE],
      providers: ['anthropic'],
      tenant: { keepBodies: true },
    });
    try {
      const own = clientOf(alone, 0);
      const create = (pace: string) =>
        own.responses.create({ model: CLAUDE, background: true, input: tell(pace) });
      const { id } = await create('gap=120');
      await alone.redis.kill();
      await expect(create('gap=0')).rejects.toMatchObject({ status: 503, code: 'service_unavailable' });
      expect((await own.responses.retrieve(id)).status).toBe('in_progress');
      await alone.redis.restart();
      expect(await untilEnded(own, id)).toMatchObject({ status: 'completed', output_text: TEXT });
      expect((await alone.records.of(callIdOf(id))).billingReason).toBe('finished');
    } finally {
      await alone.stop();
    }
  }, 120_000);

  it('leaves nothing that looks like a response where it was refused', async () => {
    const tenant = await gateway.addTenant({ keepBodies: true, maxConcurrency: 1 });
    const own = clientOf(gateway, 0, tenant.key);
    const create = () => own.responses.create({ model: CLAUDE, background: true, input: tell('gap=0') });
    expect((await untilEnded(own, (await create()).id)).status).toBe('completed');
    const redis = new Redis(gateway.redis.url);
    const { id } = await own.responses.create({ model: CLAUDE, background: true, input: tell(NEVER) });
    await expect(create()).rejects.toMatchObject({ status: 429 });
    const kept = (await redis.keys('trunkline:background:{*}')).filter((key) => !key.endsWith(':events'));
    const statuses = await Promise.all(kept.map((key) => redis.hget(key, 'status')));
    expect(statuses.filter((status) => status === 'queued' || status === 'in_progress')).toHaveLength(1);
    redis.disconnect();
    await own.responses.cancel(id);
  });

  /** A process that stops waits until its records are confirmed. */
  async function exited(): Promise<void> {
    await eventually(async () => {
      await gateway.records.take();
      expect(child?.exitCode).toBe(0);
    });
  }
});
