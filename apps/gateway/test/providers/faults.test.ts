import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FAULTS, type FaultName } from '@trunkline/provider-simulator';
import { ask, chat } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { readStream } from '../streaming/support.js';

const TEXT = 'one two three four five six seven eight nine ten';
const LOCATION = '/v1/projects/p/locations/us-east5';
/** Those that a whole answer may come through, only late, or of which a whole one is short. */
const MAY_BE_WHOLE = new Set<FaultName>(['slow_headers', 'slow_first_token', 'tiny_events']);
const timeouts = { connectMs: 400, headersMs: 400, firstTokenMs: 400, gapMs: 400, totalMs: 1_500 };

describe.each([
  ['cohere', 'cohere/command-a', '/v2'],
  ['vertex', 'google/gemini-3-flash-preview', LOCATION],
  ['vertex', 'anthropic/claude-opus-4.5', LOCATION],
  ['azure-foundry', 'anthropic/claude-opus-4.5', '/openai/v1'],
])('%s with %s', (provider, model, path) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ models: [model], providers: [provider], paths: { [provider]: path } });
  });
  afterAll(() => gateway.stop());

  it.each(Object.keys(FAULTS) as FaultName[])('never sells half an answer as whole: %s', async (fault) => {
    const { control } = gateway.simulator;
    for (const stream of [true, false]) {
      await gateway.closeBreakers();
      control.setFault({ provider, fault, options: fault === 'tiny_events' ? { events: 200 } : {} });
      const trunkline = { rescue: false, timeouts };
      const body = chat(`[[sim text="${TEXT}"]]`, { model, stream, trunkline });
      const seen = stream ? await streamed(body) : await plain(body);
      control.clearFaults();
      if (seen.isWhole && !MAY_BE_WHOLE.has(fault)) expect(seen.text).toBe(TEXT);
      if (!seen.isWhole) expect(seen.error).toMatchObject({ message: expect.any(String) });
    }
    await gateway.closeBreakers();
    const { text } = await plain(chat(`[[sim text="${TEXT}"]]`, { model }));
    expect(text).toBe(TEXT);
  });

  async function streamed(body: unknown) {
    const { status, text, isDone, error } = await readStream(gateway, { body });
    // Before the commit the error is the answer itself, and no frame.
    const told = status === 200 ? error : { message: `status ${status}` };
    return { isWhole: status === 200 && isDone, text, error: told };
  }

  async function plain(body: unknown) {
    const { status, json } = await ask(gateway, { body });
    const { choices, error } = json as {
      choices?: { message: { content: string | null } }[];
      error?: unknown;
    };
    return { isWhole: status === 200, text: choices?.[0]?.message.content ?? '', error };
  }
});
