import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  countTokens,
  type FaultName,
  type FaultOptions,
  type RunningSimulator,
  startSimulator,
} from '../src/index.js';
import { EXAMPLE_OFFERS, QUICK } from './example-offers.js';
import { dataLines, type RawAnswer, rawRequest } from './raw-request.js';

const TEXT = 'one two three four five six seven eight';
const TOOL = {
  type: 'function',
  function: {
    name: 'look_up',
    parameters: { type: 'object', properties: { topic: { type: 'string' } }, required: ['topic'] },
  },
};

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator({ offers: EXAMPLE_OFFERS, pace: QUICK });
});
afterEach(() => simulator.control.reset());
afterAll(() => simulator.close());

interface Ask {
  readonly stream?: boolean;
  readonly content?: string;
  readonly more?: object;
  readonly patienceMs?: number;
}

function openai(fault: FaultName, options: FaultOptions = {}, ask: Ask = {}): Promise<RawAnswer> {
  simulator.control.setFault({ provider: 'openai', fault, options });
  return askOpenAi(ask);
}

function askOpenAi({
  stream = true,
  content = `[[sim text="${TEXT}"]]`,
  more = {},
  patienceMs = 30_000,
}: Ask = {}): Promise<RawAnswer> {
  return rawRequest({
    port: simulator.port,
    path: '/p/openai/v1/chat/completions',
    headers: { authorization: 'Bearer sim-openai-1' },
    body: { model: 'gpt-4o-mini', stream, messages: [{ role: 'user', content }], ...more },
    patienceMs,
  });
}

function anthropic(fault: FaultName, options: FaultOptions = {}, more: object = {}): Promise<RawAnswer> {
  simulator.control.setFault({ provider: 'anthropic', fault, options });
  return rawRequest({
    port: simulator.port,
    path: '/p/anthropic/v1/messages',
    headers: { 'x-api-key': 'sim-anthropic-1', 'anthropic-version': '2023-06-01' },
    body: {
      model: 'claude-sonnet-5-5',
      max_tokens: 2_000,
      stream: true,
      messages: [{ role: 'user', content: `[[sim text="${TEXT}"]]` }],
      ...more,
    },
  });
}

const textOf = (answer: RawAnswer): string =>
  dataLines(answer.body)
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map(
      (line) =>
        (JSON.parse(line) as { choices?: { delta: { content?: string } }[] }).choices?.[0]?.delta.content ??
        '',
    )
    .join('');
const lastCall = () => simulator.control.calls().calls.at(-1);

describe('faults of the connection', () => {
  it('refuse closes without a byte', async () => {
    const answer = await openai('refuse');
    expect([answer.bytes.length, answer.ending]).toEqual([0, 'end']);
    expect(lastCall()).toMatchObject({ fault: 'refuse', outcome: 'faulted', status: null, usage: null });
  });

  it('reset_before_headers resets after the delay', async () => {
    const answer = await openai('reset_before_headers', { delayMs: 60 });
    expect([answer.bytes.length, answer.ending]).toEqual([0, 'reset']);
    expect(answer.elapsedMs).toBeGreaterThanOrEqual(55);
  });

  it('reset_mid_stream resets behind the tokens asked for', async () => {
    const answer = await openai('reset_mid_stream', { at: 3 });
    expect([answer.ending, answer.complete, textOf(answer)]).toEqual(['reset', false, 'one two three']);
    expect(lastCall()).toMatchObject({ deliveredTokens: 3, outcome: 'faulted' });
  });

  it('no_answer says nothing until the client goes', async () => {
    const answer = await openai('no_answer', {}, { patienceMs: 1_000 });
    expect([answer.bytes.length, answer.ending]).toEqual([0, 'open']);
    while (lastCall()?.outcome === 'running') await new Promise((resolve) => setTimeout(resolve, 2));
    expect(lastCall()).toMatchObject({ outcome: 'client_gone', fault: 'no_answer' });
  });

  it('keep_alives_only sends nothing else, in each protocol', async () => {
    const stream = await openai('keep_alives_only', { intervalMs: 20 }, { patienceMs: 1_500 });
    expect(stream.head).toContain('200 OK');
    expect(stream.body.toString()).toMatch(/^(: keep-alive\n\n){3,}$/u);
    const plain = await openai('keep_alives_only', { intervalMs: 20 }, { stream: false, patienceMs: 1_500 });
    expect(plain.body.toString()).toMatch(/^\n{2,}$/u);
  });
});

describe('faults of time', () => {
  it('slow_headers and slow_first_token come whole and late', async () => {
    const headers = await openai('slow_headers', { delayMs: 80 });
    expect([headers.complete, textOf(headers)]).toEqual([true, TEXT]);
    expect(headers.elapsedMs).toBeGreaterThanOrEqual(75);
    const token = await openai('slow_first_token', { delayMs: 80 });
    expect([token.complete, textOf(token)]).toEqual([true, TEXT]);
    expect(lastCall()).toMatchObject({
      outcome: 'complete',
      fault: 'slow_first_token',
      usage: { completionTokens: countTokens(TEXT) },
    });
  });

  it('stall stays open, or goes on after the delay', async () => {
    const stalled = await openai('stall', { at: 2 }, { patienceMs: 1_000 });
    expect([stalled.ending, textOf(stalled)]).toEqual(['open', 'one two']);
    const resumed = await openai('stall', { at: 2, delayMs: 50 });
    expect([resumed.complete, textOf(resumed)]).toEqual([true, TEXT]);
    expect(lastCall()).toMatchObject({ outcome: 'complete' });
  });
});

