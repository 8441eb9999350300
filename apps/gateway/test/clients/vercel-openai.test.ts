import { createOpenAI } from '@ai-sdk/openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { APICallError, generateText, Output, streamText } from 'ai';
import { z } from 'zod';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { itTalksAndCallsTools } from './vercel-basics.js';

const GPT = 'openai/gpt-5-mini';
const CLAUDE = 'anthropic/claude-sonnet-4.5';
const DEEPSEEK = 'deepseek/deepseek-v4.1-flash';

/** Its models speak Responses unless asked otherwise. */
describe('Vercel’s package for OpenAI', () => {
  let gateway: TestGateway;
  let openai: ReturnType<typeof createOpenAI>;

  beforeAll(async () => {
    gateway = await startGateway({
      models: [GPT, CLAUDE, DEEPSEEK],
      providers: ['openai', 'anthropic', 'deepseek'],
    });
    gateway.simulator.control.setRecording(true);
    openai = createOpenAI({ apiKey: gateway.tenant.key, baseURL: `${gateway.url}/v1` });
  });
  afterEach(async () => {
    gateway.simulator.control.clearFaults();
    await gateway.closeBreakers();
  });
  afterAll(() => gateway.stop());

  describe.each([GPT, CLAUDE, DEEPSEEK])('with %s', (model) => {
    const provider = model.slice(0, model.indexOf('/'));
    const common = () => ({ model: openai(model), maxRetries: 0 });

    itTalksAndCallsTools(common, true);

    it('goes on with its own answers where it does not take them to be stored', async () => {
      const providerOptions = { openai: { store: false } };
      const first = await generateText({ ...common(), prompt: '[[sim text="A red dot."]]', providerOptions });
      const second = await generateText({
        ...common(),
        providerOptions,
        messages: [
          { role: 'user', content: 'What is it?' },
          ...first.response.messages,
          { role: 'user', content: '[[sim text="Blue."]]' },
        ],
      });
      expect(second.text).toBe('Blue.');
      const { control } = gateway.simulator;
      expect(control.request(control.calls().latest)?.body).toContain('A red dot.');
    });

    it('fails with its own error where the provider fails', async () => {
      gateway.simulator.control.setFault({ provider, fault: 'status:500' });
      const failing = generateText({
        ...common(),
        prompt: 'hi',
        headers: { 'x-trunkline-total-ms': '20000' },
      });
      await expect(failing).rejects.toBeInstanceOf(APICallError);
    });

    it('never takes a cut stream for a whole answer', async () => {
      gateway.simulator.control.setFault({ provider, fault: 'cut', options: { at: 8 } });
      const errors: unknown[] = [];
      const answer = streamText({
        ...common(),
        prompt: '[[sim tokens=60]]',
        headers: { 'x-trunkline-rescue': 'false' },
        onError: ({ error }) => void errors.push(error),
      });
      await answer.consumeStream();
      expect(errors).toHaveLength(1);
    });
  });

  // DeepSeek has JSON without a schema: the schema goes into its prompt, and the simulator reads none there.
  it.each([GPT, CLAUDE])('gets an object of the schema that it asked %s for', async (model) => {
    const schema = z.object({ name: z.string(), tags: z.array(z.string()) });
    const { output } = await generateText({
      model: openai(model),
      maxRetries: 0,
      prompt: 'Who is it?',
      output: Output.object({ schema }),
    });
    expect(schema.parse(output)).toEqual(output);
  });
});
