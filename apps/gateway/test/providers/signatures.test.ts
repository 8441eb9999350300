import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { ResponseInputItem } from 'openai/resources/responses/responses';
import { eventually } from '@trunkline/testing';
import { ask } from '../support/ask.js';
import { signedBedrock } from '../support/signed-bedrock.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { readStream } from '../streaming/support.js';

interface Upstream {
  readonly provider: string;
  readonly model: string;
  /** The field in which it gives its state, and wants it back. */
  readonly field: string;
  /** Who goes on where it breaks off. */
  readonly rescuer?: string;
  /** What it gets where another's state was left out. */
  readonly standIn?: string;
}

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const UPSTREAMS: readonly Upstream[] = [
  { provider: 'anthropic', model: CLAUDE, field: 'signature' },
  {
    provider: 'google',
    model: 'google/gemini-3-flash-preview',
    field: 'thoughtSignature',
    // https://ai.google.dev/gemini-api/docs/thought-signatures
    standIn: 'skip_thought_signature_validator',
  },
  { provider: 'openai', model: 'openai/gpt-5.3-codex', field: 'encrypted_content' },
  { provider: 'bedrock', model: CLAUDE, field: 'signature' },
  { provider: 'deepseek', model: 'deepseek/deepseek-v4-pro-0813', field: 'reasoning_content' },
];
/** Only its maker can read it; reasoning in plain text may be told to any provider that takes it. */
const OPAQUE = ['signature', 'thoughtSignature', 'encrypted_content'];
const QUESTION = 'Think. [[sim reasoning=12 tool=get_weather args={"city":"Oslo"}]]';
const RESULT = 'rain, 7 degrees';
const parameters = { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] };

function statesIn(value: unknown, fields: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((inner) => statesIn(inner, fields));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    fields.includes(name) && typeof inner === 'string' ? [inner] : statesIn(inner, fields),
  );
}

/** A conversation as a client of the dialect keeps it: the question, then each answer and its tools' results. */
interface Conversation {
  /** Asks for the next turn; `dropped` is what the answer says of the request. */
  say(target: Upstream, stream: boolean): Promise<{ dropped: readonly string[] }>;
}

interface ChatMessage {
  role: 'assistant';
  content: string;
  reasoning_content?: string;
  reasoning_details: unknown[];
  tool_calls: { id: string; type: 'function'; function: { name: string; arguments: string } }[];
}

type Told = { trunkline?: { dropped?: string[] } };

function wish({ provider, model, rescuer }: Upstream) {
  const order = rescuer === undefined ? [provider] : [provider, rescuer];
  return { model, provider: { order, only: order } };
}

/** What a client has that adds up the deltas. */
function addUp(frames: readonly unknown[]): ChatMessage {
  const message: ChatMessage = { role: 'assistant', content: '', reasoning_details: [], tool_calls: [] };
  for (const frame of frames) {
    const { choices = [] } = frame as { choices?: { delta?: Partial<ChatMessage> }[] };
    const delta = choices[0]?.delta ?? {};
    message.content += delta.content ?? '';
    if (delta.reasoning_content)
      message.reasoning_content = (message.reasoning_content ?? '') + delta.reasoning_content;
    message.reasoning_details.push(...(delta.reasoning_details ?? []));
    for (const part of delta.tool_calls ?? []) {
      if (part.id) message.tool_calls.push({ ...part, function: { ...part.function, arguments: '' } });
      const last = message.tool_calls.at(-1);
      if (last) last.function.arguments += part.function.arguments;
    }
  }
  return message;
}

