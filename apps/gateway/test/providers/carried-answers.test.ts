import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { generateText, streamText } from 'ai';
import OpenAI from 'openai';
import { converse, DIALECTS } from '../failover/dialects.js';
import { WIRES } from '../failover/wires.js';
import { respond, respondStreamed } from '../http/responses/support.js';
import { readStream } from '../streaming/support.js';
import { ask } from '../support/ask.js';
import { startRawUpstream, type RawUpstream } from '../support/raw-upstream.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const DATA_URL = `data:image/png;base64,${PNG}`;
const PROTOCOLS = ['gemini', 'openai', 'openai-responses', 'cohere', 'anthropic'];
const QUESTION = [{ role: 'user', content: 'Draw a cat' }];

const usageMetadata = { promptTokenCount: 7, candidatesTokenCount: 9, totalTokenCount: 16 };
const gemini = (parts: unknown[], more: object = {}) => ({
  candidates: [{ index: 0, content: { role: 'model', parts }, finishReason: 'STOP', ...more }],
  ...{ usageMetadata, modelVersion: 'gemini-2.5-flash', responseId: 'r1' },
});
const drawn = gemini([
  { text: 'Here:', thoughtSignature: 'c2lnLXRleHQ=' },
  { inlineData: { mimeType: 'image/png', data: PNG }, thoughtSignature: 'c2lnLWltYWdl' },
]);

const response = (output: unknown[]) => ({
  ...{ id: 'resp_1', object: 'response', created_at: 1_700_000_000, status: 'completed', model: 'm', output },
  ...{
    error: null,
    incomplete_details: null,
    usage: { input_tokens: 7, output_tokens: 9, total_tokens: 16 },
  },
});

/** Items whole, as servers tell them that send no pieces. */
function responseEvents(output: readonly object[]): { type: string }[] {
  return [
    { type: 'response.created', response: { ...response([]), status: 'in_progress' } },
    ...output.flatMap((item, at) => [
      { type: 'response.output_item.added', output_index: at, item: { ...item, status: 'in_progress' } },
      { type: 'response.something_new', output_index: at, item_id: 'x' },
      { type: 'response.output_item.done', output_index: at, item },
    ]),
    { type: 'response.completed', response: response([...output]) },
  ].map((event, i) => ({ ...event, sequence_number: i }));
}

const messageItem = (text: string, annotations: unknown[] = []) => ({
  ...{ id: 'msg_1', type: 'message', role: 'assistant', status: 'completed' },
  content: [{ type: 'output_text', text, annotations, logprobs: [] }],
});
const imageItem = { id: 'ig_1', type: 'image_generation_call', status: 'completed', result: PNG };

const named = (events: readonly { type: string }[]): string =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
const data = (...values: unknown[]): string =>
  values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('');

