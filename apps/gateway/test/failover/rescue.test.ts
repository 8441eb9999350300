import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { EndedRecord } from '@trunkline/contracts';
import type { FaultName, FaultOptions } from '@trunkline/provider-simulator';
import { eventually } from '@trunkline/testing';
import { chat } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { readStream, type StreamRead } from '../streaming/support.js';

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const GPT = 'openai/gpt-4o-mini';
/** Short ones only where something is to run into them: a busy machine may pause for longer. */
const clocks = (ms: number) => ({ timeouts: { headersMs: ms, firstTokenMs: ms, gapMs: ms } });
const CLOCKS = clocks(20_000);
const SHORT_CLOCKS = clocks(2_000);
const TEXT =
  'The harbour lay quiet under a pale sky while two boats waited for the tide to turn, and a woman on the quay ' +
  'counted crates, wrote a number on each, and moved along without looking up.';

/** Every way in which a stream can break off behind its first words. */
const BREAKS: [FaultName, string, FaultOptions][] = [
  ['cut', 'truncated', { at: 9 }],
  ['cut_in_utf8', 'truncated', { at: 9 }],
  ['reset_mid_stream', 'truncated', { at: 9 }],
  ['stall', 'timeout', { at: 9 }],
  ['garbage_event', 'malformed', { at: 9 }],
  ['error_event_after_content', 'server_error', { at: 9 }],
  ['truncated_json', 'truncated', { at: 9 }],
  ['missing_terminal', 'truncated', {}],
];

