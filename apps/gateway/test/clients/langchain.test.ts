import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { z } from 'zod';
import { eventually } from '@trunkline/testing';
import { ENDPOINT_MODELS, startEndpoints } from '../endpoints/support.js';
import type { TestGateway } from '../support/start-gateway.js';

const MODELS = ['openai/gpt-4o-mini', 'anthropic/claude-sonnet-4.5'];

const weatherTool = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'Weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

describe('@langchain/openai', () => {
  let gateway: TestGateway;
  const chatWith = (model: string, more: object = {}) =>
    new ChatOpenAI({
      model,
      apiKey: gateway.tenant.key,
      maxRetries: 0,
      configuration: { baseURL: `${gateway.url}/v1` },
      ...more,
    });

  beforeAll(async () => {
    gateway = await startEndpoints({ models: [...MODELS, ...ENDPOINT_MODELS] });
  });
  afterAll(() => gateway.stop());

  it.each(MODELS)('chats with %s, whole and streamed', async (model) => {
    const prompt = '[[sim text="one two three"]]';
    const answer = await chatWith(model).invoke(prompt);
    expect(answer.text).toBe('one two three');
    expect(answer).toMatchObject({ usage_metadata: { output_tokens: 3 } });
    let text = '';
    const usages: unknown[] = [];
    for await (const chunk of await chatWith(model).stream(prompt)) {
      text += chunk.text;
      if ('usage_metadata' in chunk && chunk.usage_metadata) usages.push(chunk.usage_metadata);
    }
    expect(text).toBe('one two three');
    expect(usages.at(-1)).toMatchObject({ output_tokens: 3 });
  });

  it.each(MODELS)('calls a tool of %s and reads its result', async (model) => {
    const chat = chatWith(model).bindTools([weatherTool]);
    const question = new HumanMessage('Use get_weather for Paris');
    const asked = await chat.invoke([question]);
    const [call] = asked.tool_calls ?? [];
    expect(call).toMatchObject({ name: 'get_weather', args: { city: expect.any(String) } });
    const told = await chat.invoke([
      question,
      new AIMessage({ content: '', tool_calls: asked.tool_calls ?? [] }),
      new ToolMessage({ content: 'sunny, 21 degrees', tool_call_id: call?.id ?? '' }),
    ]);
    expect(told.text).toContain('sunny');
  });

  it.each(MODELS)('gets structured output of %s', async (model) => {
    const schema = z.object({ city: z.string(), degrees: z.number().int() });
    const structured = chatWith(model).withStructuredOutput(schema, {
      name: 'weather',
      method: 'jsonSchema',
    });
    const answer: unknown = await structured.invoke('Weather of Paris');
    expect(schema.safeParse(answer).success).toBe(true);
  });

  it('embeds documents and queries', async () => {
    const embeddings = new OpenAIEmbeddings({
      model: 'openai/text-embedding-3-small',
      apiKey: gateway.tenant.key,
      maxRetries: 0,
      configuration: { baseURL: `${gateway.url}/v1` },
    });
    const [first, second] = await embeddings.embedDocuments(['one', 'two']);
    expect([first?.length, second?.length]).toEqual([1_536, 1_536]);
    expect(await embeddings.embedQuery('one')).toEqual(first);
  });

  it('tells errors, and leaves when it is aborted', async () => {
    await expect(chatWith('acme/none').invoke('x')).rejects.toMatchObject({ status: 404 });
    gateway.simulator.control.setFault({ fault: 'no_answer' });
    const leave = new AbortController();
    const left = chatWith(MODELS[0] ?? '').invoke('x', { signal: leave.signal });
    await eventually(() =>
      expect(gateway.simulator.control.calls().calls.at(-1)).toMatchObject({ outcome: 'running' }),
    );
    leave.abort();
    await expect(left).rejects.toThrow(/abort/i);
    gateway.simulator.control.clearFaults();
  });
});