function chat(gateway: TestGateway, { keepsDetails = true } = {}): Conversation {
  const messages: unknown[] = [{ role: 'user', content: QUESTION }];
  return {
    async say(target, stream) {
      const body = {
        ...wish(target),
        messages,
        tools: [{ type: 'function', function: { name: 'get_weather', parameters } }],
        reasoning: { max_tokens: 2_000 },
        stream,
      };
      let message: ChatMessage;
      let told: Told | undefined;
      if (stream) {
        const { frames } = await readStream(gateway, { body });
        message = addUp(frames);
        told = frames.findLast((frame) => frame.trunkline) as Told | undefined;
      } else {
        const { json } = await ask(gateway, { body });
        const [choice] = (json as unknown as { choices: { message: ChatMessage }[] }).choices;
        if (!choice) throw new Error('no choice');
        message = choice.message;
        told = json;
      }
      const results = (message.tool_calls ?? []).map(({ id }) => ({
        role: 'tool',
        tool_call_id: id,
        content: RESULT,
      }));
      const { reasoning_details: _details, ...plain } = message;
      messages.push(keepsDetails ? message : plain, ...results);
      return { dropped: told?.trunkline?.dropped ?? [] };
    },
  };
}

function messages(gateway: TestGateway): Conversation {
  const client = new Anthropic({ apiKey: gateway.tenant.key, baseURL: gateway.url, maxRetries: 0 });
  const history: Anthropic.MessageParam[] = [{ role: 'user', content: QUESTION }];
  return {
    async say(target, stream) {
      const body = {
        ...wish(target),
        max_tokens: 4_000,
        messages: history,
        tools: [{ name: 'get_weather', input_schema: parameters }],
        thinking: { type: 'enabled' as const, budget_tokens: 2_000 },
      };
      let told: Told | undefined;
      const answer = stream
        ? await client.messages
            .stream(body)
            .on('streamEvent', (event) => {
              if ('trunkline' in event) told = event as Told;
            })
            .finalMessage()
        : await client.messages.create(body);
      const results = answer.content.flatMap((block) =>
        block.type === 'tool_use'
          ? [{ type: 'tool_result' as const, tool_use_id: block.id, content: RESULT }]
          : [],
      );
      history.push({ role: 'assistant', content: answer.content });
      if (results.length > 0) history.push({ role: 'user', content: results });
      return { dropped: (told ?? (answer as Told)).trunkline?.dropped ?? [] };
    },
  };
}

function responses(gateway: TestGateway): Conversation {
  const client = new OpenAI({ apiKey: gateway.tenant.key, baseURL: `${gateway.url}/v1`, maxRetries: 0 });
  const input: ResponseInputItem[] = [{ role: 'user', content: QUESTION }];
  return {
    async say(target, stream) {
      const body = {
        ...wish(target),
        input,
        tools: [{ type: 'function' as const, name: 'get_weather', parameters, strict: false }],
        reasoning: { effort: 'medium' as const, summary: 'auto' as const },
        include: ['reasoning.encrypted_content' as const],
        store: false,
      };
      const answer = stream
        ? await client.responses.stream(body).finalResponse()
        : await client.responses.create(body);
      input.push(...(answer.output as ResponseInputItem[]));
      for (const item of answer.output)
        if (item.type === 'function_call')
          input.push({ type: 'function_call_output', call_id: item.call_id, output: RESULT });
      return { dropped: (answer as Told).trunkline?.dropped ?? [] };
    },
  };
}

const DOORS = { chat, messages, responses };
const names = Object.keys(DOORS) as (keyof typeof DOORS)[];

