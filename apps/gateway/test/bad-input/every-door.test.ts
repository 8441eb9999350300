import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ENDPOINT_MODELS, ENDPOINT_PATHS } from '../endpoints/support.js';
import { ask, chat, type Answer } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { CHAT_MODELS, DOOR_REQUESTS, FORM_REQUESTS } from './door-requests.js';
import { spoil, spoilings } from './spoil.js';

const SEED = 20_261_121;
const PREFIXES = ['/v1', '/api/v1'];
const BOUNDARY = 'xyz';
const CHAT_DOOR = /^\/(?:chat|responses|messages|completions)/;
/** Fields that a mutation may set so short that no provider can answer in time: the one 5xx that is deserved. */
const HURRIED = /"code":"timeout"|"timeout_error"|"error_type":"timeout"/;

describe('a hostile client', () => {
  let gateway: TestGateway;
  /** Requests that were refused, by their ids. */
  const refused = new Set<string>();
  beforeAll(async () => {
    gateway = await startGateway({
      models: ['openai/gpt-4o', ...CHAT_MODELS, ...ENDPOINT_MODELS],
      providers: ['openai', 'anthropic', 'google', 'cohere', 'bedrock', 'jina', 'minimax', 'deepinfra'],
      paths: { ...ENDPOINT_PATHS, cohere: '/v2', bedrock: '' },
    });
  });
  afterAll(() => gateway.stop());

  const calls = () => gateway.simulator.control.calls({ limit: 1 }).latest;

  /** What is true of every answer to a request that may be anything. */
  function judge(answer: Answer, path: string, called: number): void {
    const id = answer.headers.get('x-request-id');
    expect(id).not.toBeNull();
    if (answer.status === 200) return;
    if (answer.status >= 500) expect(answer.text).toMatch(HURRIED);
    else expect(answer.status).toBeGreaterThanOrEqual(400);
    const { error, type } = answer.json as { error: Record<string, unknown>; type?: unknown };
    expect(typeof error['message']).toBe('string');
    if (answer.status < 500) expect(answer.headers.get('x-should-retry')).toBe('false');
    if (path.includes('/messages')) expect(type).toBe('error');
    else if (path.startsWith('/api/')) expect(error['code']).toBe(answer.status);
    else expect(error).toMatchObject({ type: expect.any(String), code: expect.any(String) });
    const byProvider = /provider_invalid_request|"attempts"/.test(answer.text) || path.includes('/messages');
    if (!byProvider) expect(called).toBe(0);
    refused.add(String(id));
  }

  async function attack(path: string, wish: Parameters<typeof ask>[1], told: string): Promise<void> {
    const before = calls();
    const answer = await ask(gateway, { path, ...wish });
    try {
      judge(answer, path, calls() - before);
    } catch (error) {
      throw new Error(`${path} (${told}) got ${answer.status} ${answer.text.slice(0, 400)}`, {
        cause: error,
      });
    }
  }

  it('is told in the dialect of the door what is wrong, whatever stands in whichever field', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...DOOR_REQUESTS),
        fc.constantFrom(...PREFIXES),
        fc.constantFrom(...CHAT_MODELS),
        fc.boolean(),
        spoilings,
        async (door, prefix, model, stream, wishes) => {
          const body = CHAT_DOOR.test(door.path) ? { ...door.body, model, stream } : door.body;
          const { spoilt, told } = spoil(body, wishes);
          await attack(prefix + door.path, { body: spoilt }, told);
        },
      ),
      { seed: SEED, numRuns: 500, endOnFailure: true },
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  }, 120_000);

  it('may send forms of any make', async () => {
    const part = fc.record({
      name: fc.constantFrom('model', 'file', 'image', 'image[]', 'prompt', '__proto__', 'provider', '', null),
      fileName: fc.constantFrom(null, 'a.wav', '../../etc/passwd', '', 'a\0.png'),
      value: fc.constantFrom('', 'openai/whisper-1', '{"order":', '\xff\xfe', 'RIFF'.repeat(200)),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FORM_REQUESTS),
        fc.constantFrom(...PREFIXES),
        fc.array(part, { maxLength: 4 }),
        fc.constantFrom(0, 0, 3, 40),
        fc.constantFrom(BOUNDARY, BOUNDARY, 'another'),
        async (door, prefix, parts, cutBytes, boundary) => {
          const fields = Object.entries(door.body).map(([name, value]) => ({
            name,
            fileName: null,
            value: String(value),
          }));
          const text = [...fields, ...parts].map(printPart).join('') + `--${BOUNDARY}--\r\n`;
          const raw = Buffer.from(text.slice(0, text.length - cutBytes), 'latin1');
          const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
          await attack(prefix + door.path, { raw, headers }, JSON.stringify(parts));
        },
      ),
      { seed: SEED, numRuns: 150, endOnFailure: true },
    );
  });

  it.each([
    ['POST', '/v1//chat/completions', 400],
    ['POST', '/v1/chat/completions/', 400],
    ['POST', '/v1/chat%2Fcompletions', 404],
    ['PUT', '/v1/messages', 405],
    ['OPTIONS', '/api/v1/embeddings', 405],
    ['GET', '/v1/models/__proto__', 404],
    ['GET', '/v1/models/openai%2Fgpt-4o', 200],
    ['GET', `/v1/models/${'a'.repeat(600)}`, 400],
    ['GET', '/api/v1/models?limit=-1', 400],
    ['GET', '/v1/generation?id=a&id=b', 400],
  ])('has its %s %s answered with %i', async (method, path, status) => {
    const answer = await ask(gateway, { method, path, ...(method === 'POST' ? { body: {} } : {}) });
    expect([answer.status, answer.text]).toMatchObject([status, expect.any(String)]);
    expect(answer.headers.get('x-request-id')).not.toBeNull();
  });

  it('speaks Anthropic where the path is Messages, however it is written', async () => {
    for (const path of ['/v1//messages', '/api/v1/messages/', '/v1/%6Dessages'])
      expect((await ask(gateway, { path, body: {} })).json).toMatchObject({ type: 'error' });
  });

  it.each(['/v1/chat/completions', '/api/v1/responses', '/v1/messages', '/v1/audio/transcriptions'])(
    'is not let in at %s with two keys that differ',
    async (path) => {
      const answer = await ask(gateway, { path, headers: { 'x-api-key': 'sk-tl-other' }, body: {} });
      expect(answer.status).toBe(401);
    },
  );

  it('pays nothing for what was refused', async () => {
    const last = await ask(gateway, { body: chat('[[sim text="last"]]') });
    expect(last.status).toBe(200);
    await gateway.records.of(last.headers.get('x-request-id'));
    expect(refused.size).toBeGreaterThan(100);
    const charged = gateway.records
      .all()
      .filter(({ id, costNanoUsd }) => refused.has(id) && costNanoUsd !== '0');
    expect(charged).toEqual([]);
  });
});

function printPart({
  name,
  fileName,
  value,
}: {
  name: string | null;
  fileName: string | null;
  value: string;
}) {
  const names = `${name === null ? '' : `; name="${name}"`}${fileName === null ? '' : `; filename="${fileName}"`}`;
  return `--${BOUNDARY}\r\ncontent-disposition: form-data${names}\r\n\r\n${value}\r\n`;
}
