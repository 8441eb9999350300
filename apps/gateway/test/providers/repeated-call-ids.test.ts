import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { ask, send } from '../support/ask.js';
import { type RawUpstream, startRawUpstream } from '../support/raw-upstream.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const ID = 'functions.list:0';
const model = 'counting/x';
const parameters = { type: 'object', properties: {} };
const said = { id: 'c', object: 'chat.completion', model: 'x', created: 1 };
const CALL = { index: 0, id: ID, type: 'function', function: { name: 'list', arguments: '{}' } };

const DOORS = [
  {
    path: '/v1/chat/completions',
    body: {
      tools: [{ type: 'function', function: { name: 'list', parameters } }],
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: null, tool_calls: [{ ...CALL, index: undefined }] },
        { role: 'tool', tool_call_id: ID, content: 'nothing' },
      ],
    },
  },
  {
    path: '/v1/messages',
    body: {
      max_tokens: 99,
      tools: [{ name: 'list', input_schema: parameters }],
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: [{ type: 'tool_use', id: ID, name: 'list', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: ID, content: 'nothing' }] },
      ],
    },
  },
  {
    path: '/v1/responses',
    body: {
      tools: [{ type: 'function', name: 'list', parameters }],
      input: [
        { type: 'message', role: 'user', content: 'Hi' },
        { type: 'function_call', call_id: ID, name: 'list', arguments: '{}' },
        { type: 'function_call_output', call_id: ID, output: 'nothing' },
      ],
    },
  },
];

describe('a provider that counts its calls anew in every turn', () => {
  let gateway: TestGateway;
  let raw: RawUpstream;
  let asked: { messages: { tool_call_id?: string }[] } | null = null;

  beforeAll(async () => {
    raw = await startRawUpstream();
    raw.answerWith(({ socket, body }) => {
      asked = JSON.parse(body) as typeof asked;
      const choice = { index: 0, finish_reason: 'tool_calls' };
      const isStream = body.includes('"stream":true');
      const chunk = {
        ...said,
        object: 'chat.completion.chunk',
        choices: [{ ...choice, delta: { tool_calls: [CALL] } }],
      };
      const message = { role: 'assistant', content: null, tool_calls: [CALL] };
      const answer = isStream
        ? `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`
        : JSON.stringify({ ...said, choices: [{ ...choice, message }] });
      const type = isStream ? 'text/event-stream' : 'application/json';
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`,
      );
    });
    gateway = await startGateway({ models: ['openai/gpt-4o-mini'], providers: ['openai'] });
    await gateway.priceUnlisted('counting');
    await gateway.addEntry({
      ...{ providerId: 'counting', protocol: 'openai', baseUrl: `http://127.0.0.1:${raw.port}/v1` },
      ...{ unlistedModels: true, credentials: ['x'] },
    });
    await eventually(async () => {
      const body = { model, messages: [{ role: 'user', content: 'x' }] };
      expect((await ask(gateway, { body })).status).toBe(200);
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await raw.close();
  });

  it.each(DOORS.flatMap((door) => [false, true].map((stream) => ({ ...door, stream }))))(
    'gives the client of $path an id that its conversation has not (stream: $stream)',
    async ({ path, body, stream }) => {
      const answer = await send(gateway, { path, body: { ...body, model, stream } });
      const text = await answer.text();
      expect([answer.status, text]).toEqual([200, expect.stringContaining('"functions.list:1"')]);
      expect(text).not.toContain(`"${ID}"`);
      expect(asked?.messages.at(-1)?.tool_call_id).toBe(ID);
    },
  );

  it('leaves the id alone where the conversation has no call yet', async () => {
    const body = { model, messages: [{ role: 'user', content: 'Hi' }] };
    expect((await ask(gateway, { body })).text).toContain(`"${ID}"`);
  });
});
