import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { DIALECTS, MODELS, PROVIDERS } from './dialects.js';
import { clocksOf, FAULTS, setFault, TOTAL_MS } from './faults.js';

const TEXT = 'The harbour lay quiet under a pale sky while two boats waited for the tide to turn.';
const PROMPT = `[[sim text=${JSON.stringify(TEXT)}]]`;
/** Longer than any call may take here: an SDK that runs into it hangs. */
const HANG_MS = TOTAL_MS + 10_000;

interface Client {
  readonly name: string;
  /** Index of the dialect that it speaks. */
  readonly dialect: number;
  readonly errors: readonly (abstract new (...args: never[]) => Error)[];
  read(gateway: TestGateway, more: object): Promise<string>;
}

const openai = (gateway: TestGateway) =>
  new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.tenant.key, maxRetries: 0, timeout: HANG_MS });
const anthropic = (gateway: TestGateway) =>
  new Anthropic({ baseURL: gateway.url, apiKey: gateway.tenant.key, maxRetries: 0, timeout: HANG_MS });
const model = (dialect: number) => DIALECTS[dialect]?.model ?? '';
const tools = (dialect: number) => ({ tools: DIALECTS[dialect]?.body('')['tools'] });

const CLIENTS: readonly Client[] = [
  {
    name: 'openai, chat, plain',
    dialect: 0,
    errors: [OpenAI.OpenAIError],
    async read(gateway, more) {
      const params = { model: model(0), messages: [{ role: 'user' as const, content: PROMPT }], ...more };
      const { choices } = await openai(gateway).chat.completions.create({ ...params, stream: false });
      return choices[0]?.message.content ?? '';
    },
  },
  {
    name: 'openai, chat, streamed',
    dialect: 0,
    errors: [OpenAI.OpenAIError],
    async read(gateway, more) {
      const params = { model: model(0), messages: [{ role: 'user' as const, content: PROMPT }], ...more };
      const stream = await openai(gateway).chat.completions.create({ ...params, stream: true });
      let text = '';
      for await (const { choices } of stream) text += choices[0]?.delta.content ?? '';
      return text;
    },
  },
  {
    name: 'openai, Responses, plain',
    dialect: 2,
    errors: [OpenAI.OpenAIError],
    async read(gateway, more) {
      const params = { model: model(2), input: PROMPT, ...more };
      return (await openai(gateway).responses.create({ ...params, stream: false })).output_text;
    },
  },
  {
    name: 'openai, Responses, streamed',
    dialect: 2,
    errors: [OpenAI.OpenAIError],
    async read(gateway, more) {
      const params = { model: model(2), input: PROMPT, ...more };
      const stream = await openai(gateway).responses.create({ ...params, stream: true });
      let text = '';
      for await (const event of stream) if (event.type === 'response.output_text.delta') text += event.delta;
      return text;
    },
  },
  {
    name: 'anthropic, plain',
    dialect: 1,
    errors: [Anthropic.AnthropicError],
    async read(gateway, more) {
      const params = {
        model: model(1),
        max_tokens: 4_000,
        messages: [{ role: 'user' as const, content: PROMPT }],
      };
      const { content } = await anthropic(gateway).messages.create({ ...params, ...more, stream: false });
      return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    },
  },
  {
    name: 'anthropic, streamed',
    dialect: 1,
    errors: [Anthropic.AnthropicError],
    async read(gateway, more) {
      const params = {
        model: model(1),
        max_tokens: 4_000,
        messages: [{ role: 'user' as const, content: PROMPT }],
      };
      const message = await anthropic(gateway)
        .messages.stream({ ...params, ...more })
        .finalMessage();
      return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    },
  },
];

describe('through an official SDK', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startGateway({ models: MODELS, providers: PROVIDERS });
  });
  afterAll(() => gateway.stop());

  describe.each(CLIENTS)('($name)', ({ dialect: index, errors, ...client }) => {
    const dialect = DIALECTS[index];

    it.each(
      FAULTS.map((fault) => ({ ...fault, title: `${fault.fault} ${JSON.stringify(fault.options ?? {})}` })),
    )(
      '$title gives the whole answer or an error of the SDK, never a short answer and never a hang',
      async (fault) => {
        if (!dialect) throw new Error('there is no such dialect');
        await gateway.closeBreakers();
        gateway.simulator.control.reset();
        setFault(gateway, fault, dialect);
        const began = performance.now();
        const more = { ...tools(index), ...dialect.fallbacks.none.wish, trunkline: clocksOf(fault, 1_000) };
        const outcome = await client.read(gateway, more).then(
          (text) => ({ text }),
          (error: unknown) => ({ error }),
        );
        expect(performance.now() - began).toBeLessThan(HANG_MS - 1_000);
        if ('text' in outcome) expect(outcome.text).toBe(TEXT);
        else expect(errors.some((type) => outcome.error instanceof type)).toBe(true);
        if (fault.strikes === 'never') expect(outcome).toEqual({ text: TEXT });
      },
      HANG_MS * 2,
    );
  });
});
