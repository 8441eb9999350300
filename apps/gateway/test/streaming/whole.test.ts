import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chat } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { readStream } from './support.js';

const CLAUDE = 'anthropic/claude-sonnet-4.5';

describe('a stream that goes well', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  it.each(['openai/gpt-4o-mini', CLAUDE])(
    'carries usage and additions in the chunk that finishes: %s',
    async (model) => {
      const stream = await readStream(gateway, {
        body: chat('[[sim text="one two three"]]', { model, stream: true }),
      });
      expect(stream).toMatchObject({ status: 200, text: 'one two three', isDone: true, error: null });
      expect(stream.headers.get('content-type')).toContain('text/event-stream');
      expect(stream.headers.get('x-request-id')).toBeTruthy();
      expect(stream.headers.get('x-trunkline-provider')).toBe(model.split('/')[0]);
      expect(stream.headers.has('x-trunkline-cost')).toBe(false);
      const last = stream.frames.at(-1);
      expect(last).toMatchObject({
        choices: [{ finish_reason: 'stop' }],
        usage: { completion_tokens: 3, cost: expect.any(Number) },
        provider: model.split('/')[0],
        trunkline: { attempts: [{ outcome: 'success' }], overhead_ms: expect.any(Number) },
      });
      expect(stream.frames.filter((frame) => frame.usage)).toHaveLength(1);
      expect(stream.frames.filter((frame) => frame.choices?.[0]?.finish_reason)).toHaveLength(1);
      expect(stream.frames.every((frame) => frame.choices?.length === 1)).toBe(true);
      expect(new Set(stream.frames.map((frame) => frame.id)).size).toBe(1);
    },
  );

  it('has a last chunk of usage alone when asked, and always under /api/v1', async () => {
    for (const wish of [
      { body: chat('[[sim text="one"]]', { stream: true, stream_options: { include_usage: true } }) },
      { path: '/api/v1/chat/completions', body: chat('[[sim text="one"]]', { stream: true }) },
    ]) {
      const stream = await readStream(gateway, wish);
      expect(stream.frames.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 1 } });
      expect(stream.frames.filter((frame) => frame.usage)).toHaveLength(1);
      expect(stream.isDone).toBe(true);
    }
  });

  it('finishes every choice of several, with usage in the last finish alone', async () => {
    const stream = await readStream(gateway, { body: chat('[[sim text="a b"]]', { stream: true, n: 3 }) });
    const finished = stream.frames.filter((frame) => frame.choices?.[0]?.finish_reason);
    expect(finished.map((frame) => frame.choices?.[0]?.index).sort()).toEqual([0, 1, 2]);
    expect(finished.filter((frame) => frame.usage)).toEqual([finished.at(-1)]);
    expect(stream.isDone).toBe(true);
  });

  it('carries reasoning of another protocol', async () => {
    const body = chat('[[sim reasoning=12 text="So."]]', {
      model: CLAUDE,
      stream: true,
      reasoning: { effort: 'high' },
      max_tokens: 4_000,
    });
    const stream = await readStream(gateway, { body });
    expect(stream.frames.some((frame) => frame.choices?.[0]?.delta.reasoning)).toBe(true);
    expect(stream.text).toBe('So.');
  });

  it('charges exactly what the simulator counted, in the record that was written before the end', async () => {
    const stream = await readStream(gateway, { body: chat('[[sim tokens=40]]', { stream: true }) });
    const record = await gateway.records.of(stream.headers.get('x-request-id'));
    const seen = gateway.simulator.control
      .counts()
      .calls.find(({ attemptId }) => attemptId === record.attempts[0]?.id);
    expect(seen).toMatchObject({
      tokensIn: record.promptTokens,
      tokensOut: record.completionTokens,
      outcome: 'complete',
    });
    expect(stream.frames.at(-1)?.usage?.cost).toBe(Number(record.costNanoUsd) / 1e9);
    expect(record).toMatchObject({ stream: true, status: 200, billingReason: 'finished' });
    expect(record.firstTokenMs).not.toBeNull();
  });

  it('keeps to the pace of a client that reads slowly', async () => {
    const body = chat('[[sim tokens=20000]]', { stream: true });
    const response = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.tenant.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await new Promise((resolve) => {
      setTimeout(resolve, 800);
    });
    const raw = await response.text();
    expect(raw.endsWith('data: [DONE]\n\n')).toBe(true);
  });
});
