import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { loadCatalog } from '@trunkline/catalog';
import type { FaultName, FaultOptions } from '@trunkline/provider-simulator';
import { eventually } from '@trunkline/testing';
import { chat, send } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { readStream } from './support.js';

/** Breakers are per offer: a model of its own for each failure keeps them apart. */
const MODELS = loadCatalog()
  .models.filter(({ kind, offers }) => {
    const plain = offers.filter(
      ({ billing, status, endpoints, deprecation }) =>
        billing === 'paygo' && status === 'active' && endpoints.includes('chat') && !deprecation,
    );
    return (
      kind === 'chat' && ['openai', 'openrouter'].every((id) => plain.some(({ provider }) => provider === id))
    );
  })
  .map(({ id }) => id);

/** Short ones only where something is to run into them: a busy machine may pause for longer. */
function clocksOf(outcome: string): { timeouts: Record<string, number> } {
  const ms = outcome === 'timeout' ? 2_000 : 20_000;
  return { timeouts: { headersMs: ms, firstTokenMs: ms, gapMs: ms } };
}

/** Before any content: the next provider answers and the client sees nothing of it. */
const BEFORE: [FaultName, string, FaultOptions][] = [
  ['refuse', 'transport', {}],
  ['reset_before_headers', 'transport', {}],
  ['no_answer', 'timeout', {}],
  ['keep_alives_only', 'timeout', {}],
  ['html_200', 'malformed', {}],
  ['slow_first_token', 'timeout', { delayMs: 20_000 }],
  ['slow_headers', 'timeout', { delayMs: 20_000 }],
  ['stall', 'timeout', { at: 0 }],
  ['cut', 'truncated', { at: 0 }],
  ['role_chunk_then_cut', 'truncated', {}],
  ['error_event_before_content', 'server_error', {}],
  ['garbage_event', 'malformed', { at: 0 }],
  ['broken_gzip', 'malformed', {}],
  ['empty_answer', 'empty', {}],
  ['status:500', 'server_error', {}],
  ['status:429', 'rate_limited', {}],
];

/** After content was sent: the error frame, and nothing that looks like an end. */
const AFTER: [FaultName, string, FaultOptions][] = [
  ['cut', 'provider_truncated', { at: 5 }],
  ['cut_in_utf8', 'provider_truncated', { at: 5 }],
  ['cut_in_reasoning', 'provider_truncated', {}],
  ['reset_mid_stream', 'provider_truncated', { at: 5 }],
  ['stall', 'timeout', { at: 5 }],
  ['garbage_event', 'provider_malformed_answer', { at: 5 }],
  ['missing_terminal', 'provider_truncated', {}],
  ['error_event_after_content', 'provider_error', { at: 5 }],
  ['truncated_json', 'provider_truncated', { at: 5 }],
];