describe('what a provider sends', () => {
  let gateway: TestGateway;
  let raw: RawUpstream;
  let sent: string[] = [];

  /** What the upstream says next, however often it is asked. */
  function upstreamSays(body: string, type = 'application/json'): void {
    sent = [];
    raw.answerWith(({ socket, body: request }) => {
      sent.push(request);
      const head = `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}`;
      socket.write(`${head}\r\n\r\n${body}`);
    });
  }
  const upstreamStreams = (body: string): void => upstreamSays(body, 'text/event-stream');
  const lastSent = (): Record<string, unknown> => JSON.parse(sent.at(-1) ?? '{}') as Record<string, unknown>;

  async function asked(path: string, body: Record<string, unknown>): Promise<Record<string, unknown>> {
    const answer = await ask(gateway, { path, body });
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
    return answer.json;
  }
  const chat = (body: Record<string, unknown>) => asked('/v1/chat/completions', body);
  const message = (body: Record<string, unknown>) => asked('/v1/messages', { max_tokens: 100, ...body });
  const droppedOf = (answer: object): unknown =>
    (answer as { trunkline?: { dropped: unknown } }).trunkline?.dropped;

  beforeAll(async () => {
    raw = await startRawUpstream();
    gateway = await startGateway({ models: ['openai/gpt-4o-mini'], providers: ['openai'] });
    for (const { protocol, basePath, credential } of WIRES) {
      if (!PROTOCOLS.includes(protocol)) continue;
      const providerId = `raw-${protocol}`;
      await gateway.priceUnlisted(providerId);
      const baseUrl = `http://127.0.0.1:${raw.port}${basePath}`;
      await gateway.addEntry({
        ...{ providerId, protocol, baseUrl, unlistedModels: true, credentials: [credential] },
        region: 'us-east-1',
      });
      const wire = WIRES.find((one) => one.protocol === protocol);
      upstreamSays(wire?.plain('up') ?? '');
      await eventually(async () => {
        expect(
          (await ask(gateway, { body: { model: `raw-${protocol}/x`, messages: QUESTION } })).status,
        ).toBe(200);
      });
    }
  });
  afterAll(async () => {
    await gateway.stop();
    await raw.close();
  });

  describe('a picture that the model drew', () => {
    const item = { type: 'image_generation_call', status: 'completed', result: PNG, output_format: 'png' };

    it.each([false, true])("is an item as OpenAI's own tool makes them (stream: %s)", async (stream) => {
      const body = { model: 'raw-gemini/gemini-2.5-flash-image', input: 'Draw a cat' };
      if (stream) upstreamStreams(data(drawn));
      else upstreamSays(JSON.stringify(drawn));
      const streamed = stream ? await respondStreamed(gateway, body) : null;
      const answer = streamed?.response ?? (await respond(gateway, body));
      expect(streamed?.problems ?? []).toEqual([]);
      expect(answer.output.filter(({ type }) => type !== 'reasoning')).toMatchObject([
        { type: 'message', content: [{ text: 'Here:' }] },
        { id: expect.stringMatching(/^ig_/), ...item },
      ]);
      expect(droppedOf(answer)).toEqual([]);
    });

    it("is there for OpenAI's own client, in its stream", async () => {
      upstreamStreams(data(drawn));
      const client = new OpenAI({ apiKey: gateway.tenant.key, baseURL: `${gateway.url}/v1` });
      const body = { model: 'raw-gemini/gemini-2.5-flash-image', input: 'Draw a cat' };
      const whole = await client.responses.stream(body).finalResponse();
      const picture = whole.output.find(({ type }) => type === 'image_generation_call');
      expect(picture).toMatchObject({ result: PNG, status: 'completed' });
    });

    it('comes back with the next turn, to its maker with its signatures, to others as they take it', async () => {
      upstreamSays(JSON.stringify(drawn));
      const { output } = await respond(gateway, {
        model: 'raw-gemini/gemini-3-pro-image',
        input: 'Draw a cat',
      });
      const input = [...QUESTION, ...output, { role: 'user', content: 'Bluer' }];

      await respond(gateway, { model: 'raw-gemini/gemini-3-pro-image', input });
      expect((lastSent()['contents'] as unknown[])[1]).toEqual({
        role: 'model',
        parts: [
          { text: 'Here:', thoughtSignature: 'c2lnLXRleHQ=' },
          { inlineData: { mimeType: 'image/png', data: PNG }, thoughtSignature: 'c2lnLWltYWdl' },
        ],
      });

      upstreamSays(WIRES.find(({ protocol }) => protocol === 'openai')?.plain('ok') ?? '');
      const elsewhere = await respond(gateway, { model: 'raw-openai/gpt-4o', input });
      expect(lastSent()['messages']).toEqual([
        QUESTION[0],
        { role: 'assistant', content: 'Here:' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Bluer' },
            { type: 'text', text: '[images of the assistant]' },
            { type: 'image_url', image_url: { url: DATA_URL } },
          ],
        },
      ]);
      expect(droppedOf(elsewhere)).toEqual(['reasoning_details']);

      // Its id names nothing at an upstream of this very dialect.
      upstreamSays(JSON.stringify(response([messageItem('ok')])));
      await respond(gateway, { model: 'raw-openai-responses/gpt-4o', input });
      expect(lastSent()['input']).toContainEqual({
        type: 'message',
        role: 'user',
        content: [{ type: 'input_image', image_url: DATA_URL, detail: 'auto' }],
      });
      expect(sent.at(-1)).not.toContain('image_generation_call');
    });

    it.each([false, true])("reaches chat from OpenAI's own tool (stream: %s)", async (stream) => {
      const body = { model: 'raw-openai-responses/gpt-4o', messages: QUESTION };
      const images = [{ type: 'image_url', image_url: { url: DATA_URL } }];
      if (stream) {
        upstreamStreams(named(responseEvents([imageItem, messageItem('There.')])));
        const { frames, text } = await readStream(gateway, { body: { ...body, stream: true } });
        expect(text).toBe('There.');
        expect(frames.flatMap(({ choices }) => choices ?? [])).toContainEqual(
          expect.objectContaining({ delta: { images } }),
        );
        expect(droppedOf(frames.at(-1) ?? {})).toEqual([]);
        return;
      }
      upstreamSays(JSON.stringify(response([imageItem, messageItem('There.')])));
      const answer = await chat(body);
      expect(answer).toMatchObject({ choices: [{ message: { content: 'There.', images } }] });
      expect(droppedOf(answer)).toEqual([]);
    });

    it.each([false, true])('is told to be missing where none can be said (stream: %s)', async (stream) => {
      if (stream) upstreamStreams(data(drawn));
      else upstreamSays(JSON.stringify(drawn));
      const body = { model: 'raw-gemini/gemini-2.5-flash-image', messages: QUESTION, stream };
      const answer = await ask(gateway, { path: '/v1/messages', body: { ...body, max_tokens: 100 } });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('"dropped":["answer.images"]');
      expect(answer.text).not.toContain(PNG);
      const record = await gateway.records.of(answer.headers.get('x-request-id'));
      expect(record.dropped).toEqual(['answer.images']);
    });
  });

  describe('log probabilities', () => {
    const candidate = (token: string, logProbability: number) => ({ token, tokenId: 1, logProbability });
    const logprobsResult = {
      chosenCandidates: [candidate('Hi', -0.5)],
      topCandidates: [{ candidates: [candidate('Hi', -0.5), candidate('Ho', -1.5)] }],
    };
    const token = {
      ...{ token: 'Hi', logprob: -0.5, bytes: [72, 105] },
      top_logprobs: [
        { token: 'Hi', logprob: -0.5, bytes: [72, 105] },
        { token: 'Ho', logprob: -1.5, bytes: [72, 111] },
      ],
    };

    it('are asked of Gemini and told in chat, completions and Responses', async () => {
      const model = 'raw-gemini/gemini-2.5-flash';
      upstreamSays(JSON.stringify(gemini([{ text: 'Hi' }], { logprobsResult })));
      const answer = await chat({ model, messages: QUESTION, logprobs: true, top_logprobs: 2 });
      expect(lastSent()['generationConfig']).toMatchObject({ responseLogprobs: true, logprobs: 2 });
      expect(answer).toMatchObject({ choices: [{ logprobs: { content: [token] } }] });
      const older = await asked('/v1/completions', { model, prompt: 'Hi', logprobs: 2 });
      expect(older).toMatchObject({
        choices: [{ logprobs: { tokens: ['Hi'], top_logprobs: [{ Hi: -0.5, Ho: -1.5 }] } }],
      });
      const { output } = await respond(gateway, { model, input: 'Hi', top_logprobs: 2 });
      expect(output[0]?.content).toMatchObject([{ text: 'Hi', logprobs: [token] }]);
    });

    it('stand in streams of both', async () => {
      const model = 'raw-gemini/gemini-2.5-flash';
      upstreamStreams(data(gemini([{ text: 'Hi' }], { logprobsResult })));
      const wish = { model, messages: QUESTION, logprobs: true, top_logprobs: 2, stream: true };
      const { frames } = await readStream(gateway, { body: wish });
      expect(frames.flatMap(({ choices }) => choices ?? [])).toContainEqual(
        expect.objectContaining({ logprobs: { content: [token], refusal: null } }),
      );
      const streamed = await respondStreamed(gateway, { model, input: 'Hi', top_logprobs: 2 });
      expect(streamed.problems).toEqual([]);
      expect(streamed.response.output[0]?.content).toMatchObject([{ logprobs: [token] }]);
    });

    it('are told to be missing in Messages', async () => {
      upstreamSays(JSON.stringify(gemini([{ text: 'Hi' }], { logprobsResult })));
      const answer = await message({ model: 'raw-gemini/gemini-2.5-flash', messages: QUESTION });
      expect(droppedOf(answer)).toEqual(['answer.logprobs']);
    });
  });

  describe("a citation of the client's own document", () => {
    const source = { type: 'document', id: 'doc:0', document: { title: 'Birds', snippet: 'Penguins swim.' } };
    const citation = { start: 0, end: 8, text: 'Penguins', sources: [source], type: 'TEXT_CONTENT' };
    const whole = JSON.stringify({
      id: 'c1',
      message: {
        role: 'assistant',
        content: [{ type: 'text', text: 'Penguins swim.' }],
        citations: [citation],
      },
      finish_reason: 'COMPLETE',
      usage: { tokens: { input_tokens: 7, output_tokens: 9 } },
    });
    const model = 'raw-cohere/command-a';

    it('stands beside the annotations in chat, which are for pages alone', async () => {
      upstreamSays(whole);
      const answer = await chat({ model, messages: QUESTION });
      const [choice] = answer['choices'] as { message: Record<string, unknown> }[];
      expect(choice?.message).not.toHaveProperty('annotations');
      expect(choice?.message['citations']).toMatchObject([
        { type: 'source_citation', source_id: 'doc:0', title: 'Birds', cited_text: 'Penguins swim.' },
      ]);
      expect(droppedOf(answer)).toEqual([]);
    });

    it('is a search result in Messages and a file in Responses', async () => {
      upstreamSays(whole);
      expect(await message({ model, messages: QUESTION })).toMatchObject({
        content: [
          {
            text: 'Penguins swim.',
            citations: [
              {
                ...{ type: 'search_result_location', source: 'doc:0', title: 'Birds' },
                ...{ cited_text: 'Penguins swim.', search_result_index: 0 },
              },
            ],
          },
        ],
      });
      const { output } = await respond(gateway, { model, input: 'x' });
      expect(output[0]?.content?.[0]?.annotations).toMatchObject([
        { type: 'file_citation', file_id: 'doc:0', filename: 'Birds', index: 8 },
      ]);
    });

    it('of Claude keeps its place in the document, in its own dialect and in others', async () => {
      const cited = {
        ...{ type: 'char_location', cited_text: 'swim', document_index: 0, document_title: 'Birds' },
        ...{ start_char_index: 9, end_char_index: 13, file_id: null },
      };
      const body = JSON.parse(
        WIRES.find(({ protocol }) => protocol === 'anthropic')?.plain('So.') ?? '',
      ) as object;
      upstreamSays(JSON.stringify({ ...body, content: [{ type: 'text', text: 'So.', citations: [cited] }] }));
      const own = await message({ model: 'raw-anthropic/claude-sonnet-4-5', messages: QUESTION });
      expect(own).toMatchObject({ content: [{ citations: [cited] }] });
      expect(await chat({ model: 'raw-anthropic/claude-sonnet-4-5', messages: QUESTION })).toMatchObject({
        choices: [
          {
            message: {
              citations: [
                {
                  ...{ type: 'source_citation', cited_text: 'swim', title: 'Birds', source_index: 0 },
                  location: { unit: 'character', start: 9, end: 13 },
                },
              ],
            },
          },
        ],
      });
    });
  });

  describe('a page that is cited', () => {
    const cited = {
      ...{ type: 'web_search_result_location', url: 'https://e.com', title: 'E', cited_text: 'x' },
      encrypted_index: 'y',
    };
    const wire = WIRES.find(({ protocol }) => protocol === 'anthropic');

    function claudeCites(stream: boolean): void {
      if (!stream) {
        const body = JSON.parse(wire?.plain('So.') ?? '') as object;
        upstreamSays(
          JSON.stringify({ ...body, content: [{ type: 'text', text: 'So.', citations: [cited] }] }),
        );
        return;
      }
      const frames = wire?.frames(['So.']).map(String) ?? [];
      const delta = { type: 'citations_delta', citation: cited };
      const citation = { type: 'content_block_delta', index: 0, delta };
      upstreamStreams([...frames.slice(0, 3), named([citation]), ...frames.slice(3)].join(''));
    }

    it.each([false, true])(
      'has title and place, without which clients refuse it (stream: %s)',
      async (stream) => {
        const body = { model: 'raw-anthropic/claude-sonnet-4-5', messages: QUESTION, stream };
        const annotation = {
          type: 'url_citation',
          url_citation: { url: 'https://e.com', title: 'E', start_index: 0, end_index: 3, content: 'x' },
        };
        claudeCites(stream);
        if (stream) {
          const { frames } = await readStream(gateway, { body });
          expect(frames.flatMap(({ choices }) => choices ?? [])).toContainEqual(
            expect.objectContaining({ delta: { annotations: [annotation] } }),
          );
        } else
          expect(await chat(body)).toMatchObject({ choices: [{ message: { annotations: [annotation] } }] });
      },
    );

    it.each([false, true])(
      'is a source to Vercel’s packages in every dialect (stream: %s)',
      async (stream) => {
        const settings = { apiKey: gateway.tenant.key, baseURL: `${gateway.url}/v1` };
        const openai = createOpenAI(settings);
        const name = 'raw-anthropic/claude-sonnet-4-5';
        for (const model of [openai.chat(name), openai.responses(name), createAnthropic(settings)(name)]) {
          claudeCites(stream);
          const asked = { model, prompt: 'x', maxRetries: 0 };
          const { text, sources } = stream ? streamText(asked) : await generateText(asked);
          expect([await text, await sources]).toMatchObject(['So.', [{ url: 'https://e.com', title: 'E' }]]);
        }
      },
    );

    it.each([false, true])('that a file is, and a picture, do not trip them (stream: %s)', async (stream) => {
      const openai = createOpenAI({ apiKey: gateway.tenant.key, baseURL: `${gateway.url}/v1` });
      if (stream) upstreamStreams(data(drawn));
      else upstreamSays(JSON.stringify(drawn));
      const asked = {
        model: openai.responses('raw-gemini/gemini-2.5-flash-image'),
        prompt: 'x',
        maxRetries: 0,
      };
      const pictured = stream ? streamText(asked) : await generateText(asked);
      expect(await pictured.text).toBe('Here:');
      if (stream) return;
      const source = {
        type: 'document',
        id: 'doc:0',
        document: { title: 'Birds', snippet: 'Penguins swim.' },
      };
      const citations = [{ start: 0, end: 8, text: 'Penguins', sources: [source] }];
      const content = [{ type: 'text', text: 'Penguins swim.' }];
      upstreamSays(
        JSON.stringify({
          id: 'c1',
          message: { role: 'assistant', content, citations },
          finish_reason: 'COMPLETE',
        }),
      );
      const model = openai.responses('raw-cohere/command-a');
      const { sources } = await generateText({ model, prompt: 'x', maxRetries: 0 });
      expect(sources).toMatchObject([{ title: 'Birds', filename: 'Birds' }]);
    });
  });

  it.each([false, true])(
    'of an answer that it stopped is no text of the answer (stream: %s)',
    async (stream) => {
      const stopped = gemini([], { finishReason: 'SAFETY', finishMessage: 'It was not safe.' });
      if (stream) upstreamStreams(data(stopped));
      else upstreamSays(JSON.stringify(stopped));
      for (const dialect of DIALECTS) {
        const more = { model: 'raw-gemini/gemini-2.5-flash', tools: undefined };
        const reading = await converse(gateway, dialect, { prompt: 'x', stream, more });
        const { name } = dialect;
        expect({ name, ...reading }).toMatchObject({
          name,
          status: 200,
          text: '',
          error: null,
        });
      }
      if (stream) return;
      const messages = await message({ model: 'raw-gemini/gemini-2.5-flash', messages: QUESTION });
      expect(messages).toMatchObject({
        content: [],
        stop_reason: 'refusal',
        stop_details: { explanation: 'It was not safe.' },
      });
      expect(await chat({ model: 'raw-gemini/gemini-2.5-flash', messages: QUESTION })).toMatchObject({
        choices: [{ finish_reason: 'content_filter', message: { content: '', refusal: 'It was not safe.' } }],
      });
    },
  );

  describe('tools that it ran itself', () => {
    const code = {
      ...{ id: 'ci_1', type: 'code_interpreter_call', status: 'completed', container_id: 'cntr_1' },
      ...{ code: '1+1', outputs: [{ type: 'logs', logs: '2' }] },
    };
    const output = [code, { id: 'x_1', type: 'brand_new_call', what: 'ever' }, messageItem('Two.')];

    it.each([false, true])(
      'are whole in their own dialect, also those that nobody knows (stream: %s)',
      async (stream) => {
        const body = {
          model: 'raw-openai-responses/gpt-4o',
          input: 'x',
          tools: [{ type: 'code_interpreter' }],
        };
        if (stream) upstreamStreams(named(responseEvents(output)));
        else upstreamSays(JSON.stringify(response(output)));
        const answer = stream
          ? (await respondStreamed(gateway, body)).response
          : await respond(gateway, body);
        expect(answer.output).toEqual(output);
        expect(droppedOf(answer)).toEqual([]);
      },
    );

    it.each([false, true])('are told to be missing in others, and paid for (stream: %s)', async (stream) => {
      if (stream) upstreamStreams(named(responseEvents(output)));
      else upstreamSays(JSON.stringify(response(output)));
      for (const dialect of DIALECTS.filter(({ name }) => name !== 'responses')) {
        const more = { model: 'raw-openai-responses/gpt-4o', tools: undefined };
        const reading = await converse(gateway, dialect, { prompt: 'x', stream, more });
        expect({ dialect: dialect.name, ...reading }).toMatchObject({ text: 'Two.', isWhole: true });
        const record = await gateway.records.of(reading.requestId);
        expect(record.dropped).toEqual(['answer.server_tools']);
        expect(record.lines.find(({ bucket }) => bucket === 'code_sessions')?.units).toBe(1);
      }
    });

    it('of Claude pass whole with blocks and pieces that nobody knows, and are named elsewhere', async () => {
      const wire = WIRES.find(({ protocol }) => protocol === 'anthropic');
      const body = JSON.parse(wire?.plain('So.') ?? '') as object;
      const content = [
        { type: 'server_tool_use', id: 's1', name: 'web_fetch', input: { url: 'https://e.com' } },
        { type: 'web_fetch_tool_result', tool_use_id: 's1', content: { type: 'web_fetch_result' } },
        { type: 'brand_new', what: 'ever' },
        { type: 'text', text: 'So.' },
      ];
      upstreamSays(JSON.stringify({ ...body, content, container: { id: 'c', expires_at: 'x' } }));
      const own = await message({ model: 'raw-anthropic/claude-sonnet-4-5', messages: QUESTION });
      expect([own['content'], droppedOf(own)]).toEqual([content, []]);
      const elsewhere = await chat({ model: 'raw-anthropic/claude-sonnet-4-5', messages: QUESTION });
      expect(elsewhere).toMatchObject({ choices: [{ message: { content: 'So.' } }] });
      expect(droppedOf(elsewhere)).toEqual(['answer.server_tools', 'answer.container']);

      const frames = wire?.frames(['So.']).map(String) ?? [];
      const strange = named([
        { type: 'content_block_start', index: 1, content_block: { type: 'brand_new' } } as { type: string },
        { type: 'content_block_delta', index: 1, delta: { type: 'brand_new_delta', what: 'ever' } } as {
          type: string;
        },
        { type: 'content_block_stop', index: 1 } as { type: string },
        { type: 'brand_new_event' },
      ]);
      upstreamStreams([...frames.slice(0, -2), strange, ...frames.slice(-2)].join(''));
      const request = { model: 'raw-anthropic/claude-sonnet-4-5', messages: QUESTION, stream: true };
      const passed = await ask(gateway, { path: '/v1/messages', body: { ...request, max_tokens: 100 } });
      expect(passed.text).toContain(strange);
      const told = await readStream(gateway, { body: request });
      expect([told.text, told.isDone, droppedOf(told.frames.at(-1) ?? {})]).toEqual([
        'So.',
        true,
        ['answer.server_tools'],
      ]);
    });
  });
});
