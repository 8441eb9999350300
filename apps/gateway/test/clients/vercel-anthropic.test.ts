import { createAnthropic } from '@ai-sdk/anthropic';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { APICallError, generateText, isStepCount, Output, streamText, tool } from 'ai';
import { z } from 'zod';
import { startGateway, type TestGateway } from '../support/start-gateway.js';
import { itTalksAndCallsTools } from './vercel-basics.js';

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const GPT = 'openai/gpt-4o-mini';
const DEEPSEEK = 'deepseek/deepseek-v4-pro-0813';

describe('Vercel’s package for Anthropic', () => {
  let gateway: TestGateway;
  let anthropic: ReturnType<typeof createAnthropic>;

  beforeAll(async () => {
    gateway = await startGateway({
      models: [CLAUDE, GPT, DEEPSEEK],
      providers: ['anthropic', 'openai', 'deepseek'],
    });
    gateway.simulator.control.setRecording(true);
    anthropic = createAnthropic({ apiKey: gateway.tenant.key, baseURL: `${gateway.url}/v1` });
  });
  afterEach(() => gateway.simulator.control.clearFaults());
  afterAll(() => gateway.stop());

  describe.each([CLAUDE, GPT])('with %s', (model) => {
    const common = () => ({ model: anthropic(model), maxOutputTokens: 1_000, maxRetries: 0 });

    itTalksAndCallsTools(common, false);

    it('gets an object of the schema that it asked for', async () => {
      const schema = z.object({ name: z.string(), tags: z.array(z.string()) });
      const { output } = await generateText({
        ...common(),
        prompt: 'Who is it?',
        output: Output.object({ schema }),
      });
      expect(schema.parse(output)).toEqual(output);
    });

    it('fails with its own error where the provider fails', async () => {
      const provider = model.slice(0, model.indexOf('/'));
      gateway.simulator.control.setFault({ provider, fault: 'status:500' });
      await expect(
        generateText({
          ...common(),
          prompt: 'hi',
          headers: { 'x-trunkline-total-ms': '20000' },
        }),
      ).rejects.toBeInstanceOf(APICallError);
      await gateway.closeBreakers();
    });

    it('never takes a cut stream for a whole answer', async () => {
      const provider = model.slice(0, model.indexOf('/'));
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
      await gateway.closeBreakers();
    });
  });

  it.each([CLAUDE, DEEPSEEK])('carries the thinking of %s through a step of tools', async (model) => {
    const answer = await generateText({
      model: anthropic(model),
      maxRetries: 0,
      maxOutputTokens: 4_000,
      prompt: 'Think. [[sim reasoning=9 tool=now args={}]]',
      stopWhen: isStepCount(2),
      tools: { now: tool({ inputSchema: z.object({}), execute: () => 'noon' }) },
      providerOptions: { anthropic: { thinking: { type: 'enabled', budgetTokens: 2_000 } } },
    });
    expect(answer.steps[0]?.reasoningText).toBeTruthy();
    const { control } = gateway.simulator;
    const sent = control.request(control.calls().latest)?.body ?? '';
    expect(sent).toContain(answer.steps[0]?.reasoningText ?? 'nothing was thought');
    expect(sent).not.toContain('trunkline.state');
  });
});
