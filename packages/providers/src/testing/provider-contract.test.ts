import { describe, expect, it } from '@jest/globals';
import {
  completionTokens,
  promptTokens,
  type ChatRequest,
  type ReasoningDetail,
  type Usage,
} from '@trunkline/contracts';
import fc from 'fast-check';
import { textOf } from '../loose-json.js';
import { allAdapters, adapterOfProtocol } from '../registry.js';
import type { ChatAdapter, ChatCall, FailedResponse, ProviderAdapter } from '../types.js';
import { lackingParameters } from '../uncallable-tools.js';
import { answerSchema } from './answer-schema.js';
import { framesOf, playDecoder, playPassthrough, type PlayedStream } from './play-stream.js';
import { readFixture, type ExpectedAnswer, type ProviderFixture } from './provider-fixture.js';
import { cutAt } from './split-bytes.js';
import { framedValue, spoiltBytes, streamBytes } from './stream-bytes.js';
import { ENDING, WAYS_TO_CHAT } from './ways-to-chat.js';

/** What every provider must keep. It runs over the registry: a new line there brings its tests with it. */

const hello: ChatRequest = { model: 'a/b', messages: [{ role: 'user', content: 'Hi' }] };

function callOf(request: ChatRequest, model: string, stream = false): ChatCall {
  return { request, model, stream, outputTokenLimit: null, maxOutputTokens: 64_000 };
}

function bodyOf(
  chat: ChatAdapter,
  call: ChatCall,
): { body: Record<string, unknown>; dropped: readonly string[] } {
  const built = chat.buildRequest(call);
  if (built.kind === 'refused') throw new Error(`refused: ${built.failure.message}`);
  const { path, body, dropped } = built.request;
  return { body: { ...saidByPath(path), ...(JSON.parse(body) as Record<string, unknown>) }, dropped };
}

/** Gemini's and Bedrock's paths say what others say in the body. */
function saidByPath(path: string): Record<string, unknown> {
  const [, model, verb] = /\/models?\/([^/:]+)[:/]([\w-]+)/.exec(path) ?? [];
  if (model === undefined) return {};
  return { model: decodeURIComponent(model), stream: /stream/i.test(verb ?? '') };
}

function deepFreeze<Value>(value: Value): Value {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) deepFreeze(child);
  }
  return value;
}

function expectPlayed(played: PlayedStream, expected: ExpectedAnswer): void {
  const { text, reasoning, calls, finishReason, usage, failure } = played;
  expect({ text, reasoning, calls, finishReason, usage, failure }).toEqual({
    text: expected.text,
    reasoning: expected.reasoning,
    calls: expected.calls,
    finishReason: expected.finishReason,
    usage: expected.usage,
    failure: null,
  });
  if (expected.nativeFinishReason) expect(played.nativeFinishReason).toBe(expected.nativeFinishReason);
}

function expectWhole(usage: Usage): void {
  for (const units of Object.values(usage)) expect(Number.isSafeInteger(units) && units > 0).toBe(true);
}

/** Ways to play a stream that this provider has. */
function playersOf(chat: ChatAdapter) {
  return chat.passthroughReader ? [playDecoder, playPassthrough] : [playDecoder];
}

function responseOf(
  failure: Pick<ProviderFixture['failures'][number], 'status' | 'headers' | 'body'>,
): FailedResponse {
  return {
    statusCode: failure.status,
    headers: failure.headers,
    body: failure.body,
    receivedMs: 1_750_000_000_000,
  };
}

const providers = allAdapters().map((adapter): [string, ProviderAdapter] => [adapter.id, adapter]);

/** Who reads marks at which a prompt is to be cached. Elsewhere it is cached by itself, or not at all. */
const TAKES_MARKS: ReadonlySet<string> = new Set([
  ...['anthropic', 'azure-foundry.messages', 'bedrock', 'vertex.messages', 'alibaba', 'openrouter'],
]);

