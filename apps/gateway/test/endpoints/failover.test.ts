import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FaultName } from '@trunkline/provider-simulator';
import { eventually } from '@trunkline/testing';
import { ask, type Ask } from '../support/ask.js';
import type { TestGateway } from '../support/start-gateway.js';
import { startEndpoints } from './support.js';

/** A second offer of the same model stands behind each of these. */
const CALLS: Record<string, { path: string; body: Record<string, unknown> }> = {
  embeddings: {
    path: '/v1/embeddings',
    body: { model: 'openai/text-embedding-3-small', input: ['one', 'two'] },
  },
  rerank: {
    path: '/v1/rerank',
    body: { model: 'qwen/qwen3-reranker-8b', query: 'fox', documents: ['a fox', 'a sea'] },
  },
  images: {
    path: '/v1/images/generations',
    body: { model: 'openai/gpt-image-1', prompt: 'a cat' },
  },
};

function formOf(fields: Record<string, string>, bytes: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([bytes], { type: 'audio/mpeg' }), 'voice "x".mp3');
  return form;
}

describe('endpoints beside chat, when a provider fails', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startEndpoints();
  });
  afterEach(() => gateway.closeBreakers());
  afterAll(() => gateway.stop());

  /** Every request to one provider fails. */
  async function failing(provider: string | null, fault: FaultName, wish: Ask) {
    gateway.simulator.control.setFault({ ...(provider ? { provider } : {}), fault });
    const answer = await ask(gateway, wish);
    gateway.simulator.control.clearFaults();
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    return { answer, record, outcomes: record.attempts.map(({ outcome }) => outcome) };
  }

  const FAULTS: [FaultName, string][] = [
    ['refuse', 'transport'],
    ['status:500', 'server_error'],
    ['status:429', 'rate_limited'],
    ['html_200', 'malformed'],
    ['truncated_json', 'malformed'],
    ['broken_gzip', 'malformed'],
    ['empty_answer', ''],
  ];
  const matrix = Object.keys(CALLS).flatMap((name) =>
    FAULTS.map(([fault, outcome]): [string, FaultName, string] => [name, fault, outcome]),
  );

  it.each(matrix)('answers %s from the next provider after %s', async (name, fault, outcome) => {
    const call: Ask & { body?: object } = CALLS[name] ?? {};
    const first = (await ask(gateway, call)).headers.get('x-trunkline-provider');
    const wish = { ...call, body: { ...call.body, provider: { order: [first] } } };
    const { answer, record, outcomes } = await failing(first, fault, wish);
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
    expect(outcomes).toEqual([outcome || expect.stringMatching(/^(?:empty|malformed)$/), 'success']);
    expect(record).toMatchObject({ status: 200, endpoint: name, billingReason: 'finished' });
    expect(record.lines.every((line) => line.attempt === 2 || line.costNanoUsd === '0')).toBe(true);
  });

  it('does not ask a second target what the request itself has wrong', async () => {
    const { answer, outcomes } = await failing(null, 'context_length_400', CALLS['embeddings'] ?? {});
    expect(answer.status).toBe(400);
    expect(outcomes).toEqual(['context_length']);
  });

  it('tells the last word of all when every provider fails, and charges nothing', async () => {
    gateway.simulator.control.setFault({ fault: 'status:503' });
    const answer = await ask(gateway, {
      ...CALLS['embeddings'],
      headers: { 'x-trunkline-total-ms': '20000' },
    });
    gateway.simulator.control.clearFaults();
    expect([answer.status, answer.json]).toMatchObject([503, { error: { code: 'provider_overloaded' } }]);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record).toMatchObject({ costNanoUsd: '0', billingReason: 'failed', endpoint: 'embeddings' });
  });

  it('holds to the clocks that the request sets', async () => {
    gateway.simulator.control.setFault({ fault: 'no_answer' });
    const began = performance.now();
    const answer = await ask(gateway, {
      path: '/v1/embeddings',
      body: { ...CALLS['embeddings']?.body, trunkline: { timeouts: { headersMs: 150, totalMs: 500 } } },
    });
    gateway.simulator.control.clearFaults();
    expect([answer.status, answer.json]).toMatchObject([504, { error: { code: 'timeout' } }]);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('takes white space that keeps a connection alive for no answer', async () => {
    const wish = CALLS['embeddings'];
    if (!wish?.body) throw new Error('there is no such call');
    const first = (await ask(gateway, wish)).headers.get('x-trunkline-provider');
    const body = {
      ...wish.body,
      provider: { order: [first] },
      trunkline: { timeouts: { headersMs: 2_000, firstTokenMs: 2_000, totalMs: 30_000 } },
    };
    const { answer, outcomes } = await failing(first, 'keep_alives_only', { ...wish, body });
    expect(answer.status).toBe(200);
    expect(outcomes).toEqual(['timeout', 'success']);
  });

  it('asks a second provider beside a slow one where that was asked for, and charges both prompts', async () => {
    const wish = CALLS['embeddings'];
    if (!wish) throw new Error('there is no such call');
    const first = (await ask(gateway, wish)).headers.get('x-trunkline-provider') ?? '';
    const body = {
      ...wish.body,
      provider: { order: [first] },
      trunkline: { hedge: { afterMs: 100 }, timeouts: { totalMs: 30_000 } },
    };
    gateway.simulator.control.setFault({ provider: first, fault: 'keep_alives_only' });
    const answer = await ask(gateway, { ...wish, body });
    gateway.simulator.control.clearFaults();
    expect(answer.status).toBe(200);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record.attempts.map(({ outcome, reason }) => [outcome, reason === 'hedge'])).toEqual([
      ['cancelled', false],
      ['success', true],
    ]);
    // The loser's provider had begun to answer.
    expect(
      record.lines.filter(({ costNanoUsd }) => costNanoUsd !== '0').map(({ attempt }) => attempt),
    ).toEqual([1, 2]);
    expect(record.promptTokens).toBe((answer.json['usage'] as { prompt_tokens: number }).prompt_tokens);
  });

  it('never pays for a second picture to be faster', async () => {
    const wish = CALLS['images'];
    gateway.simulator.control.setFault({ fault: 'slow_headers', options: { delayMs: 300, count: 1 } });
    const answer = await ask(gateway, {
      ...wish,
      body: { ...wish?.body, trunkline: { hedge: { afterMs: 50 } } },
    });
    gateway.simulator.control.clearFaults();
    expect([answer.status, answer.headers.get('x-trunkline-attempts')]).toEqual([200, '1']);
  });

  it.each([
    ['in memory', 10_000],
    ['in a file', 3 * 1024 * 1024],
  ])('sends a recording that is %s to the second target whole', async (_where, size) => {
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 8)) & 0xff);
    const post = async () => {
      const response = await fetch(`${gateway.url}/v1/audio/transcriptions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${gateway.tenant.key}` },
        body: formOf({ model: 'openai/gpt-4o-transcribe', language: 'en' }, bytes),
      });
      return {
        attempts: response.headers.get('x-trunkline-attempts'),
        body: (await response.json()) as object,
      };
    };
    const alone = await post();
    gateway.simulator.control.setFault({ fault: 'status:500', options: { count: 1 } });
    const rescued = await post();
    gateway.simulator.control.clearFaults();
    expect([alone.attempts, rescued.attempts]).toEqual(['1', '2']);
    expect(alone.body).toMatchObject({ text: expect.stringContaining(`Heard ${size} bytes`) });
    expect((rescued.body as { text: string }).text).toBe((alone.body as { text: string }).text);
  });

  it('goes on to the next provider as long as no sound was sent, and breaks the connection after', async () => {
    const body = { model: 'openai/tts-1', models: ['minimax/speech-2.6-hd'], voice: 'alloy', input: 'Hello' };
    const { answer, outcomes } = await failing('azure-openai', 'status:500', {
      path: '/v1/audio/speech',
      body,
    });
    expect(answer.status).toBe(200);
    expect(outcomes).toEqual(['server_error', 'success']);
    expect(answer.headers.get('x-trunkline-provider')).toBe('minimax');
    gateway.simulator.control.setFault({ provider: 'azure-openai', fault: 'cut', options: { count: 1 } });
    const cut = await fetch(`${gateway.url}/v1/audio/speech`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.tenant.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'openai/tts-1', voice: 'alloy', input: 'Hello '.repeat(200) }),
    });
    gateway.simulator.control.clearFaults();
    await expect(cut.arrayBuffer()).rejects.toThrow();
    const record = await gateway.records.of(cut.headers.get('x-request-id'));
    expect(record).toMatchObject({
      billingReason: 'truncated',
      costNanoUsd: '0',
      errorCode: 'provider_truncated',
    });
  });

  it('closes the upstream when a client leaves in the middle of the sound, and charges what it asked for', async () => {
    gateway.simulator.control.setFault({ fault: 'stall', options: { count: 1 } });
    const leave = new AbortController();
    const answer = await fetch(`${gateway.url}/v1/audio/speech`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.tenant.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'openai/tts-1', voice: 'alloy', input: 'Hello '.repeat(100) }),
      signal: leave.signal,
    });
    expect(answer.status).toBe(200);
    await answer.body?.getReader().read();
    leave.abort();
    await eventually(() => {
      const last = gateway.simulator.control.calls({ since: 0, limit: 100_000 }).calls.at(-1);
      if (last?.outcome !== 'client_gone') throw new Error(`upstream is ${last?.outcome}`);
    });
    gateway.simulator.control.clearFaults();
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    // 600 characters at $15 a million.
    expect(record).toMatchObject({ billingReason: 'client_left_after_commit', costNanoUsd: '9000000' });
  });

  it('ends a stream of events that broke off with an error, and never as if it were whole', async () => {
    gateway.simulator.control.setFault({
      provider: 'openai',
      fault: 'missing_terminal',
      options: { count: 1 },
    });
    const answer = await ask(gateway, {
      path: '/v1/audio/speech',
      body: { model: 'openai/gpt-4o-mini-tts', voice: 'alloy', input: 'Hello', stream_format: 'sse' },
    });
    gateway.simulator.control.clearFaults();
    expect(answer.text).toMatch(/event: error\ndata: .*provider_truncated/);
    expect(answer.text).not.toContain('speech.audio.done');
  });
});
