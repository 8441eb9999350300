import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningSimulator, startSimulator } from '../src/index.js';
import { EXAMPLE_OFFERS } from './example-offers.js';
import { rawRequest } from './raw-request.js';

let simulator: RunningSimulator;
const PATH = '/p/openai/v1/chat/completions';
const headers = { authorization: 'Bearer sim-openai-1' };
const lastCall = () => simulator.control.calls().calls.at(-1);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  simulator = await startSimulator({ offers: EXAMPLE_OFFERS });
});
afterAll(() => simulator.close());

describe('a client that leaves', () => {
  it('in the middle of a stream is noticed at once, with the tokens that it got', async () => {
    const body = {
      model: 'gpt-4o-mini',
      stream: true,
      messages: [{ role: 'user', content: '[[sim tokens=400 ttft=10 gap=10]]' }],
    };
    const leaving = new AbortController();
    const { body: answer } = await fetch(`http://127.0.0.1:${simulator.port}${PATH}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: leaving.signal,
    });
    const reader = answer?.pipeThrough(new TextDecoderStream()).getReader();
    let read = '';
    while (read.split('data: ').length < 10) read += (await reader?.read())?.value ?? '';
    leaving.abort();
    await reader?.cancel().catch(() => undefined);
    const left = Date.now();
    while (lastCall()?.outcome === 'running') await sleep(2);
    // The whole answer would take four seconds.
    expect(Date.now() - left).toBeLessThan(2_000);
    expect(lastCall()).toMatchObject({ outcome: 'client_gone', usage: null });
    expect(lastCall()?.deliveredTokens).toBeGreaterThan(5);
    expect(lastCall()?.deliveredTokens).toBeLessThan(400);
  });

  it('in the middle of its own request is logged', async () => {
    const socket = connect(simulator.port, '127.0.0.1', () => {
      socket.write(`POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{"model":`);
    });
    const { latest } = simulator.control.calls();
    const callsSince = () => simulator.control.calls({ since: latest }).calls;
    await sleep(50);
    socket.destroy();
    while (callsSince()[0]?.outcome !== 'client_gone') await sleep(2);
    expect(callsSince()).toMatchObject([{ outcome: 'client_gone', status: null }]);
  });
});

describe('a request that is wrong', () => {
  const send = (body: unknown, more: object = {}) =>
    rawRequest({ port: simulator.port, path: PATH, headers: { ...headers, ...more }, body });

  it.each([
    ['no JSON', '{"model":', 'could not parse'],
    ['a list', '[]', 'expected an object'],
    ['nothing', '', 'could not parse'],
    ['JSON nested 10,000 deep', '['.repeat(10_000) + ']'.repeat(10_000), 'expected an object'],
  ])('gets a native 400 for %s', async (_, body, message) => {
    const answer = await send(body);
    expect([answer.head.includes(' 400 '), answer.body.toString().includes(message)]).toEqual([true, true]);
  });

  it('gets a native 413 when it is over 64 MiB', async () => {
    const answer = await rawRequest({
      port: simulator.port,
      path: PATH,
      headers: { ...headers, 'content-length': String(65 * 1024 * 1024) },
      body: '{',
    });
    expect(answer.head).toContain(' 413 ');
  });

  it('gets 404 for paths and providers that are not there, and for protocols that are not played', async () => {
    for (const [path, status] of [
      ['/p/nobody/v1/chat/completions', 404],
      ['/p/openai/v1/nothing', 404],
      ['/p/nobody/v1/chat/completions', 404],
      ['/p', 404],
    ] as const) {
      const answer = await rawRequest({ port: simulator.port, path, headers, body: {} });
      expect([path, answer.head.includes(` ${status} `)]).toEqual([path, true]);
    }
  });

  it('finds the native path behind any prefix', async () => {
    const body = { model: 'llama', messages: [{ role: 'user', content: '[[sim wait=0]]' }] };
    const answer = await rawRequest({
      port: simulator.port,
      path: '/p/groq/openai/v1/chat/completions',
      headers: { authorization: 'Bearer sim-groq-7' },
      body,
    });
    expect(answer.head).toContain(' 200 ');
  });
});

describe('the default pace', () => {
  it('waits for the first token and between tokens, a little differently for each provider', async () => {
    const elapsed = async (
      provider: string,
      model: string,
      content: string,
      stream: boolean,
    ): Promise<number> =>
      (
        await rawRequest({
          port: simulator.port,
          path: `/p/${provider}/v1/chat/completions`,
          headers: { authorization: `Bearer sim-${provider}-1` },
          body: { model, stream, messages: [{ role: 'user', content }] },
        })
      ).elapsedMs;
    const streamed = await elapsed('openai', 'gpt-4o-mini', '[[sim tokens=50]]', true);
    expect(streamed).toBeGreaterThan(90 + 49 * 6 - 20);
    expect(streamed).toBeLessThan(10_000);
    const plain = await elapsed('cerebras', 'llama', 'hello', false);
    expect(plain).toBeGreaterThan(145);
    expect(plain).toBeLessThan(10_000);
  });
});
