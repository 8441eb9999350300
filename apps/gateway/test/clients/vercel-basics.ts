import { expect, it } from '@jest/globals';
import { generateText, isStepCount, type LanguageModel, streamText, tool } from 'ai';
import { z } from 'zod';

interface Common {
  model: LanguageModel;
  maxRetries: number;
  maxOutputTokens?: number;
}

/**
 * What Vercel's package has to be able to do with any model, by whichever of its providers.
 * @param reasons the model thinks, and its thoughts are counted with the words that are asked for
 */
export function itTalksAndCallsTools(common: () => Common, reasons: boolean): void {
  const outputTokens = (words: number): unknown => (reasons ? expect.any(Number) : words);

  it('generates text and counts tokens', async () => {
    const answer = await generateText({ ...common(), prompt: '[[sim text="Hello there"]]' });
    expect([answer.text, answer.finishReason]).toEqual(['Hello there', 'stop']);
    expect(answer.usage).toMatchObject({ outputTokens: outputTokens(2) });
    expect(answer.usage.outputTokens).toBeGreaterThanOrEqual(2);
    expect(answer.usage.inputTokens).toBeGreaterThan(0);
  });

  it('streams text to its end', async () => {
    const answer = streamText({ ...common(), prompt: '[[sim text="one two three four"]]' });
    let text = '';
    for await (const piece of answer.textStream) text += piece;
    expect([text, await answer.finishReason]).toEqual(['one two three four', 'stop']);
    const { outputTokens: counted } = await answer.usage;
    expect(counted).toEqual(outputTokens(4));
    expect(counted).toBeGreaterThanOrEqual(4);
  });

  it.each(['generate', 'stream'])('runs a tool and goes on with its result (%s)', async (how) => {
    const cities: string[] = [];
    const options = {
      ...common(),
      prompt: 'Please use get_weather for Oslo.',
      stopWhen: isStepCount(3),
      tools: {
        get_weather: tool({
          inputSchema: z.object({ city: z.string() }),
          execute: ({ city }) => {
            cities.push(city);
            return 'rain and 7 degrees';
          },
        }),
      },
    };
    const text = how === 'stream' ? await streamText(options).text : (await generateText(options)).text;
    expect(cities).toHaveLength(1);
    expect(text).toContain('rain');
  });
}