describe('a stream that fails', () => {
  let gateway: TestGateway;
  let next = 0;
  /** A model with closed breakers. */
  const freshModel = () => MODELS[next++ % MODELS.length] ?? '';

  beforeAll(async () => {
    gateway = await startGateway({
      models: [...MODELS, 'anthropic/claude-sonnet-4.5', 'deepseek/deepseek-r1'],
    });
  });
  afterEach(async () => {
    gateway.simulator.control.reset();
    gateway.simulator.control.setMode({ pace: { firstTokenMs: 0, gapMs: 0, plainMs: 0 } });
    await gateway.closeBreakers();
  });
  afterAll(() => gateway.stop());

  it.each(BEFORE)(
    'is answered by the next provider when nothing was sent yet: %s',
    async (fault, outcome, options) => {
      gateway.simulator.control.setFault({ provider: 'openai', fault, options });
      const body = chat('[[sim text="one two three four five six"]]', {
        model: freshModel(),
        stream: true,
        trunkline: clocksOf(outcome),
        provider: { only: ['openai', 'openrouter'] },
      });
      const stream = await readStream(gateway, { body });
      expect(stream).toMatchObject({
        status: 200,
        text: 'one two three four five six',
        isDone: true,
        error: null,
      });
      const record = await gateway.records.of(stream.headers.get('x-request-id'));
      expect(record.attempts.map((attempt) => attempt.outcome)).toEqual([outcome, 'success']);
      expect(record.billingReason).toBe('finished');
    },
  );

  it.each(AFTER)(
    'ends with an error frame when content was sent and nobody may go on: %s',
    async (fault, code, options) => {
      gateway.simulator.control.setFault({ fault, options });
      const model = fault === 'cut_in_reasoning' ? 'deepseek/deepseek-r1' : freshModel();
      const body = chat('[[sim text="one two three four five six seven eight nine ten"]]', {
        model,
        stream: true,
        trunkline: { ...clocksOf(code), rescue: false },
      });
      const stream = await readStream(gateway, { body });
      expect(stream.status).toBe(200);
      expect(stream.isDone).toBe(false);
      expect(stream.broke).toBe(false);
      expect(stream.error).toMatchObject({ code });
      expect(stream.frames.at(-1)).not.toHaveProperty('choices');
      expect(stream.frames.every((frame) => !frame.choices?.[0]?.finish_reason)).toBe(true);
      const record = await gateway.records.of(stream.headers.get('x-request-id'));
      expect(record).toMatchObject({
        billingReason: 'truncated',
        costNanoUsd: '0',
        errorCode: code,
        status: 200,
      });
      expect(record.attempts).toHaveLength(1);
      expect(record.attempts[0]?.committed).toBe(true);
    },
  );

  it('ends the same way when the upstream speaks another protocol', async () => {
    gateway.simulator.control.setFault({ fault: 'cut', options: { at: 4 } });
    const body = chat('[[sim text="one two three four five six seven"]]', {
      model: 'anthropic/claude-sonnet-4.5',
      stream: true,
      trunkline: { rescue: false },
    });
    const stream = await readStream(gateway, { body });
    expect(stream).toMatchObject({ isDone: false, error: { code: 'provider_truncated' } });
  });

  it("ends in OpenRouter's way under its prefix", async () => {
    gateway.simulator.control.setFault({ fault: 'cut', options: { at: 4 } });
    const body = chat('[[sim text="one two three four five six seven"]]', {
      model: freshModel(),
      stream: true,
      trunkline: { rescue: false },
    });
    const stream = await readStream(gateway, { path: '/api/v1/chat/completions', body });
    expect(stream.frames.at(-1)).toMatchObject({
      error: { code: 502 },
      choices: [{ delta: { content: '' }, finish_reason: 'error' }],
    });
    expect(stream.isDone).toBe(false);
  });

  it('gives a status and no stream when nobody can answer', async () => {
    gateway.simulator.control.setFault({ fault: 'status:500' });
    const stream = await readStream(gateway, { body: chat('hi', { model: freshModel(), stream: true }) });
    expect(stream.status).toBe(502);
    expect(JSON.parse(stream.raw)).toMatchObject({ error: { code: 'provider_error' } });
  });

  it('waits no longer than two seconds for what follows a good end', async () => {
    gateway.simulator.control.setFault({ fault: 'missing_terminal', options: { keepFinish: true } });
    const stream = await readStream(gateway, {
      body: chat('[[sim text="one two"]]', { model: freshModel(), stream: true }),
    });
    expect(stream).toMatchObject({ text: 'one two', isDone: true });
    const record = await gateway.records.of(stream.headers.get('x-request-id'));
    expect(record.billingReason).toBe('finished');
    expect(record.completionTokens).toBeGreaterThan(0);
  });

  it('cuts the upstream off when its client leaves, and charges what was delivered', async () => {
    gateway.simulator.control.setMode({ pace: { firstTokenMs: 0, gapMs: 20, plainMs: 0 } });
    const leaving = new AbortController();
    const response = await send(
      gateway,
      {
        body: chat('[[sim tokens=500]]', { model: freshModel(), stream: true }),
        headers: { 'x-client-request-id': 'leaver' },
      },
      leaving.signal,
    );
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let read = '';
    while (read.split('"content":"').length < 10) read += (await reader?.read())?.value ?? '';
    leaving.abort();
    await reader?.cancel().catch(() => null);
    const record = await gateway.records.ofClient('leaver');
    expect(record).toMatchObject({ billingReason: 'client_left_after_commit', errorCode: 'client_left' });
    expect(record.completionTokens).toBeGreaterThan(2);
    expect(record.completionTokens).toBeLessThan(100);
    expect(BigInt(record.costNanoUsd)).toBeGreaterThan(0n);
    expect(record.lines.every(({ counted }) => counted)).toBe(true);
    await eventually(() => {
      const { calls } = gateway.simulator.control.calls();
      const seen = calls.find(({ clientRequestId }) => clientRequestId === record.attempts[0]?.id);
      expect(seen?.outcome).toBe('client_gone');
    });
  });
});