it('every provider of the registry has an id of its own and can be found by it', () => {
  expect(new Set(providers.map(([id]) => id)).size).toBe(providers.length);
  expect(adapterOfProtocol('openai')?.chat).toBeDefined();
  expect(adapterOfProtocol('constructor')).toBeUndefined();
});

describe.each(WAYS_TO_CHAT)('%s', (id, adapter, chat) => {
  const fixture = readFixture(id);
  const bytes = streamBytes(fixture.stream.frames, chat.framing);

  it('says where it is described and what its examples come from', () => {
    expect(adapter.docsUrl).toMatch(/^https:\/\//);
    expect(fixture.source).toMatch(/^https:\/\//);
    expect(adapter.baseUrl).toMatch(/^https?:\/\/[^/].*[^/]$/);
  });

  it('puts a request in its own words and says what it left out', () => {
    const { request } = fixture;
    const { body, dropped } = bodyOf(chat, callOf(request.input, request.model, request.stream));
    expect(body).toMatchObject({ model: request.model, ...request.expect });
    for (const field of request.absent) expect(body).not.toHaveProperty([field]);
    expect([...dropped].sort()).toEqual([...request.dropped].sort());
    // Another maker's state, members of messages and tools that may not be called are no parameters: a target without them
    // is no worse a target.
    const lacking = lackingParameters(request.dropped, request.input);
    const parameters = lacking.filter((field) => !/^(?:messages\[|reasoning_details$)/.test(field));
    expect([...chat.unsupported(request.input, request.model)].sort()).toEqual(parameters.sort());
  });

  it('lets a parameter that nobody knows pass, or says that it did not', () => {
    const request = { ...hello, brand_new: { a: 1 } };
    const { body, dropped } = bodyOf(chat, callOf(request, fixture.request.model));
    if (chat.protocol === 'openai-chat') expect(body).toMatchObject({ brand_new: { a: 1 } });
    else expect(dropped).toContain('brand_new');
  });

  it('never sends on what is meant for this gateway, nor what would store or reprice', () => {
    const request: ChatRequest = {
      ...hello,
      ...{
        models: ['x/y'],
        provider: { only: ['z'] },
        trunkline: { rescue: false },
        session_id: 's',
        transforms: [],
      },
      ...{ store: true, service_tier: 'priority', metadata: { team: 'a' } },
    };
    const { body, dropped } = bodyOf(chat, callOf(request, fixture.request.model));
    for (const field of ['models', 'provider', 'trunkline', 'session_id', 'transforms', 'service_tier']) {
      expect(body).not.toHaveProperty([field]);
    }
    expect(body['store'] ?? false).toBe(false);
    expect(JSON.stringify(body)).not.toContain('"team"');
    expect(dropped).toEqual(expect.arrayContaining(['store', 'service_tier']));
  });

  it('changes nothing that it is given', () => {
    const request = deepFreeze(structuredClone(fixture.request.input));
    expect(() => {
      chat.buildRequest(deepFreeze(callOf(request, fixture.request.model, true)));
      chat.unsupported(request, fixture.request.model);
      for (const failure of fixture.failures) chat.classifyFailure(deepFreeze(responseOf(failure)));
    }).not.toThrow();
    expect(request).toEqual(fixture.request.input);
  });

  it('asks for a stream, and for usage in it, only when one is wanted', () => {
    const plain = bodyOf(
      chat,
      callOf({ ...hello, stream: true, stream_options: {} }, fixture.request.model),
    ).body;
    expect(plain['stream'] ?? false).toBe(false);
    expect(plain).not.toHaveProperty('stream_options');
    const streamed = bodyOf(chat, callOf(hello, fixture.request.model, true)).body;
    expect(streamed['stream']).toBe(true);
    if (chat.protocol === 'openai-chat')
      expect(streamed).toMatchObject({ stream_options: { include_usage: true } });
  });

  it("sends a budget's token limit in place of the client's", () => {
    const request = { ...hello, max_tokens: 5000 };
    const { body } = bodyOf(chat, { ...callOf(request, fixture.request.model), outputTokenLimit: 77 });
    const { generationConfig = {}, inferenceConfig = {} } = body as Record<string, Record<string, unknown>>;
    const limits: Record<string, unknown> = { ...body, ...generationConfig, ...inferenceConfig };
    const fields = [
      'max_tokens',
      'max_completion_tokens',
      'max_output_tokens',
      'maxOutputTokens',
      'maxTokens',
    ];
    expect(fields.map((field) => limits[field]).find((limit) => limit !== undefined)).toBe(77);
  });

  it.each([
    ['messages[0].content[0].file.file_id', { content: [{ type: 'file', file: { file_id: 'file-1' } }] }],
    ['messages[0].audio.id', { content: 'x', audio: { id: 'audio_1' } }],
    [
      'messages[0].content[0].image_url.url',
      { content: [{ type: 'image_url', image_url: { url: 'ms://f-1' } }] },
    ],
  ])('refuses %s, the id of an object kept at a provider', (param, message) => {
    const request = { ...hello, messages: [{ role: 'user', ...message }] } as unknown as ChatRequest;
    const built = chat.buildRequest(callOf(request, fixture.request.model));
    expect(built.kind === 'refused' && built.failure).toMatchObject({ outcome: 'invalid_request', param });
  });

  it('keeps state of another maker to itself and says so, as it says of open reasoning that it leaves out', () => {
    const secrets = [
      { type: 'reasoning.text' as const, text: 'Hm', signature: 'c2lnbmVk', format: 'nobody-v1', index: 0 },
      { type: 'reasoning.encrypted' as const, data: 'c2VhbGVk', format: 'nobody-v1', index: 1 },
    ];
    const history = (reasoning_details: ReasoningDetail[]): ChatRequest => ({
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello', reasoning_details },
        { role: 'user', content: 'Again' },
      ],
    });
    const { body, dropped } = bodyOf(chat, callOf(history(secrets), fixture.request.model));
    expect(JSON.stringify(body)).not.toMatch(/c2lnbmVk|c2VhbGVk/);
    expect(dropped).toContain('reasoning_details');
    expect(chat.unsupported(history(secrets), fixture.request.model)).not.toContain('reasoning_details');
    const signedCall = {
      id: 'call_1',
      type: 'function' as const,
      function: { name: 'look', arguments: '{}' },
      extra_content: { nobody: { thought_signature: 'c2lnbmVk' } },
    };
    const called: ChatRequest = {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: null, tool_calls: [signedCall] },
        { role: 'tool', tool_call_id: 'call_1', content: 'seen' },
      ],
    };
    expect(JSON.stringify(bodyOf(chat, callOf(called, fixture.request.model)).body)).not.toContain(
      'c2lnbmVk',
    );
    const open = history([{ type: 'reasoning.text' as const, text: 'Thought of nobody', index: 0 }]);
    const told = bodyOf(chat, callOf(open, fixture.request.model));
    const isSent = JSON.stringify(told.body).includes('Thought of nobody');
    expect(told.dropped).toEqual(isSent ? [] : ['reasoning_details']);
  });

  it('passes cache marks to who reads them, and to nobody else', () => {
    const mark = { type: 'ephemeral' as const };
    const long = 'word '.repeat(5_000);
    const request: ChatRequest = {
      messages: [
        { role: 'system', content: [{ type: 'text', text: long, cache_control: mark }] },
        { role: 'user', content: 'Hi' },
      ],
    };
    const { body } = bodyOf(chat, callOf(request, fixture.request.model));
    const isMarked = /"cache_control"|"cachePoint"/.test(JSON.stringify(body));
    expect([id, isMarked]).toEqual([id, TAKES_MARKS.has(id)]);
  });

  it('reads a whole answer, without anything of the provider that must not pass', () => {
    const { body, expect: expected } = fixture.answer;
    const parsed = chat.parseAnswer(JSON.stringify(body));
    if (parsed.kind === 'failed') throw new Error(parsed.failure.message);
    // As it is printed.
    const answer: unknown = JSON.parse(JSON.stringify(parsed.answer));
    const message = answerSchema.parse(answer).choices[0]?.message;
    const details = message?.reasoning_details?.map(({ text }) => textOf(text)).join('') ?? '';
    expect({
      text: message?.content ?? '',
      reasoning: message?.reasoning_content || message?.reasoning || details,
      calls: (message?.tool_calls ?? []).map(({ function: call }) => ({
        name: call.name,
        arguments: call.arguments,
      })),
      finishReason: parsed.finishReason,
      usage: parsed.usage,
    }).toEqual({
      text: expected.text,
      reasoning: expected.reasoning,
      calls: expected.calls,
      finishReason: expected.finishReason,
      usage: expected.usage,
    });
    if (expected.nativeFinishReason) expect(parsed.nativeFinishReason).toBe(expected.nativeFinishReason);
    expectWhole(parsed.usage ?? {});
  });

  it('reads a stream', () => {
    for (const play of playersOf(chat)) expectPlayed(play(chat, [bytes]), fixture.stream.expect);
    const { usage } = playDecoder(chat, [bytes]);
    expect(promptTokens(usage ?? {}) + completionTokens(usage ?? {})).toBeGreaterThan(0);
    expectWhole(usage ?? {});
  });

  it('reads the same however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: bytes.length }), { maxLength: 30 }), (cuts) => {
        for (const play of playersOf(chat))
          expectPlayed(play(chat, cutAt(bytes, cuts)), fixture.stream.expect);
      }),
      { numRuns: 20 },
    );
    const single = cutAt(
      bytes,
      Array.from(bytes, (_, i) => i),
    );
    for (const play of playersOf(chat)) expectPlayed(play(chat, single), fixture.stream.expect);
  });

  it('never takes a cut stream for a whole one', () => {
    const lastFinish = bytes.lastIndexOf(ENDING[chat.protocol]);
    fc.assert(
      fc.property(fc.nat({ max: lastFinish }), (length) => {
        for (const play of playersOf(chat)) {
          const { failure } = play(chat, [Buffer.from(bytes.subarray(0, length))]);
          expect(['truncated', 'malformed']).toContain(failure?.outcome);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('takes garbage for a failure and never falls over it', () => {
    const broken = spoiltBytes(fixture.stream.frames, chat.framing);
    for (const play of playersOf(chat)) {
      expect(play(chat, [broken]).failure?.outcome).toBe('malformed');
      fc.assert(
        fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), (values) => {
          const frames = values.map((value) => framedValue(value, chat.framing));
          expect(play(chat, frames).failure).not.toBeNull();
        }),
        { numRuns: 30 },
      );
    }
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        expect(chat.parseAnswer(body).kind).toBe('failed');
      }),
      { numRuns: 30 },
    );
  });

  it('shares nothing between two answers', () => {
    const frames = framesOf([bytes], chat.framing);
    const first = chat.decoder({ choices: 1 });
    const second = chat.decoder({ choices: 1 });
    for (const frame of frames) {
      first.push(frame);
      second.push(frame);
    }
    expect(first.outputText).toBe(second.outputText);
    expect(chat.decoder({ choices: 1 }).hasContent).toBe(false);
  });

  it('knows its failures', () => {
    expect(fixture.failures.length).toBeGreaterThan(0);
    for (const failure of fixture.failures) {
      expect(chat.classifyFailure(responseOf(failure))).toMatchObject({
        ...failure.expect,
        statusCode: failure.status,
      });
    }
  });

  it('classifies any answer to a failed request without falling over it', () => {
    const body = fc.oneof(fc.string(), fc.json(), fc.constant('<html><title>Bad gateway</title></html>'));
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), body, (status, text) => {
        const { outcome, message } = chat.classifyFailure(responseOf({ status, headers: {}, body: text }));
        expect(outcome).not.toBe('success');
        expect(message.length).toBeGreaterThan(0);
        expect(message.length).toBeLessThanOrEqual(2000);
      }),
      { numRuns: 30 },
    );
  });
});
