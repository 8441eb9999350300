import { describe, expect, it } from '@jest/globals';
import { readDirectives } from './directives.js';

describe('readDirectives', () => {
  it('reads every word of the grammar and gives the prompt without it', () => {
    const { directives, rest } = readDirectives(
      'Weather? [[sim tokens=200 ttft=50 gap=5 wait=0 text="a ]] \\"b\\"" tool=get_weather args={"city":"Paris","list":["]]"]} reasoning=40 repeat finish=length]] Please.',
    );
    expect(rest).toBe('Weather?  Please.');
    expect(directives).toEqual({
      tokens: 200,
      ttftMs: 50,
      gapMs: 5,
      waitMs: 0,
      text: 'a ]] "b"',
      tools: [{ name: 'get_weather', args: { city: 'Paris', list: [']]'] } }],
      reasoningTokens: 40,
      repeat: true,
      astray: false,
      finish: 'length',
    });
  });

  it('reads several tools, with and without arguments', () => {
    expect(readDirectives('[[sim tool=a tool=b args={}]]').directives.tools).toEqual([
      { name: 'a', args: undefined },
      { name: 'b', args: {} },
    ]);
  });

  it.each([
    '[[sim tokens=many]]',
    '[[sim tokens=100001]]',
    '[[sim text="open',
    '[[sim what]]',
    '[[sim args={}]]',
    '[[sim tokens=1',
    '[[sim args={x}]]',
  ])('says what is wrong with %s', (text) => {
    const { directives, rest } = readDirectives(text);
    expect(directives.problem).toEqual(expect.any(String));
    expect(rest).toBe(text);
  });

  it('leaves a prompt without a directive alone', () => {
    expect(readDirectives('[[other]] text')).toEqual({
      directives: { tools: [], repeat: false, astray: false },
      rest: '[[other]] text',
    });
  });
});
