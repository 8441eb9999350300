import { describe, expect, it } from '@jest/globals';
import { adapterOf } from '../registry.js';

/** What of a request does not reach a model of OpenAI's. */
function dropped(model: string): readonly string[] | undefined {
  return adapterOf('openai')?.chat?.unsupported(
    {
      messages: [{ role: 'user', content: 'Hi' }],
      stop: ['x'],
      tools: [{ type: 'function', function: { name: 'f' } }],
      parallel_tool_calls: false,
    },
    model,
  );
}

describe('models of OpenAI', () => {
  it.each(['gpt-5', 'gpt-5-mini', 'gpt-5.1', 'gpt-5.2'])(
    'that reason are given no stop sequences: %s',
    (model) => {
      expect(dropped(model)).toEqual(['stop']);
    },
  );

  it.each(['o1', 'o3', 'o3-mini', 'o4-mini'])('make one call at a time and are not told so: %s', (model) => {
    expect([...(dropped(model) ?? [])].sort()).toEqual(['parallel_tool_calls', 'stop']);
  });

  it.each(['gpt-4o', 'gpt-4.1-mini', 'gpt-5-chat-latest'])('that do not are given all: %s', (model) => {
    expect(dropped(model)).toEqual([]);
  });
});
