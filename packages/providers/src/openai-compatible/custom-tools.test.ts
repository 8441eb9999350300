import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '@trunkline/contracts';
import { deepseek } from '../adapters/deepseek.js';
import { openai } from '../adapters/openai.js';

const request: ChatRequest = {
  messages: [
    { role: 'user', content: 'Hi' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'patch', input: '*** "x"\n' } }],
    },
    { role: 'tool', tool_call_id: 'c', content: 'done' },
  ],
  tools: [
    {
      type: 'custom',
      custom: {
        name: 'patch',
        description: 'Edits a file',
        format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'start: x' } },
      },
    },
    { type: 'function', function: { name: 'f' } },
  ],
  tool_choice: { type: 'custom', custom: { name: 'patch' } },
};

function build(adapter: typeof openai) {
  const call = { request, model: 'm', stream: false, outputTokenLimit: null, maxOutputTokens: null };
  const built = adapter.chat?.buildRequest(call);
  if (built?.kind !== 'built') throw new Error('not built');
  return { body: JSON.parse(built.request.body) as ChatRequest, dropped: built.request.dropped };
}

describe('a custom tool', () => {
  it('is a function of one text for a provider that knows functions alone', () => {
    const { body, dropped } = build(deepseek);
    expect(body.tools).toMatchObject([
      {
        type: 'function',
        function: {
          name: 'patch',
          description: 'Edits a file',
          parameters: { properties: { input: { type: 'string' } }, required: ['input'] },
        },
      },
      { type: 'function', function: { name: 'f' } },
    ]);
    expect(body.messages[1]).toMatchObject({
      tool_calls: [
        { id: 'c', type: 'function', function: { name: 'patch', arguments: '{"input":"*** \\"x\\"\\n"}' } },
      ],
    });
    expect(body.tool_choice).toEqual({ type: 'function', function: { name: 'patch' } });
    expect(dropped).toContain('tools[0].custom.format');
  });

  it('stays what it is for one that knows it', () => {
    const { body, dropped } = build(openai);
    expect(body.tools).toEqual(request.tools);
    expect(dropped).toEqual([]);
  });
});