describe('cuts', () => {
  it('cut ends a stream regularly in the middle, without an end of its own', async () => {
    const answer = await openai('cut', { at: 4 });
    expect([answer.complete, textOf(answer)]).toEqual([true, 'one two three four']);
    expect(answer.body.toString()).not.toMatch(/\[DONE\]|"finish_reason":"/u);
    expect(lastCall()).toMatchObject({ deliveredTokens: 4, usage: null });
  });

  it('cut closes a plain answer before its length', async () => {
    const answer = await openai('cut', {}, { stream: false });
    expect([answer.ending, answer.complete]).toEqual(['end', false]);
    expect(lastCall()).toMatchObject({ deliveredTokens: 0, status: 200 });
  });

  it('cut_in_utf8 ends inside a character, in each protocol', async () => {
    for (const answer of [
      await openai('cut_in_utf8'),
      await anthropic('cut_in_utf8'),
      await openai('cut_in_utf8', {}, { stream: false }),
    ]) {
      expect(answer.complete).toBe(true);
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(answer.body)).toThrow();
      expect(answer.body.at(-1)).toBe(0xe6);
    }
  });

  it('cut_in_tool_arguments calls a tool and never ends its JSON', async () => {
    const answer = await openai('cut_in_tool_arguments', {}, { content: 'hello', more: { tools: [TOOL] } });
    const args = dataLines(answer.body)
      .map(
        (line) =>
          (
            JSON.parse(line) as {
              choices: { delta: { tool_calls?: { function: { arguments: string } }[] } }[];
            }
          ).choices[0]?.delta.tool_calls?.[0]?.function.arguments ?? '',
      )
      .join('');
    expect(args).toMatch(/^\{/u);
    expect(() => JSON.parse(args)).toThrow();
    expect(answer.body.toString()).not.toContain('[DONE]');
    expect(
      (
        await anthropic(
          'cut_in_tool_arguments',
          {},
          { tools: [{ name: 'look_up', input_schema: TOOL.function.parameters }] },
        )
      ).body.toString(),
    ).toMatch(/input_json_delta[^]*\n\n$/u);
  });

  it('cut_in_reasoning makes a model reason and ends before any text', async () => {
    const body = (await anthropic('cut_in_reasoning')).body.toString();
    expect(body).toContain('thinking_delta');
    expect(body).not.toMatch(/signature_delta|text_delta|message_stop/u);
  });

  it('role_chunk_then_cut has no content', async () => {
    const answer = await openai('role_chunk_then_cut');
    expect([dataLines(answer.body).length, textOf(answer), answer.complete]).toEqual([1, '', true]);
    expect(dataLines((await anthropic('role_chunk_then_cut')).body)).toHaveLength(1);
  });

  it('missing_terminal has all content and no end; with keepFinish only the last event is missing', async () => {
    const answer = await openai('missing_terminal');
    expect([textOf(answer), answer.complete]).toEqual([TEXT, true]);
    expect(answer.body.toString()).not.toMatch(/\[DONE\]|"finish_reason":"stop"/u);
    const kept = (await openai('missing_terminal', { keepFinish: true })).body.toString();
    expect(kept).toContain('"finish_reason":"stop"');
    expect(kept).not.toContain('[DONE]');
    expect((await anthropic('missing_terminal', { keepFinish: true })).body.toString()).toMatch(
      /message_delta[^]*(?<!message_stop[^]*)$/u,
    );
  });
});

describe('wrong content', () => {
  it('garbage_event has one event in the middle that is no JSON', async () => {
    const answer = await openai('garbage_event', { at: 2 });
    const broken = dataLines(answer.body).filter((line) => line !== '[DONE]' && !line.endsWith('}'));
    expect(broken).toHaveLength(1);
    expect(answer.body.toString()).toContain('[DONE]');
    expect(() => JSON.parse(broken[0] ?? '') as unknown).toThrow();
  });

  it('error events are native, before or after content', async () => {
    const before = await openai('error_event_before_content');
    expect([textOf(before), JSON.parse(dataLines(before.body).at(-1) ?? '')]).toMatchObject([
      '',
      { error: { type: 'server_error' } },
    ]);
    const after = await anthropic('error_event_after_content', { at: 2 });
    expect(after.body.toString()).toContain('text_delta');
    expect(after.body.toString()).toMatch(
      /event: error\ndata: \{"type":"error","error":\{"type":"api_error","message":"Internal server error"\}\}\n\n$/u,
    );
  });

  it('html_200, truncated_json and broken_gzip cannot be read', async () => {
    const html = await openai('html_200', {}, { stream: false });
    expect([html.head.includes('text/html'), html.body.toString().startsWith('<!DOCTYPE')]).toEqual([
      true,
      true,
    ]);
    const truncated = await openai('truncated_json', {}, { stream: false });
    expect(truncated.complete).toBe(true);
    expect(() => JSON.parse(truncated.body.toString())).toThrow();
    for (const stream of [true, false]) {
      const packed = await openai('broken_gzip', {}, { stream });
      expect(packed.head).toContain('content-encoding: gzip');
      expect(() => gunzipSync(packed.body)).toThrow();
    }
  });

  it('empty_answer ends well without a word', async () => {
    const answer = await openai('empty_answer', {}, { more: { stream_options: { include_usage: true } } });
    expect([
      textOf(answer),
      answer.body.toString().includes('"completion_tokens":0'),
      answer.body.toString().endsWith('data: [DONE]\n\n'),
    ]).toEqual(['', true, true]);
    const plain = JSON.parse((await openai('empty_answer', {}, { stream: false })).body.toString()) as object;
    expect(plain).toMatchObject({ choices: [{ finish_reason: 'stop', message: { content: '' } }] });
  });

  it('tiny_events sends 100,000 events and counts each', async () => {
    const answer = await openai(
      'tiny_events',
      {},
      { patienceMs: 100_000, more: { stream_options: { include_usage: true } } },
    );
    expect(dataLines(answer.body).length).toBe(100_004);
    expect(answer.body.toString('utf8', answer.body.length - 500)).toContain('"completion_tokens":100000');
    expect(lastCall()).toMatchObject({ outcome: 'complete', deliveredTokens: 100_000 });
  });
});

describe('native errors', () => {
  it.each([401, 402, 404, 408, 413, 429, 500, 502, 503, 504, 529] as const)(
    'status:%i has a body of its own in each protocol',
    async (status) => {
      const ours = await openai(`status:${status}`);
      expect(ours.head).toContain(` ${status} `);
      expect(JSON.parse(ours.body.toString())).toMatchObject({
        error: { message: expect.any(String), type: expect.any(String) },
      });
      const theirs = await anthropic(`status:${status}`);
      expect(JSON.parse(theirs.body.toString())).toMatchObject({
        type: 'error',
        error: { type: expect.any(String) },
        request_id: expect.any(String),
      });
    },
  );

  it('names a delay in each form, or none', async () => {
    expect((await openai('status:429')).head).not.toMatch(/retry-after/iu);
    expect((await openai('status:429', { retryAfterMs: 1_500 })).head).toMatch(/retry-after: 2\r/iu);
    expect((await openai('status:429', { retryAfterMs: 1_500, retryAfterForm: 'ms' })).head).toMatch(
      /retry-after-ms: 1500\r/iu,
    );
    expect((await openai('status:429', { retryAfterMs: 60_000, retryAfterForm: 'date' })).head).toMatch(
      /retry-after: \w{3}, \d\d \w{3} \d{4} [\d:]+ GMT\r/iu,
    );
    expect((await openai('status:429', { quota: true })).body.toString()).toContain('insufficient_quota');
  });

  it('context_length_400 and content_policy_400 are those of the provider', async () => {
    expect((await openai('context_length_400')).body.toString()).toContain('context_length_exceeded');
    expect((await anthropic('context_length_400')).body.toString()).toContain('prompt is too long');
    expect((await openai('content_policy_400')).body.toString()).toContain('content_policy_violation');
  });

  it('huge_error_body is as long as asked for', async () => {
    const answer = await openai('huge_error_body', { bytes: 3_000_000 });
    expect(answer.head).toContain(' 500 ');
    expect(answer.body.length).toBeGreaterThan(3_000_000);
    expect(() => JSON.parse(answer.body.toString()) as unknown).not.toThrow();
  });

  it('keeps the shape of providers that have their own', async () => {
    simulator.control.setFault({ fault: 'status:500' });
    const ask = (provider: string, model: string) =>
      rawRequest({
        port: simulator.port,
        path: `/p/${provider}/v1/chat/completions`,
        headers: { authorization: `Bearer sim-${provider}-1` },
        body: { model, messages: [{ role: 'user', content: 'x' }] },
      });
    expect(JSON.parse((await ask('cerebras', 'llama')).body.toString())).toMatchObject({
      message: expect.any(String),
      type: 'server_error',
    });
    expect(JSON.parse((await ask('openrouter', 'openai/gpt-4o-mini')).body.toString())).toMatchObject({
      error: { code: 500 },
    });
  });
});

describe('when a fault happens', () => {
  it('hits the first calls only, and one model only', async () => {
    simulator.control.setFault({
      provider: 'openai',
      model: 'gpt-4o-mini',
      fault: 'status:503',
      options: { count: 1 },
    });
    expect((await askOpenAi({ more: { model: 'o4-mini' } })).head).toContain(' 200 ');
    expect((await askOpenAi()).head).toContain(' 503 ');
    expect((await askOpenAi()).head).toContain(' 200 ');
  });
});
