import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';
import { respondStreamed, textOf } from './support.js';

/** At both: by Messages and by chat. */
const CLAUDE = 'anthropic/claude-sonnet-4.5';
/** At both: by Responses and by chat. */
const GPT = 'openai/gpt-5-mini';

const WORDS = Array.from({ length: 90 }, (_, i) => `word${i}`).join(' ');

describe('a response whose stream breaks off', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({
      models: [CLAUDE, GPT],
      providers: ['anthropic', 'openai', 'openrouter'],
    });
  });
  afterEach(async () => {
    gateway.simulator.control.clearFaults();
    await gateway.closeBreakers();
  });
  afterAll(() => gateway.stop());

  it.each([
    [CLAUDE, 'anthropic', 'cut'],
    [GPT, 'openai', 'cut'],
    [GPT, 'openai', 'garbage_event'],
  ] as const)('is whole all the same: %s at %s, %s', async (model, provider, fault) => {
    gateway.simulator.control.setFault({ provider, fault, options: { at: 40 } });
    const { frames, problems, response, text } = await respondStreamed(gateway, {
      model,
      input: `[[sim text=${JSON.stringify(WORDS)}]]`,
      provider: { order: [provider, 'openrouter'] },
      reasoning: { effort: 'none' },
    });
    expect(problems).toEqual([]);
    expect(response).toMatchObject({ status: 'completed', trunkline: { rescued: true } });
    expect([text, textOf(response)]).toEqual([WORDS, WORDS]);
    expect(frames.filter(({ type }) => type === 'response.created')).toHaveLength(1);
    expect(frames[0]?.response?.id).toBe(response.id);
    expect(response.output.filter(({ type }) => type === 'message')).toHaveLength(1);
  });

  it.each([
    [CLAUDE, 'anthropic'],
    [GPT, 'openai'],
  ])('ends with its error where nobody can go on: %s', async (model, provider) => {
    gateway.simulator.control.setFault({ provider, fault: 'cut', options: { at: 20 } });
    const { frames, problems, response } = await respondStreamed(gateway, {
      model,
      input: `[[sim text=${JSON.stringify(WORDS)}]]`,
      provider: { only: [provider] },
      reasoning: { effort: 'none' },
      trunkline: { rescue: false },
    });
    expect(problems).toEqual([]);
    expect(frames.at(-2)).toMatchObject({ type: 'error', error: { code: 'provider_truncated' } });
    expect(response).toMatchObject({ status: 'failed', error: { code: 'provider_truncated' } });
    expect(WORDS.startsWith(textOf(response))).toBe(true);
  });
});
