import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, send } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const GPT = 'openai/gpt-4o-mini';
const DEEPSEEK = 'deepseek/deepseek-r1';

type Event = Record<string, unknown> & { type: string };

/** The events of a stream; every frame must be named as its data says. */
function read(sent: string): Event[] {
  return sent
    .split('\n\n')
    .filter((frame) => frame.trim() !== '')
    .map((frame) => {
      const [name, data = ''] = frame.split('\n');
      const event = JSON.parse(data.slice('data: '.length)) as Event;
      expect(name).toBe(`event: ${event.type}`);
      return event;
    });
}

describe('POST /v1/messages, 200', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ providers: ['openai', 'anthropic', 'deepinfra', 'together'] });
    gateway.simulator.control.setRecording(true);
  });
  afterEach(() => gateway.simulator.control.clearFaults());
  afterAll(() => gateway.stop());

  const messages = (model: string, text: string, more: Record<string, unknown> = {}) => ({
    path: '/v1/messages',
    body: { model, max_tokens: 500, messages: [{ role: 'user', content: text }], ...more },
  });
  const lastSent = () => {
    const { control } = gateway.simulator;
    return control.request(control.calls().latest);
  };

  it.each([CLAUDE, GPT])("answers in Anthropic's shape with ours beside it (%s)", async (model) => {
    const answer = await ask(gateway, messages(model, '[[sim text="Hello there"]]'));
    const provider = model.slice(0, model.indexOf('/'));
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Hello there' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: {
        input_tokens: expect.any(Number),
        output_tokens: 2,
        cache_read_input_tokens: 0,
        cache_creation_input_tokens: 0,
        cost: expect.any(Number),
      },
      provider,
      trunkline: { attempts: [{ provider, model, outcome: 'success' }], dropped: [] },
    });
    expect(answer.headers.get('request-id')).toBe(answer.headers.get('x-request-id'));
    expect(answer.headers.get('x-trunkline-provider')).toBe(provider);
  });

  it('goes another way of the same provider where the first cannot say it: a file by its address', async () => {
    const text = { type: 'text', text: '[[sim text="Read"]]' };
    const source = { type: 'url', url: 'https://example.com/a.pdf' };
    for (const [content, path] of [
      [[text], '/v1/chat/completions'],
      [[text, { type: 'document', source }], '/v1/responses'],
    ]) {
      const said = [{ role: 'user', content }];
      const answer = await ask(gateway, {
        path: '/v1/messages',
        body: { model: GPT, max_tokens: 500, messages: said },
      });
      expect([answer.status, answer.json['content']]).toEqual([200, [{ type: 'text', text: 'Read' }]]);
      expect(lastSent()?.path).toContain(path);
    }
    expect(lastSent()?.body).toContain('"file_url":"https://example.com/a.pdf"');
  });

  it('tells what a target did not get where the client put it', async () => {
    const answer = await ask(gateway, {
      ...messages(GPT, ''),
      body: {
        ...messages(GPT, '').body,
        messages: [
          { role: 'user', content: '[[sim text="Well"]]' },
          { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'f', input: {} }] },
          {
            role: 'user',
            content: [{ type: 'tool_result', tool_use_id: 'a', content: 'x', is_error: true }],
          },
        ],
        tools: [{ name: 'f', input_schema: { type: 'object' }, cache_control: { type: 'ephemeral' } }],
      },
    });
    expect(answer.json).toMatchObject({
      trunkline: { dropped: ['messages.2.content.0.is_error', 'cache_control'] },
    });
  });

  it('is the same under /api/v1, with x-api-key, and needs no version', async () => {
    const answer = await ask(gateway, {
      ...messages(GPT, '[[sim text="Hello"]]'),
      path: '/api/v1/messages',
      key: null,
      headers: { 'x-api-key': gateway.tenant.key },
    });
    expect([answer.status, answer.json['type']]).toEqual([200, 'message']);
  });

  it('leaves a record of this endpoint and dialect', async () => {
    const body = { metadata: { user_id: 'u-1' } };
    const answer = await ask(gateway, messages(GPT, '[[sim tokens=25]]', body));
    expect(await gateway.records.of(answer.headers.get('x-request-id'))).toMatchObject({
      endpoint: 'messages',
      dialect: 'anthropic',
      endUser: 'u-1',
      completionTokens: 25,
      providerResponseId: answer.json['id'],
    });
  });

  it('streams in the order of Anthropic, usage and cost in message_delta', async () => {
    const answer = await ask(gateway, messages(GPT, '[[sim text="one two"]]', { stream: true }));
    const events = read(answer.text);
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    expect(events.map(({ type }) => type).filter((type) => type !== 'content_block_delta')).toEqual([
      'message_start',
      'content_block_start',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(events.at(-2)).toMatchObject({
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 2, cost: expect.any(Number) },
      provider: 'openai',
      trunkline: { route: { provider: 'openai' } },
    });
  });

  it('counts what was read from and written to a cache apart from the rest', async () => {
    const long = 'Many words make a long prompt. '.repeat(400);
    const body = {
      system: [{ type: 'text', text: long, cache_control: { type: 'ephemeral' } }],
    };
    const first = await ask(gateway, messages(CLAUDE, '[[sim text="a"]]', body));
    const second = await ask(gateway, messages(CLAUDE, '[[sim text="a"]]', body));
    const usage = (answer: typeof first) => answer.json['usage'] as Record<string, number>;
    expect(usage(first)['cache_creation_input_tokens']).toBeGreaterThan(1_024);
    expect(usage(second)['cache_read_input_tokens']).toBe(usage(first)['cache_creation_input_tokens']);
    expect(usage(second)['input_tokens']).toBeLessThan(100);
  });

  it('sends a request for Messages on as it was written, betas that are declared among it', async () => {
    const body = {
      system: [{ type: 'text', text: 's', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      stop_sequences: ['END'],
      service_tier: 'standard_only',
      context_management: { edits: [] },
      metadata: { user_id: 'u' },
    };
    const answer = await ask(gateway, {
      ...messages(CLAUDE, '[[sim text="a"]]', { ...body, trunkline: { rescue: true } }),
      headers: { 'anthropic-beta': 'context-management-2025-06-27,fast-mode-2026-02-01' },
    });
    const sent = lastSent();
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      ...messages(CLAUDE, '[[sim text="a"]]', body).body,
      model: expect.stringContaining('claude-sonnet-4-5'),
    });
    expect(sent?.headers).toMatchObject({
      'anthropic-beta': 'context-management-2025-06-27',
      'anthropic-version': '2023-06-01',
    });
    expect(answer.json).toMatchObject({
      trunkline: { dropped: ['anthropic-beta: fast-mode-2026-02-01'] },
    });
  });

  it('names the sequence at which it stopped', async () => {
    const answer = await ask(
      gateway,
      messages(CLAUDE, '[[sim text="one two END three"]]', { stop_sequences: ['STOP', 'END'] }),
    );
    expect(answer.json).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: 'END' });
  });

  it('shows the reasoning of a model of another maker as thinking', async () => {
    const answer = await ask(
      gateway,
      messages(DEEPSEEK, '[[sim reasoning=8 text="42"]]', {
        thinking: { type: 'enabled', budget_tokens: 1_024 },
        max_tokens: 2_000,
      }),
    );
    expect(answer.json).toMatchObject({
      content: [
        { type: 'thinking', thinking: expect.any(String), signature: expect.any(String) },
        { type: 'text', text: '42' },
      ],
    });
  });

  it('says what another maker’s model did not get', async () => {
    const answer = await ask(
      gateway,
      messages(GPT, '[[sim text="a"]]', { context_management: { edits: [] }, service_tier: 'standard_only' }),
    );
    expect(answer.json).toMatchObject({
      trunkline: { dropped: ['context_management', 'service_tier'] },
    });
  });

  it('falls over to a target of another protocol, and the client notices nothing', async () => {
    gateway.simulator.control.setFault({ provider: 'anthropic', fault: 'status:529' });
    const answer = await ask(
      gateway,
      messages(CLAUDE, '[[sim text="Hello there"]]', { models: [GPT], stream: true }),
    );
    const events = read(answer.text);
    expect(events.filter(({ type }) => type === 'message_start')).toHaveLength(1);
    expect(events.at(-2)).toMatchObject({
      provider: 'openai',
      trunkline: { attempts: [{ outcome: 'overloaded' }, { outcome: 'success' }] },
    });
    await gateway.closeBreakers();
  });

  it('goes on with a target of another protocol after a cut, in one message', async () => {
    const text = 'The quick brown fox jumps over the lazy dog and runs on through the wide green field';
    gateway.simulator.control.setFault({ provider: 'anthropic', fault: 'cut', options: { at: 9 } });
    const answer = await ask(
      gateway,
      messages(CLAUDE, `[[sim text="${text}"]]`, { models: [GPT], stream: true }),
    );
    const events = read(answer.text);
    const said = events.map(({ delta }) => (delta as { text?: string } | undefined)?.text ?? '').join('');
    expect(events.filter(({ type }) => type === 'message_start')).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'content_block_start')).toHaveLength(1);
    expect(events.at(-1)).toEqual({ type: 'message_stop' });
    expect(events.at(-2)).toMatchObject({
      trunkline: { rescued: true, attempts: [{ provider: 'anthropic' }, { provider: 'openai' }] },
    });
    expect(said.startsWith('The quick brown')).toBe(true);
    await gateway.closeBreakers();
  });

  it('cancels the upstream when its client leaves', async () => {
    const leaving = new AbortController();
    const response = await send(
      gateway,
      messages(GPT, '[[sim tokens=400 gap=20]]', { stream: true }),
      leaving.signal,
    );
    await response.body?.getReader().read();
    leaving.abort();
    const record = await gateway.records.of(response.headers.get('x-request-id'));
    expect(record).toMatchObject({ billingReason: 'client_left_after_commit', endpoint: 'messages' });
  });
});