describe('a stream that breaks off behind the commit', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startGateway({ models: [GPT, CLAUDE, 'deepseek/deepseek-r1'] });
  });
  afterEach(async () => {
    await gateway.closeBreakers();
    gateway.simulator.control.reset();
    gateway.simulator.control.setMode({ pace: { firstTokenMs: 0, gapMs: 0, plainMs: 0 } });
  });
  afterAll(() => gateway.stop());

  const said = (words: string) => `[[sim ${words}]]`;
  const asked = (text: string, more: Record<string, unknown> = {}, providers = ['openai', 'openrouter']) =>
    chat(text, {
      model: GPT,
      stream: true,
      trunkline: CLOCKS,
      provider: { order: providers, only: providers },
      ...more,
    });
  const recordOf = (stream: StreamRead): Promise<EndedRecord> =>
    gateway.records.of(stream.headers.get('x-request-id'));

  it.each(BREAKS)('is gone on with by the next target: %s', async (fault, outcome, options) => {
    gateway.simulator.control.setFault({ provider: 'openai', fault, options });
    const trunkline = outcome === 'timeout' ? SHORT_CLOCKS : CLOCKS;
    const body = asked(said(`text=${JSON.stringify(TEXT)}`), { trunkline });
    const stream = await readStream(gateway, { body });
    expect(stream).toMatchObject({ status: 200, text: TEXT, isDone: true, error: null });
    expect(new Set(stream.frames.map(({ id }) => id)).size).toBe(1);
    expect(stream.frames.filter(({ choices }) => choices?.[0]?.finish_reason)).toHaveLength(1);
    expect(stream.frames.at(-1)?.trunkline).toMatchObject({
      rescued: true,
      attempts: [
        { outcome },
        { outcome: 'success', splice: { mode: 'instruction', at_characters: expect.any(Number) } },
      ],
    });
    const record = await recordOf(stream);
    expect(record).toMatchObject({ billingReason: 'finished', rescued: true, status: 200, errorCode: null });
    expect(record.attempts.map(({ committed, splice }) => [committed, splice?.mode ?? null])).toEqual([
      [true, null],
      [false, 'instruction'],
    ]);
  });

  it('is paid for as one prompt, and each target’s words at its own price', async () => {
    gateway.simulator.control.setFault({ provider: 'openai', fault: 'cut', options: { at: 9 } });
    const stream = await readStream(gateway, { body: asked(said(`text=${JSON.stringify(TEXT)}`)) });
    const record = await recordOf(stream);
    const charged = record.lines.filter(({ costNanoUsd }) => costNanoUsd !== '0');
    expect(charged.map(({ attempt, bucket }) => [attempt, bucket])).toEqual([
      [1, 'input.text'],
      [1, 'output.text'],
      [2, 'output.text'],
    ]);
    const sum = record.lines.reduce((total, line) => total + BigInt(line.costNanoUsd), 0n);
    expect(record.costNanoUsd).toBe(sum.toString());
    expect(stream.frames.at(-1)?.usage).toMatchObject({
      completion_tokens: record.completionTokens,
      cost: Number(sum) / 1e9,
    });
    // Our own cost of the second prompt is kept.
    expect(record.lines.some(({ attempt, bucket }) => attempt === 2 && bucket === 'input.text')).toBe(true);
  });

  it('goes on by prefill where the offer takes it, through another protocol', async () => {
    gateway.simulator.control.setFault({ provider: 'openrouter', fault: 'cut', options: { at: 9 } });
    const body = asked(said(`text=${JSON.stringify(TEXT)}`), { model: CLAUDE }, ['openrouter', 'anthropic']);
    const stream = await readStream(gateway, { body });
    expect(stream).toMatchObject({ text: TEXT, isDone: true });
    const record = await recordOf(stream);
    expect(record.attempts.map(({ splice }) => splice?.mode ?? null)).toEqual([null, 'prefill']);
  });

  it('is rescued again when the rescuer breaks off too', async () => {
    gateway.simulator.control.setFault({ provider: 'openrouter', fault: 'cut', options: { at: 9 } });
    gateway.simulator.control.setFault({ provider: 'anthropic', fault: 'cut', options: { at: 9 } });
    const body = asked(said(`text=${JSON.stringify(TEXT)}`), { model: CLAUDE, models: [GPT] }, [
      'openrouter',
      'anthropic',
      'openai',
    ]);
    const stream = await readStream(gateway, { body });
    expect(stream).toMatchObject({ text: TEXT, isDone: true });
    expect((await recordOf(stream)).attempts.length).toBeGreaterThanOrEqual(3);
  });

  it.each(['repeat', 'overlap=40', 'overlap=24'])(
    'has no gap and no repeat when the model goes on with %s',
    async (how) => {
      gateway.simulator.control.setFault({ provider: 'openrouter', fault: 'cut', options: { at: 20 } });
      const body = asked(said(`${how} text=${JSON.stringify(TEXT)}`), { model: CLAUDE }, [
        'openrouter',
        'anthropic',
      ]);
      // The first target is asked for no continuation, but `repeat` has it say the prompt first.
      const stream = await readStream(gateway, { body });
      expect(stream.text.endsWith(TEXT)).toBe(true);
      expect(stream.text.split('harbour')).toHaveLength(2);
      expect(stream.isDone).toBe(true);
    },
  );

  it('ends with the error frame when nobody goes on from what was sent', async () => {
    gateway.simulator.control.setFault({ provider: 'openai', fault: 'cut', options: { at: 9 } });
    const stream = await readStream(gateway, { body: asked(said(`astray text=${JSON.stringify(TEXT)}`)) });
    expect(stream).toMatchObject({ isDone: false, error: { code: 'provider_truncated' } });
    expect(TEXT.startsWith(stream.text)).toBe(true);
    const record = await recordOf(stream);
    expect(record).toMatchObject({ billingReason: 'truncated', costNanoUsd: '0' });
  });

  it('is gone on with by a target that was only slower, when the winner of a race breaks off', async () => {
    gateway.simulator.control.setFaults([
      { provider: 'openai', fault: 'slow_first_token', options: { delayMs: 20_000, count: 1 } },
      { provider: 'openrouter', fault: 'cut', options: { at: 9 } },
    ]);
    const trunkline = { timeouts: { ...CLOCKS.timeouts, firstTokenMs: 30_000 }, hedge: { afterMs: 100 } };
    const stream = await readStream(gateway, {
      body: asked(said(`text=${JSON.stringify(TEXT)}`), { trunkline }),
    });
    expect(stream).toMatchObject({ text: TEXT, isDone: true });
    expect((await recordOf(stream)).attempts.map(({ outcome }) => outcome)).toEqual([
      'cancelled',
      'truncated',
      'success',
    ]);
  });

  it('is gone on with although one target refuses to', async () => {
    gateway.simulator.control.setFaults([
      { provider: 'openai', fault: 'cut', options: { at: 9 } },
      { provider: 'openrouter', fault: 'status:413' },
    ]);
    const providers = ['openai', 'openrouter', 'anthropic'];
    const body = asked(said(`text=${JSON.stringify(TEXT)}`), { models: [CLAUDE] }, providers);
    const stream = await readStream(gateway, { body });
    expect(stream).toMatchObject({ text: TEXT, isDone: true });
    const outcomes = (await recordOf(stream)).attempts.map(({ outcome }) => outcome);
    expect(outcomes.slice(0, 2)).toEqual(['truncated', 'invalid_request']);
    expect(outcomes.at(-1)).toBe('success');
  });

  it('begins anew when nothing but reasoning was sent', async () => {
    gateway.simulator.control.setFault({ fault: 'cut_in_reasoning', options: { count: 1 } });
    const stream = await readStream(gateway, {
      body: chat(said(`reasoning=30 text=${JSON.stringify(TEXT)}`), {
        model: 'deepseek/deepseek-r1',
        stream: true,
      }),
    });
    expect(stream).toMatchObject({ text: TEXT, isDone: true });
    const record = await recordOf(stream);
    expect(record.attempts.at(-1)?.splice).toMatchObject({ mode: 'restart', atCharacters: 0 });
  });

  it('is not gone on with after a part of a tool call', async () => {
    gateway.simulator.control.setFault({ provider: 'openai', fault: 'cut_in_tool_arguments' });
    const stream = await readStream(gateway, {
      body: asked('call look', {
        tools: [
          {
            type: 'function',
            function: {
              name: 'look',
              parameters: { type: 'object', properties: { at: { type: 'string' } } },
            },
          },
        ],
      }),
    });
    expect(stream).toMatchObject({ isDone: false, error: { code: 'provider_truncated' } });
    expect((await recordOf(stream)).attempts).toHaveLength(1);
  });

  it.each([
    ['several choices', { n: 2 }],
    ['logprobs', { logprobs: true }],
    ['structured output without prefill', { response_format: { type: 'json_object' } }],
    ['the wish not to', { trunkline: { ...CLOCKS, rescue: false } }],
  ])('is not gone on with where that cannot be: %s', async (_, wish) => {
    gateway.simulator.control.setFault({ provider: 'openai', fault: 'cut', options: { at: 6 } });
    const stream = await readStream(gateway, {
      body: asked(`answer in JSON ${said('tokens=40')}`, wish),
    });
    expect(stream.isDone).toBe(false);
    expect(stream.error).not.toBeNull();
    expect((await recordOf(stream)).attempts).toHaveLength(1);
  });

  it('is replaced unseen while its beginning is held back', async () => {
    gateway.simulator.control.setFault({ provider: 'openai', fault: 'cut', options: { at: 9 } });
    const trunkline = { ...CLOCKS, rescue: { holdBackTokens: 20 } };
    const stream = await readStream(gateway, {
      body: asked(said(`text=${JSON.stringify(TEXT)}`), { trunkline }),
    });
    expect(stream).toMatchObject({ text: TEXT, isDone: true });
    expect(stream.headers.get('x-trunkline-provider')).toBe('openrouter');
    expect(stream.frames.at(-1)?.trunkline).toMatchObject({ rescued: false });
  });

  it('charges what was delivered when the client leaves during the rescue', async () => {
    gateway.simulator.control.setFault({ provider: 'openai', fault: 'cut', options: { at: 9 } });
    gateway.simulator.control.setFault({ provider: 'openrouter', fault: 'no_answer' });
    const leaving = new AbortController();
    const reading = readStream(
      gateway,
      {
        body: asked(said(`text=${JSON.stringify(TEXT)}`), {
          trunkline: { timeouts: { headersMs: 60_000, firstTokenMs: 60_000 } },
        }),
        headers: { 'x-client-request-id': 'left-in-rescue' },
      },
      leaving.signal,
    );
    await eventually(() => {
      const last = gateway.simulator.control.calls().calls.at(-1);
      expect(last).toMatchObject({ provider: 'openrouter', outcome: 'running' });
    });
    leaving.abort();
    await reading.catch(() => null);
    const record = await gateway.records.ofClient('left-in-rescue');
    expect(record).toMatchObject({ billingReason: 'client_left_after_commit' });
    expect(BigInt(record.costNanoUsd)).toBeGreaterThan(0n);
  });
});
