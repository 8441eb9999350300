import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OpenRouter } from '@openrouter/sdk';
import { eventually } from '@trunkline/testing';
import { ENDPOINT_MODELS, startEndpoints } from '../endpoints/support.js';
import type { TestGateway } from '../support/start-gateway.js';

const CHAT_MODELS = ['openai/gpt-4o-mini', 'anthropic/claude-sonnet-4.5'];

/** Answers as the control plane prints them. */
const STORED: Record<string, unknown> = {
  '/gateway/credits': { data: { total_credits: 5, total_usage: 1.5 } },
};

function textOf(content: unknown): string {
  if (typeof content !== 'string') throw new Error('not a text');
  return content;
}

describe('the official @openrouter/sdk package', () => {
  let gateway: TestGateway;
  let client: OpenRouter;
  const plane: Server = createServer((request, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(STORED[request.url ?? '']));
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => plane.listen(0, '127.0.0.1', resolve));
    const { port } = plane.address() as AddressInfo;
    gateway = await startEndpoints({
      models: [...CHAT_MODELS, ...ENDPOINT_MODELS],
      env: { CONTROL_PLANE_URL: `http://127.0.0.1:${port}` },
    });
    client = new OpenRouter({
      apiKey: gateway.tenant.key,
      serverURL: `${gateway.url}/api/v1`,
      retryConfig: { strategy: 'none' },
    });
  });
  afterAll(async () => {
    await gateway.stop();
    plane.closeAllConnections();
    await new Promise((resolve) => plane.close(resolve));
  });

  const messages = (content: string) => [{ role: 'user' as const, content }];

  it.each(CHAT_MODELS)('chats with %s, whole', async (model) => {
    const answer = await client.chat.send({
      chatRequest: { model, stream: false, messages: messages('[[sim text="Hello there"]]') },
    });
    if (!('choices' in answer)) throw new Error('not an answer');
    expect(answer.choices[0]?.message.content).toBe('Hello there');
    expect(answer.usage?.completionTokens).toBe(2);
  });

  it.each(CHAT_MODELS)('chats with %s, streamed, with usage in the last chunk', async (model) => {
    const stream = await client.chat.send({
      chatRequest: { model, stream: true, messages: messages('[[sim text="one two three"]]') },
    });
    if ('choices' in stream) throw new Error('not a stream');
    let text = '';
    let completionTokens = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      completionTokens = chunk.usage?.completionTokens ?? completionTokens;
    }
    expect([text, completionTokens]).toEqual(['one two three', 3]);
  });

  it('calls a tool and reads its result', async () => {
    const tools = [
      {
        type: 'function' as const,
        function: {
          name: 'get_weather',
          parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        },
      },
    ];
    const question = { role: 'user' as const, content: 'Use get_weather for Paris' };
    const chatRequest = { model: CHAT_MODELS[0] ?? '', stream: false as const, tools };
    const first = await client.chat.send({ chatRequest: { ...chatRequest, messages: [question] } });
    if (!('choices' in first)) throw new Error('not an answer');
    const message = first.choices[0]?.message;
    const [call] = message?.toolCalls ?? [];
    expect(call?.function.name).toBe('get_weather');
    const second = await client.chat.send({
      chatRequest: {
        ...chatRequest,
        messages: [
          question,
          { role: 'assistant', toolCalls: message?.toolCalls },
          { role: 'tool', toolCallId: call?.id ?? '', content: 'sunny, 21 degrees' },
        ],
      },
    });
    if (!('choices' in second)) throw new Error('not an answer');
    expect(JSON.stringify(second.choices[0]?.message.content)).toContain('sunny');
  });

  it('gets JSON after a schema', async () => {
    const schema = {
      type: 'object',
      properties: { city: { type: 'string' }, degrees: { type: 'integer' } },
      required: ['city', 'degrees'],
      additionalProperties: false,
    };
    const answer = await client.chat.send({
      chatRequest: {
        model: CHAT_MODELS[0],
        stream: false,
        messages: messages('Weather of Paris as JSON'),
        responseFormat: { type: 'json_schema', jsonSchema: { name: 'weather', strict: true, schema } },
      },
    });
    if (!('choices' in answer)) throw new Error('not an answer');
    expect(JSON.parse(textOf(answer.choices[0]?.message.content))).toMatchObject({
      city: expect.any(String),
    });
  });

  it('embeds and ranks', async () => {
    const embedded = await client.embeddings.generate({
      requestBody: { model: 'openai/text-embedding-3-small', input: ['one', 'two'], encodingFormat: 'float' },
    });
    if (typeof embedded === 'string') throw new Error('not an answer');
    expect(embedded.data).toHaveLength(2);
    expect(embedded.usage?.cost).toBeGreaterThan(0);
    const ranked = await client.rerank.rerank({
      requestBody: {
        model: 'cohere/rerank-v4.0-pro',
        query: 'red fox',
        documents: ['blue sea', 'a red fox'],
      },
    });
    if (typeof ranked === 'string') throw new Error('not an answer');
    expect(ranked.results[0]).toMatchObject({ index: 1, document: { text: 'a red fox' } });
    expect(ranked.usage).toMatchObject({ searchUnits: 1, cost: 0.0025 });
  });

  it('lists models of every kind', async () => {
    let listed = '';
    let pages = 0;
    for await (const page of await client.models.list({ limit: 8 })) {
      listed += JSON.stringify(page);
      pages += 1;
    }
    expect(pages).toBe(Math.ceil((CHAT_MODELS.length + ENDPOINT_MODELS.length) / 8));
    for (const id of [...CHAT_MODELS, 'google/imagen-4', 'openai/whisper-1'])
      expect(listed).toContain(`"${id}"`);
  });

  it('reads credits', async () => {
    expect(await client.credits.getCredits()).toEqual({ data: { totalCredits: 5, totalUsage: 1.5 } });
  });

  it('tells errors as its own', async () => {
    const unknown = client.chat.send({
      chatRequest: { model: 'acme/none', stream: false, messages: messages('x') },
    });
    await expect(unknown).rejects.toMatchObject({ name: 'NotFoundResponseError', statusCode: 404 });
    const invalid = client.chat.send({ chatRequest: { model: CHAT_MODELS[0], stream: false, messages: [] } });
    await expect(invalid).rejects.toThrow();
    const stranger = new OpenRouter({
      apiKey: 'sk-tl-unknown',
      serverURL: `${gateway.url}/api/v1`,
      retryConfig: { strategy: 'none' },
    });
    await expect(
      stranger.chat.send({ chatRequest: { model: CHAT_MODELS[0], stream: false, messages: messages('x') } }),
    ).rejects.toMatchObject({ name: 'UnauthorizedResponseError' });
  });

  it('leaves when it is aborted', async () => {
    const leave = new AbortController();
    gateway.simulator.control.setFault({ fault: 'no_answer' });
    const left = client.chat.send(
      { chatRequest: { model: CHAT_MODELS[0], stream: false, messages: messages('x') } },
      { fetchOptions: { signal: leave.signal } },
    );
    await eventually(() =>
      expect(gateway.simulator.control.calls().calls.at(-1)).toMatchObject({ outcome: 'running' }),
    );
    leave.abort();
    await expect(left).rejects.toThrow();
    gateway.simulator.control.clearFaults();
  });
});
