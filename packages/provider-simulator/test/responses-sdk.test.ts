import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI, { APIError } from 'openai';
import { type RunningSimulator, startSimulator } from '../src/index.js';
import { EXAMPLE_OFFERS, QUICK } from './example-offers.js';

let simulator: RunningSimulator;
const client = (): OpenAI =>
  new OpenAI({ apiKey: 'sim-openai-1', baseURL: `${simulator.url}/p/openai/v1`, maxRetries: 0 });
const model = 'gpt-pro';
const weather: OpenAI.Responses.FunctionTool = {
  type: 'function',
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  strict: false,
};
const sealed = {
  model,
  store: false,
  include: ['reasoning.encrypted_content' as const],
  reasoning: { effort: 'low' as const, summary: 'auto' as const },
  tools: [weather],
};
const prompt = '[[sim reasoning=5 text="Let me look." tool=get_weather args={"city":"Oslo"}]]';

beforeAll(async () => {
  simulator = await startSimulator({ offers: EXAMPLE_OFFERS, pace: QUICK });
});
afterAll(() => simulator.close());

async function refusal(request: Record<string, unknown>): Promise<APIError> {
  const create = client().responses.create(request as never) as Promise<unknown>;
  return create.then(
    () => Promise.reject(new Error('not refused')),
    (error: unknown) => (error instanceof APIError ? error : Promise.reject(error)),
  );
}

describe('a response through the OpenAI SDK', () => {
  it('answers with items and counts', async () => {
    const response = await client().responses.create({ ...sealed, input: prompt });
    expect(response.output.map(({ type }) => type)).toEqual(['reasoning', 'message', 'function_call']);
    expect(response).toMatchObject({ status: 'completed', output_text: 'Let me look.', store: false });
    expect(response.usage?.output_tokens_details.reasoning_tokens).toBe(5);
  });

  it('streams all events in order with their numbers, and says the same', async () => {
    const stream = await client().responses.create({ ...sealed, input: prompt, stream: true });
    const types: string[] = [];
    let next = 0;
    for await (const event of stream) {
      expect(event.sequence_number).toBe(next);
      next += 1;
      if (event.type !== types.at(-1)) types.push(event.type);
      if (event.type === 'response.completed')
        expect(event.response.output.map(({ type }) => type)).toEqual([
          'reasoning',
          'message',
          'function_call',
        ]);
    }
    expect(types).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.reasoning_summary_part.added',
      'response.reasoning_summary_text.delta',
      'response.reasoning_summary_text.done',
      'response.reasoning_summary_part.done',
      'response.output_item.done',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.output_item.added',
      'response.function_call_arguments.delta',
      'response.function_call_arguments.done',
      'response.output_item.done',
      'response.completed',
    ]);
  });

  it('takes its own encrypted reasoning back with the output of a call, and no one else’s', async () => {
    const first = await client().responses.create({ ...sealed, input: prompt });
    const call = first.output.find((item) => item.type === 'function_call');
    const output = { type: 'function_call_output' as const, call_id: call?.call_id ?? '', output: 'rain' };
    const history = [{ role: 'user', content: 'Weather?' }, ...first.output, output];
    const second = await client().responses.create({ ...sealed, input: history as never });
    expect(second.output_text).toContain('rain');
    const foreign = { type: 'reasoning', summary: [], encrypted_content: 'gAAAAAnot-mine' };
    expect((await refusal({ ...sealed, input: [foreign, ...history] })).message).toContain(
      'could not be verified',
    );
  });

  it('ends an answer that a limit cuts as incomplete', async () => {
    const response = await client().responses.create({
      model,
      input: '[[sim tokens=60]]',
      max_output_tokens: 16,
    });
    expect(response).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
    });
  });

  it.each([
    ['messages', { model, input: 'Hi', messages: [] }],
    ['max_tokens', { model, input: 'Hi', max_tokens: 20 }],
    ['max_output_tokens', { model, input: 'Hi', max_output_tokens: 3 }],
    ['previous_response_id', { model, input: 'Hi', previous_response_id: 'resp_1' }],
    ['input', { model, input: [{ type: 'function_call_output', call_id: 'c', output: 'x' }] }],
    ['input', { model, input: [{ type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' }] }],
    [
      'input[0].content[0].type',
      { model, input: [{ role: 'assistant', content: [{ type: 'input_text', text: 'x' }] }] },
    ],
    ['tools[0].name', { model, input: 'Hi', tools: [{ type: 'function', function: { name: 'f' } }] }],
    ['temperature', { model, input: 'Hi', temperature: 0.5, reasoning: { effort: 'low' } }],
    ['include', { model: 'plain-responder', input: 'Hi', include: ['reasoning.encrypted_content'] }],
  ])('refuses a wrong %s', async (param, request) => {
    expect(await refusal(request)).toMatchObject({ status: 400, param });
  });

  it('keeps chat and responses apart by what a model is offered for', async () => {
    expect(await refusal({ model: 'gpt-4o-mini', input: 'Hi' })).toMatchObject({ status: 404 });
    const chat = client().chat.completions.create({ model, messages: [{ role: 'user', content: 'Hi' }] });
    await expect(chat).rejects.toMatchObject({ status: 404 });
  });
});
