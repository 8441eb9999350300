import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const GEMINI = 'google/gemini-3-flash-preview';
const GPT = 'openai/gpt-5-mini';
const GROK = 'x-ai/grok-4.3';
const content = '[[sim text="Found."]]';
const messages = [{ role: 'user', content }];

/** The wish to search, in the words of each door. */
const DOORS = {
  chat: {
    path: '/v1/chat/completions',
    body: { messages, web_search_options: {} },
    wish: 'web_search_options',
  },
  messages: {
    path: '/v1/messages',
    body: { messages, max_tokens: 99, tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
    wish: 'tools.0',
  },
  responses: {
    path: '/v1/responses',
    body: { input: content, tools: [{ type: 'web_search_preview' }] },
    wish: 'tools[0]',
  },
};
const TOOLS = {
  [CLAUDE]: { type: 'web_search_20250305', name: 'web_search' },
  [GEMINI]: { googleSearch: {} },
  [GPT]: { type: expect.stringMatching(/^web_search(?:_preview)?$/) },
};

describe('a wish to search the web', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({
      models: [...Object.keys(TOOLS), GROK],
      providers: ['anthropic', 'google', 'openai', 'xai', 'bedrock'],
      paths: { google: '/v1beta', bedrock: '' },
    });
    gateway.simulator.control.setRecording(true);
  });
  afterAll(() => gateway.stop());

  const send = async (door: keyof typeof DOORS, model: string) => {
    const { path, body } = DOORS[door];
    const answer = await ask(gateway, { path, body: { ...body, model } });
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    const { control } = gateway.simulator;
    const sent = control.request(control.calls().latest);
    const { dropped } = answer.json['trunkline'] as { dropped: string[] };
    return { sent: JSON.parse(String(sent?.body)) as { tools?: unknown[] }, dropped };
  };
  const cases = (Object.keys(DOORS) as (keyof typeof DOORS)[]).flatMap((door) =>
    Object.entries(TOOLS).map(([model, tool]) => [door, model, tool] as const),
  );

  it.each(cases)('from the door %s is the own tool of %s', async (door, model, tool) => {
    const { sent, dropped } = await send(door, model);
    expect(sent.tools).toEqual([tool]);
    expect(dropped.filter((name) => name.includes('search') || name.includes('tools'))).toEqual([]);
  });

  it.each(['chat', 'messages', 'responses'] as const)(
    'from the door %s is told in its words where the target has no search',
    async (door) => {
      const { sent, dropped } = await send(door, GROK);
      expect(sent).not.toHaveProperty('tools');
      expect(dropped).toContain(DOORS[door].wish);
    },
  );

  it('of Messages stays with who speaks Messages, though others sell the model too', async () => {
    gateway.simulator.control.setFault({ provider: 'anthropic', fault: 'status:500' });
    const { path, body } = DOORS.messages;
    const answer = await ask(gateway, { path, body: { ...body, model: CLAUDE } });
    gateway.simulator.control.clearFaults();
    await gateway.closeBreakers();
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.text).not.toContain('bedrock');
  });
});
