import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countTokens, type RunningSimulator, startSimulator } from '../src/index.js';
import { EXAMPLE_OFFERS, QUICK } from './example-offers.js';

const COMMAND = 'command-a-03-2025';
const REASONING = 'command-a-reasoning-08-2025';
let simulator: RunningSimulator;

const user = (content: string) => ({ role: 'user', content });
const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

function send(body: Record<string, unknown>, key = 'sim-cohere-1'): Promise<Response> {
  return fetch(`${simulator.url}/p/cohere/v2/chat`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: COMMAND, ...body }),
  });
}

const ask = async (body: Record<string, unknown>) =>
  (await (await send(body)).json()) as Record<string, unknown>;

beforeAll(async () => {
  simulator = await startSimulator({ offers: EXAMPLE_OFFERS, pace: QUICK });
});
afterAll(() => simulator.close());

describe('chat', () => {
  it('answers with exact counts, and puts its own frames on no bill', async () => {
    const content = 'What is a canal? [[sim text="Water between walls."]]';
    expect(await ask({ messages: [user(content)] })).toMatchObject({
      message: { role: 'assistant', content: [{ type: 'text', text: 'Water between walls.' }] },
      finish_reason: 'COMPLETE',
      usage: {
        tokens: {
          input_tokens: countTokens(content) + 4 + 3,
          output_tokens: countTokens('Water between walls.'),
        },
        billed_units: { input_tokens: countTokens(content) },
      },
    });
  });

  it('calls tools with what it plans before, whole and streamed', async () => {
    const body = { messages: [user('get_weather for Oslo')], tools: [weather], tool_choice: 'REQUIRED' };
    expect(await ask(body)).toMatchObject({
      message: { tool_calls: [{ type: 'function', function: { name: 'get_weather' } }] },
      finish_reason: 'TOOL_CALL',
    });
    const text = await (await send({ ...body, stream: true })).text();
    const names = text.split('\n').filter((line) => line.startsWith('event: '));
    expect([...new Set(names.map((line) => line.slice(7)))]).toEqual([
      'message-start',
      'tool-call-start',
      'tool-call-delta',
      'tool-call-end',
      'message-end',
    ]);
  });

  it('thinks where its model does', async () => {
    const messages = [user('[[sim reasoning=5 text="Four."]]')];
    expect(await ask({ model: REASONING, messages, thinking: { type: 'enabled' } })).toMatchObject({
      message: { content: [{ type: 'thinking' }, { type: 'text', text: 'Four.' }] },
      usage: { tokens: { reasoning_tokens: 5 } },
    });
  });

  it.each([
    [{ top_p: 0.5 }, 'top_p'],
    [{ temperature: 1.5 }, 'temperature'],
    [{ messages: [user('Hi'), { role: 'system', content: 'x' }] }, 'system turn'],
    [{ messages: [{ role: 'tool', tool_call_id: 'x', content: 'y' }] }, 'tool call id'],
    [{ tools: [weather], response_format: { type: 'json_object' } }, 'response_format'],
    [{ thinking: { type: 'enabled' } }, 'thinking'],
    [{ frequency_penalty: 0.1, presence_penalty: 0.1 }, 'presence_penalty'],
    [{ max_tokens: 1_000_000 }, 'too many tokens'],
  ])('refuses %j', async (body, word) => {
    const answer = await send({ messages: [user('Hi')], ...body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining(word) });
  });

  it('refuses a key that is not its own', async () => {
    expect((await send({ messages: [user('Hi')] }, 'sim-openai-1')).status).toBe(401);
  });
});
