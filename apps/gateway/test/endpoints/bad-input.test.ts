import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { ask } from '../support/ask.js';
import type { TestGateway } from '../support/start-gateway.js';
import { startEndpoints } from './support.js';

const WAV = new Blob([new Uint8Array(2_000)], { type: 'audio/wav' });

describe('endpoints beside chat, with bad input', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startEndpoints({ env: { GATEWAY_BODY_MIB: '4', GATEWAY_BODIES_IN_FLIGHT_MIB: '4' } });
  });
  afterAll(() => gateway.stop());

  const upstreamCalls = () => gateway.simulator.control.calls({ since: 0, limit: 100_000 }).calls.length;

  async function postForm(path: string, fields: [string, string | Blob][]) {
    const form = new FormData();
    for (const [name, value] of fields) {
      if (typeof value === 'string') form.append(name, value);
      else form.append(name, value, 'a.wav');
    }
    const response = await fetch(`${gateway.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.tenant.key}` },
      body: form,
    });
    return { status: response.status, json: (await response.json()) as object };
  }

  it.each([
    ['/v1/embeddings', {}, 'input'],
    ['/v1/embeddings', { input: [] }, 'input'],
    ['/v1/embeddings', { input: ['a', 7] }, 'input[1]'],
    ['/v1/embeddings', { input: [[1], ['x']] }, 'input[1][0]'],
    ['/v1/embeddings', { input: 'x', dimensions: 0 }, 'dimensions'],
    ['/v1/embeddings', { input: 'x', provider: { order: 'openai' } }, 'provider.order'],
    ['/v1/embeddings', { input: 'x', trunkline: { timeouts: { totalMs: 0 } } }, 'trunkline.timeouts.totalMs'],
    ['/v1/rerank', { query: 'q' }, 'documents'],
    ['/v1/rerank', { query: '', documents: ['a'] }, 'query'],
    ['/v1/rerank', { query: 'q', documents: [null] }, 'documents[0]'],
    ['/v1/images/generations', { prompt: 1 }, 'prompt'],
    ['/v1/images/generations', { prompt: 'x', n: 0 }, 'n'],
    ['/v1/audio/speech', { input: 'x' }, 'voice'],
    ['/v1/audio/speech', { input: 'x', voice: 'v', response_format: 'ogg' }, 'response_format'],
    [
      '/v1/audio/speech',
      { input: 'x', voice: { id: 'voice_1' }, model: 'openai/gpt-4o-mini-tts' },
      'voice.id',
    ],
    ['/v1/moderations', { input: [{ type: 'image_url' }] }, 'input[0].image_url'],
  ])('%s names the field at fault before any provider is asked (%#)', async (path, body, param) => {
    const before = upstreamCalls();
    const answer = await ask(gateway, { path, body: { model: 'openai/text-embedding-3-small', ...body } });
    expect([answer.status, answer.json]).toMatchObject([400, { error: { param } }]);
    expect(upstreamCalls()).toBe(before);
  });

  it.each([
    ['/v1/audio/transcriptions', [['model', 'openai/whisper-1']], 'file'],
    ['/v1/audio/transcriptions', [['file', WAV]], 'model'],
    [
      '/v1/audio/transcriptions',
      [
        ['model', 'openai/whisper-1'],
        ['file', 'no file'],
      ],
      'file',
    ],
    [
      '/v1/audio/transcriptions',
      [
        ['model', 'openai/whisper-1'],
        ['file', WAV],
        ['temperature', 'warm'],
      ],
      'temperature',
    ],
    [
      '/v1/images/edits',
      [
        ['model', 'openai/gpt-image-1'],
        ['prompt', 'x'],
      ],
      'image',
    ],
    [
      '/v1/images/edits',
      [
        ['model', 'openai/gpt-image-1'],
        ['prompt', 'x'],
        ['image', WAV],
        ['n', 'many'],
      ],
      'n',
    ],
  ] as [string, [string, string | Blob][], string][])(
    '%s names the field of a form (%#)',
    async (path, fields, param) => {
      expect(await postForm(path, fields)).toMatchObject({ status: 400, json: { error: { param } } });
    },
  );

  it('takes forms where forms are wanted, and JSON where JSON is', async () => {
    const json = await ask(gateway, { path: '/v1/audio/transcriptions', body: { model: 'm' } });
    expect([json.status, json.json]).toMatchObject([415, { error: { code: 'unsupported_media_type' } }]);
    expect((await postForm('/v1/embeddings', [['model', 'm']])).status).toBe(415);
    const broken = await ask(gateway, {
      path: '/v1/audio/transcriptions',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      raw: 'this is no form',
    });
    expect([broken.status, broken.json]).toMatchObject([400, { error: { code: 'invalid_request' } }]);
    const unbounded = await ask(gateway, {
      path: '/v1/audio/transcriptions',
      headers: { 'content-type': 'multipart/form-data' },
      raw: 'x',
    });
    expect(unbounded.status).toBe(400);
  });

  it('refuses a form that is too large, and one without a key before it is read', async () => {
    const large = new Blob([new Uint8Array(5 * 1024 * 1024)]);
    expect(
      await postForm('/v1/audio/transcriptions', [
        ['model', 'openai/whisper-1'],
        ['file', large],
      ]),
    ).toMatchObject({ status: 413, json: { error: { code: 'request_too_large' } } });
    const anonymous = await ask(gateway, {
      path: '/v1/audio/transcriptions',
      key: null,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      raw: 'x',
    });
    expect(anonymous.status).toBe(401);
  });

  it('gives back what it held of forms whose clients left in the middle', async () => {
    const boundary = 'b0undary';
    const head = [
      `--${boundary}`,
      'content-disposition: form-data; name="file"; filename="a.mp3"',
      'content-type: audio/mpeg',
      '',
      '',
    ].join('\r\n');
    for (let time = 0; time < 8; time += 1) {
      await new Promise<void>((resolve) => {
        const upload = request(`${gateway.url}/v1/audio/transcriptions`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${gateway.tenant.key}`,
            'content-type': `multipart/form-data; boundary=${boundary}`,
            'content-length': 3 * 1024 * 1024,
          },
        });
        upload.on('error', () => resolve());
        upload.on('close', () => resolve());
        upload.write(head);
        upload.write(Buffer.alloc(1_500_000), () => setTimeout(() => upload.destroy(), 20));
      });
    }
    // As much as may be held at all: there is room for it only when nothing else is held any more.
    await eventually(async () => {
      const answer = await postForm('/v1/audio/transcriptions', [
        ['model', 'openai/whisper-1'],
        ['file', new Blob([new Uint8Array(3_900_000)])],
      ]);
      expect(answer).toMatchObject({ status: 200 });
    });
  });

  it('says so where a model has no such endpoint, or cannot do what is asked', async () => {
    const wrongEndpoint = await ask(gateway, {
      path: '/v1/embeddings',
      body: { model: 'openai/tts-1', input: 'x' },
    });
    expect(wrongEndpoint.status).toBe(404);
    const tokens = await ask(gateway, {
      path: '/v1/embeddings',
      body: { model: 'voyageai/voyage-3.5', input: [1, 2, 3] },
    });
    expect([tokens.status, tokens.json]).toMatchObject([400, { error: { param: 'input' } }]);
    const wrongMethod = await ask(gateway, { path: '/v1/embeddings', method: 'GET' });
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('tells errors of /api/v1 as OpenRouter does', async () => {
    const answer = await ask(gateway, { path: '/api/v1/embeddings', body: { model: 'x' } });
    expect(answer.json).toMatchObject({ error: { code: 400, metadata: { error_type: 'invalid_request' } } });
  });

  it('aborts upstream when the client leaves, and leaves no file behind', async () => {
    gateway.simulator.control.setFault({ fault: 'no_answer' });
    const leave = new AbortController();
    const form = new FormData();
    form.append('model', 'openai/gpt-4o-transcribe');
    form.append('file', new Blob([new Uint8Array(3 * 1024 * 1024)]), 'a.mp3');
    const since = upstreamCalls();
    const left = fetch(`${gateway.url}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.tenant.key}` },
      body: form,
      signal: leave.signal,
    });
    await eventually(() => {
      if (upstreamCalls() === since) throw new Error('not asked yet');
    });
    leave.abort();
    await expect(left).rejects.toThrow();
    await eventually(() => {
      const last = gateway.simulator.control.calls({ since: 0, limit: 100_000 }).calls.at(-1);
      if (last?.outcome !== 'client_gone') throw new Error(`upstream is ${last?.outcome}`);
    });
    gateway.simulator.control.clearFaults();
    const named = async () =>
      (await readdir(tmpdir())).filter((name) => name.startsWith('trunkline-upload-'));
    // Files of other tests have a name for an instant.
    const atFirst = new Set(await named());
    await eventually(async () => expect((await named()).filter((name) => atFirst.has(name))).toEqual([]));
    const next = await postForm('/v1/audio/transcriptions', [
      ['model', 'openai/whisper-1'],
      ['file', WAV],
    ]);
    expect(next.status).toBe(200);
  });
});
