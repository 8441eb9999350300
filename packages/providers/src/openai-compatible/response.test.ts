import { describe, expect, it } from '@jest/globals';
import { defineOpenAiCompatible } from './index.js';

const { chat } = defineOpenAiCompatible({ id: 'x', name: 'X', baseUrl: 'https://x.test', docsUrl: '' });

function parse(message: object, finish: string | null) {
  const choices = [{ index: 0, message, finish_reason: finish }];
  const usage = { prompt_tokens: 1, completion_tokens: 1 };
  const parsed = chat?.parseAnswer(JSON.stringify({ id: 'c', model: 'm', choices, usage }));
  return parsed?.kind === 'answer' ? parsed.answer.choices[0] : parsed;
}

const call = (id: string | null, args: unknown) => ({ id, function: { name: 'f', arguments: args } });

describe('a whole answer with calls', () => {
  it.each(['stop', null])('asks for them to be run where the provider says %j', (finish) => {
    expect(parse({ tool_calls: [call('a', '{}')] }, finish)).toMatchObject({ finish_reason: 'tool_calls' });
  });

  it('is an ordinary one where there are none', () => {
    expect(parse({ content: 'Hi', tool_calls: [] }, 'tool_calls')).toMatchObject({
      finish_reason: 'stop',
      native_finish_reason: 'tool_calls',
    });
  });

  it('has an id of its own and arguments that can be parsed for each', () => {
    const calls = [call('a', ''), call('a', { b: 1 }), call(null, null)];
    expect(parse({ tool_calls: calls }, 'tool_calls')).toMatchObject({
      message: {
        tool_calls: [
          { id: 'a', type: 'function', function: { arguments: '{}' } },
          { id: 'a_1', type: 'function', function: { arguments: '{"b":1}' } },
          { id: 'call_c_0_2', type: 'function', function: { arguments: '{}' } },
        ],
      },
    });
  });
});

describe('a choice that a filter took away', () => {
  const parsed = (choice: object) =>
    chat?.parseAnswer(
      JSON.stringify({ id: 'c', choices: [choice], usage: { prompt_tokens: 3, completion_tokens: 0 } }),
    );

  it('is an answer without words where it has no message', () => {
    expect(parsed({ index: 0, finish_reason: 'content_filter' })).toMatchObject({
      kind: 'answer',
      answer: {
        choices: [{ message: { role: 'assistant', content: null }, finish_reason: 'content_filter' }],
      },
    });
  });

  it('is malformed without a message for any other reason', () => {
    expect(parsed({ index: 0, finish_reason: 'stop' })).toMatchObject({ failure: { outcome: 'malformed' } });
  });
});
