import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, chat } from '../support/ask.js';
import { sendRaw } from '../support/raw-http.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const MIB = 1024 * 1024;

describe('bad input', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterEach(async () => {
    // Whatever came before, the gateway serves on and holds nothing of it.
    expect((await ask(gateway, { body: chat('hi') })).status).toBe(200);
  });
  afterAll(() => gateway.stop());

  /** Fetch's own types do not know that a streamed body has to say `duplex`. */
  const streamed = (body: ReadableStream<Uint8Array>): RequestInit & { duplex: 'half' } => ({
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.tenant.key}`, 'content-type': 'application/json' },
    body,
    duplex: 'half',
  });
  const head = (path: string, more = '') =>
    `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${gateway.tenant.key}\r\ncontent-type: application/json\r\n${more}`;

  it.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
    ['wrong JSON', '{"model":', 'invalid_json'],
    ['no JSON at all', 'hello', 'invalid_json'],
    ['an empty body', '', 'invalid_json'],
    ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 'invalid_encoding'],
    ['JSON nested 10,000 deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'json_too_deep'],
    ['objects nested 10,000 deep', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'json_too_deep'],
    ['1,000,000 brackets that never close', '['.repeat(1_000_000), 'json_too_deep'],
  ])('answers %s with 400', async (_name, raw, code) => {
    const began = performance.now();
    const answer = await ask(gateway, { raw });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ error: { type: 'invalid_request_error', code } });
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it('takes 10,000 messages', async () => {
    const messages = Array.from({ length: 10_000 }, (_, index) => ({
      role: index % 2 ? 'assistant' : 'user',
      content: 'x',
    }));
    messages.push({ role: 'user', content: '[[sim text="many"]]' });
    const answer = await ask(gateway, { body: chat('', { messages }) });
    expect([answer.status, answer.text]).toMatchObject([200, expect.stringContaining('many')]);
  });

  it('takes 30 MB of valid images', async () => {
    const bytes = Buffer.alloc(7.4 * MIB, 1);
    bytes.write('\x89PNG\r\n\x1a\n', 'latin1');
    const image = `data:image/png;base64,${bytes.toString('base64')}`;
    const parts = [1, 2, 3].map(() => ({ type: 'image_url', image_url: { url: image } }));
    const body = chat('', {
      messages: [{ role: 'user', content: [...parts, { type: 'text', text: '[[sim text="seen"]]' }] }],
    });
    const raw = JSON.stringify(body);
    expect(raw.length).toBeGreaterThan(29 * 1_000_000);
    const answer = await ask(gateway, { raw });
    expect([answer.status, answer.text]).toMatchObject([200, expect.stringContaining('seen')]);
  });

  it('answers a body over the limit with 413, whole', async () => {
    const answer = await ask(gateway, { raw: `"${'x'.repeat(33 * MIB)}"` });
    expect([answer.status, answer.json]).toMatchObject([413, { error: { code: 'request_too_large' } }]);
  });

  it('answers an endless chunked body with 413', async () => {
    const chunk = new Uint8Array(MIB).fill(0x20);
    let sent = 0;
    const stream = new ReadableStream({
      pull(controller) {
        sent += 1;
        if (sent > 40) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const response = await fetch(`${gateway.url}/v1/chat/completions`, streamed(stream));
    expect(response.status).toBe(413);
  });

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['not a type', 415],
    ['application/json; charset=utf-8', 200],
    ['application/json;', 200],
  ])('takes the content type %s for %i', async (type, status) => {
    const answer = await ask(gateway, { raw: JSON.stringify(chat('x')), headers: { 'content-type': type } });
    expect(answer.status).toBe(status);
    if (status === 415) expect(answer.json).toMatchObject({ error: { code: 'unsupported_media_type' } });
  });

  it('does not unpack compressed bodies', async () => {
    const answer = await ask(gateway, { raw: 'x', headers: { 'content-encoding': 'gzip' } });
    expect(answer.status).toBe(415);
  });

  it('answers a header of 100 KB with 431', async () => {
    const answer = await sendRaw(
      gateway.url,
      `${head('/v1/chat/completions')}x-big: ${'a'.repeat(100 * 1024)}\r\n\r\n`,
    );
    expect(answer.status).toBe(431);
    expect(answer.text).toContain('"code":"headers_too_large"');
    expect(answer.text).toMatch(/x-request-id: /);
  });

  it.each(['/%', '/v1/%zz', '/v1/models/%E0%A4%A'])(
    'answers the malformed path %s with 400',
    async (path) => {
      const answer = await sendRaw(gateway.url, `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('"code":"malformed_url"');
    },
  );

  it('speaks the dialect of the prefix also where it cannot read the path', async () => {
    const answer = await sendRaw(gateway.url, 'GET /api/v1/%zz HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(answer.text).toContain('"code":400');
  });

  it.each([
    'hello\r\n\r\n',
    'GET\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'POST / HTTP/1.1\r\ncontent-length: -1\r\n\r\n',
  ])('closes a connection that does not speak HTTP: %j', async (bytes) => {
    const answer = await sendRaw(gateway.url, bytes);
    expect(answer.status).toBe(400);
  });

  it('does not care for requests smuggled behind conflicting lengths', async () => {
    const bytes = `${head('/v1/chat/completions', 'content-length: 4\r\ntransfer-encoding: chunked\r\n')}\r\n0\r\n\r\nGET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n`;
    const answer = await sendRaw(gateway.url, bytes, 1_000);
    expect(answer.status).toBe(400);
    expect(answer.text.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  it('forgets a client that leaves in the middle of its body', async () => {
    const bytes = `${head('/v1/chat/completions', 'content-length: 1000000\r\n')}\r\n{"model":`;
    const answer = await sendRaw(gateway.url, bytes, 200);
    expect(answer.text).toBe('');
  });

  it('takes a request that comes in drips', async () => {
    const body = JSON.stringify(chat('[[sim text="drip"]]'));
    const answer = await fetch(`${gateway.url}/v1/chat/completions`, streamed(drips(body)));
    expect(await answer.text()).toContain('drip');
  });

  it.each(['__proto__', 'constructor', 'prototype'])('is not poisoned by a field named %s', async (name) => {
    const answer = await ask(gateway, {
      raw: `{"${name}":{"polluted":true},${JSON.stringify(chat('x')).slice(1)}`,
    });
    expect(answer.status).toBe(200);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

function drips(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => {
        setTimeout(resolve, 2);
      });
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + 7));
      at += 7;
    },
  });
}
