import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '@trunkline/contracts';
import { countText, loadTokenizer } from '@trunkline/tokens';
import { committedUsage } from './committed-usage.js';

const request: ChatRequest = {
  model: 'm',
  messages: [{ role: 'user', content: 'How many tokens has this?' }],
};
const text = 'Quite a few words that somebody has to count.';

describe('committedUsage', () => {
  it("takes the provider's usage of a finished answer as it is", async () => {
    const usage = { 'input.text': 7, 'cache_read.text': 3, 'output.text': 5 };
    const written = { usage, outputText: text, reasoningText: '' };
    expect(await committedUsage(written, request, 'usage', true)).toEqual({ usage, counted: false });
  });

  it('counts where the provider reported nothing, and says so', async () => {
    const counted = await committedUsage(
      { usage: null, outputText: text, reasoningText: 'hm' },
      request,
      'usage',
      true,
    );
    expect(counted.counted).toBe(true);
    expect(counted.usage).toEqual({
      'input.text': expect.any(Number),
      'output.text': countText(text),
      'reasoning.text': countText('hm'),
    });
  });

  it('takes the prompt as reported and counts what was delivered of an answer that was left', async () => {
    const usage = { 'input.text': 70, 'cache_read.text': 30, 'output.text': 1 };
    const left = await committedUsage(
      { usage, outputText: text, reasoningText: '' },
      request,
      'delivered',
      false,
    );
    expect(left).toEqual({
      usage: { 'input.text': 70, 'cache_read.text': 30, 'output.text': countText(text) },
      counted: true,
    });
  });

  it('keeps the event loop free while many clients leave at once', async () => {
    const long = 'Nobody has to wait while this is counted. '.repeat(400);
    const written = { usage: null, outputText: long, reasoningText: '' };
    loadTokenizer();
    let turns = 0;
    const turning = (): void => {
      turns += 1;
      turn = setImmediate(turning);
    };
    let turn = setImmediate(turning);
    const all = Array.from({ length: 32 }, () => committedUsage(written, request, 'delivered', false));
    const usages = await Promise.all(all);
    clearImmediate(turn);
    expect(usages.every(({ usage }) => usage['output.text'] === countText(long))).toBe(true);
    // 16,800 characters each are eight slices.
    expect(turns).toBeGreaterThan(32 * 7);
  });
});