describe('what a provider signed or encrypted', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startGateway({
      models: UPSTREAMS.map(({ model }) => model).filter((model, at, all) => all.indexOf(model) === at),
      providers: ['anthropic', 'google', 'openai', 'deepseek'],
    });
    await gateway.addEntry(signedBedrock(gateway.simulator));
    await eventually(async () => {
      const messages = [{ role: 'user', content: 'x' }];
      const body = { model: CLAUDE, messages, provider: { only: ['bedrock'] } };
      expect((await ask(gateway, { body })).status).toBe(200);
    });
    gateway.simulator.control.setRecording(true);
  });
  afterAll(() => gateway.stop());

  const lastSent = (): { path: string; headers: Record<string, unknown>; body: string } => {
    const { control } = gateway.simulator;
    const request = control.request(control.calls().latest);
    if (!request) throw new Error('the simulator kept no request');
    return request;
  };

  /** What the provider gave, from itself: to the request that it got last it gives the same answer again. */
  const givenStates = async ({ provider, field }: Upstream): Promise<string[]> => {
    const { path, headers, body } = lastSent();
    const query = path.endsWith(':streamGenerateContent') ? '?alt=sse' : '';
    const response = await fetch(`${gateway.simulator.url}/p/${provider}${path}${query}`, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body,
    });
    expect(response.status).toBe(200);
    const raw = await response.text();
    const found = [...raw.matchAll(new RegExp(`"${field}":("(?:[^"\\\\]|\\\\.)+")`, 'gu'))].map(
      ([, value = '']) => JSON.parse(value) as string,
    );
    // Text comes in pieces; what is opaque comes whole, in a stream of Responses in several events.
    return OPAQUE.includes(field) ? [...new Set(found)] : [found.join('')];
  };

  const cases = UPSTREAMS.flatMap((upstream, at) =>
    names.flatMap((door) =>
      [false, true].map((stream) => ({
        upstream,
        other: UPSTREAMS[(at + 1) % UPSTREAMS.length] ?? upstream,
        door,
        stream,
        how: stream ? 'streamed' : 'plain',
      })),
    ),
  );

  it.each(cases)(
    'comes back to $upstream.provider byte for byte, from a client of $door, $how',
    async ({ upstream, door, stream }) => {
      const conversation = DOORS[door](gateway);
      await conversation.say(upstream, stream);
      const given = await givenStates(upstream);
      expect(given).toEqual([expect.stringMatching(/.{20}/u)]);
      const { dropped } = await conversation.say(upstream, stream);
      const sent = JSON.parse(lastSent().body) as unknown;
      expect(JSON.stringify(sent)).toContain(RESULT);
      expect(statesIn(sent, [...OPAQUE, upstream.field])).toEqual(given);
      expect(dropped).toEqual([]);
    },
  );

  it.each([false, true])(
    'comes back to google with its calls alone, from a client of chat (stream: %s)',
    async (stream) => {
      const [, google] = UPSTREAMS;
      if (!google) throw new Error('no such upstream');
      const conversation = chat(gateway, { keepsDetails: false });
      await conversation.say(google, stream);
      const given = await givenStates(google);
      await conversation.say(google, stream);
      expect(statesIn(JSON.parse(lastSent().body), OPAQUE)).toEqual(given);
    },
  );

  it.each(names)(
    'is whole after thoughts that broke off, which no model gets again, from a client of %s',
    async (door) => {
      const conversation = DOORS[door](gateway);
      gateway.simulator.control.setFault({ fault: 'cut_in_reasoning', options: { count: 1 } });
      const rescued = { provider: 'anthropic', model: CLAUDE, field: 'signature', rescuer: 'bedrock' };
      await conversation.say(rescued, true);
      const broken = lastSent();
      expect(broken.path).toContain('converse-stream');
      const bedrock = { ...rescued, provider: 'bedrock', rescuer: 'anthropic' };
      const given = await givenStates(bedrock);
      // It checks what it signed, and refuses a signature of any other text.
      const { dropped } = await conversation.say(bedrock, true);
      const sent = JSON.parse(lastSent().body) as {
        messages: { content: { reasoningContent?: unknown }[] }[];
      };
      expect(statesIn(sent, ['signature'])).toEqual(given);
      const thoughts = sent.messages.flatMap(({ content }) =>
        content.filter((block) => block.reasoningContent),
      );
      expect(thoughts).toHaveLength(1);
      expect(dropped).toEqual([]);
    },
  );

  it.each(cases)(
    'of $upstream.provider stays away from $other.provider, and the answer says so, from a client of $door, $how',
    async ({ upstream, other, door, stream }) => {
      const conversation = DOORS[door](gateway);
      await conversation.say(upstream, stream);
      const [given = ''] = await givenStates(upstream);
      const { dropped } = await conversation.say(other, stream);
      const { body } = lastSent();
      expect(body).toContain(RESULT);
      expect(body).not.toContain(JSON.stringify(given).slice(1, -1));
      expect(statesIn(JSON.parse(body), OPAQUE)).toEqual(other.standIn ? [other.standIn] : []);
      expect(dropped).toContain('reasoning_details');
    },
  );
});
