import { describe, expect, it } from '@jest/globals';
import type { ChatRequest, ChatToolChoice } from '@trunkline/contracts';
import { buildChatRequest } from './request.js';

function built(request: Partial<ChatRequest>, model = 'command-a-plus-05-2026') {
  const result = buildChatRequest({
    request: { messages: [{ role: 'user', content: 'Hi' }], ...request },
    model,
    stream: false,
    outputTokenLimit: null,
    maxOutputTokens: 8000,
  });
  if (result.kind === 'refused') return { refused: result.failure.param };
  const { body, dropped } = result.request;
  return { body: JSON.parse(body) as Record<string, unknown>, dropped };
}

const weather = {
  type: 'function',
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
};
const clock = { type: 'function', function: { name: 'clock' } };

describe("a request in Cohere's form", () => {
  it.each([
    ['auto', undefined, ['weather', 'clock']],
    ['none', 'NONE', ['weather', 'clock']],
    ['required', 'REQUIRED', ['weather', 'clock']],
    [{ type: 'function', function: { name: 'clock' } }, 'REQUIRED', ['clock']],
    [
      { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [{ function: { name: 'weather' } }] } },
      undefined,
      ['weather'],
    ],
  ])('says the choice %j by word and by what it offers', (choice, word, names) => {
    const { body, dropped } = built({ tools: [weather, clock], tool_choice: choice as ChatToolChoice });
    const leftOut = [weather, clock].flatMap(({ function: { name } }, i) =>
      names.includes(name) ? [] : [`tools[${i}]`],
    );
    expect((dropped ?? []).filter((field) => field.startsWith('tools['))).toEqual(leftOut);
    const tools = body?.['tools'] as { function: { name: string } }[];
    expect(body?.['tool_choice']).toBe(word);
    expect(tools.map(({ function: { name } }) => name)).toEqual(names);
  });

  it('gives older models no choice that they refuse', () => {
    const older = 'command-r-08-2024';
    expect(built({ tools: [clock], tool_choice: 'none' }, older)).toEqual({
      body: expect.not.objectContaining({ tools: expect.anything() }),
      dropped: ['tools'],
    });
    const { body, dropped } = built({ tools: [clock], tool_choice: 'required' }, older);
    expect(body).not.toHaveProperty('tool_choice');
    expect(dropped).toEqual(['tool_choice']);
  });

  it('keeps what a schema may say, and names what it lost', () => {
    const schema = {
      type: 'object',
      properties: {
        minimum: { type: 'integer', minimum: 1 },
        tags: { type: 'array', minItems: 1, items: { enum: [{ maxLength: 2 }] } },
      },
      required: ['minimum'],
    };
    expect(built({ response_format: { type: 'json_schema', json_schema: { schema } } })).toEqual({
      body: expect.objectContaining({
        response_format: {
          type: 'json_object',
          json_schema: {
            type: 'object',
            properties: {
              minimum: { type: 'integer' },
              tags: { type: 'array', items: { enum: [{ maxLength: 2 }] } },
            },
            required: ['minimum'],
          },
        },
      }),
      dropped: ['response_format.json_schema.schema.minimum', 'response_format.json_schema.schema.minItems'],
    });
  });

  it('asks for an object in words too, since the field alone may never end', () => {
    const { body } = built({ response_format: { type: 'json_object' } });
    expect(body?.['response_format']).toEqual({ type: 'json_object' });
    expect(JSON.stringify(body?.['messages'])).toContain('one JSON object');
  });

  it.each([
    [{ reasoning_effort: 'none' }, { type: 'disabled' }],
    [{ reasoning_effort: 'low' }, { type: 'enabled', token_budget: 1600 }],
    [{ reasoning_effort: 'high' }, { type: 'enabled' }],
    [{ reasoning: { max_tokens: 300 } }, { type: 'enabled', token_budget: 300 }],
    [{ thinking: { type: 'enabled', budget_tokens: 5 } }, { type: 'enabled', token_budget: 5 }],
    [{}, undefined],
  ])('says %j as %j', (wish, thinking) => {
    expect(built(wish).body?.['thinking']).toEqual(thinking);
  });

  it('tells no thinking to a model that has none, and says so where it was wished', () => {
    const model = 'command-a-03-2025';
    expect(built({ reasoning_effort: 'high' }, model)).toEqual({
      body: expect.not.objectContaining({ thinking: expect.anything() }),
      dropped: ['reasoning_effort'],
    });
    expect(built({ reasoning_effort: 'none' }, model).dropped).toEqual([]);
  });

  it('keeps samplers within the narrower ranges and says which it bent', () => {
    const samplers = { temperature: 1.4, top_p: 1, top_k: 900, presence_penalty: -1, seed: -4 };
    const { body, dropped } = built({ ...samplers, stop: ['a', 'b', 'c', 'd', 'e', 'f'] });
    expect(body).toMatchObject({ temperature: 1, p: 0.99, k: 500, presence_penalty: 0 });
    expect(body?.['stop_sequences']).toHaveLength(5);
    expect([...(dropped ?? [])].sort()).toEqual(['presence_penalty', 'seed', 'stop', 'temperature', 'top_k']);
  });

  it('refuses what would change the meaning when it is left out', () => {
    const audio = { type: 'input_audio' as const, input_audio: { data: 'AA==', format: 'wav' } };
    expect(built({ messages: [{ role: 'user', content: [audio] }] })).toEqual({
      refused: 'messages[0].content[0]',
    });
    expect(built({ n: 2 })).toEqual({ refused: 'n' });
  });
});

describe('media that Cohere has no place for', () => {
  const url = 'data:image/png;base64,aGk=';
  const calls = ['a', 'b'].map((id) => ({
    id,
    type: 'function' as const,
    function: { name: 'f', arguments: '{}' },
  }));

  it('images of results stand behind all results of the turn', () => {
    const image = { type: 'image_url' as const, image_url: { url } };
    const { body } = built({
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: null, tool_calls: calls },
        { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'shot' }, image] },
        { role: 'tool', tool_call_id: 'b', content: [image] },
      ],
    });
    const messages = (body?.['messages'] ?? []) as unknown[];
    expect(messages.slice(2)).toEqual([
      { role: 'tool', tool_call_id: 'a', content: [{ type: 'document', document: { data: 'shot' } }] },
      {
        role: 'tool',
        tool_call_id: 'b',
        content: [{ type: 'document', document: { data: '(Media of the result of tool call b)' } }],
      },
      {
        role: 'user',
        content: [
          { type: 'text', text: '(Media of the result of tool call a)' },
          image,
          { type: 'text', text: '(Media of the result of tool call b)' },
          image,
        ],
      },
    ]);
  });

  it('files of text are text, and others are refused', () => {
    const file = (data: string) => ({
      messages: [
        {
          role: 'user' as const,
          content: [{ type: 'file' as const, file: { filename: 'a "b".csv', file_data: data } }],
        },
      ],
    });
    const text = Buffer.from('x,y').toString('base64');
    expect(built(file(`data:text/csv;base64,${text}`)).body?.['messages']).toEqual([
      { role: 'user', content: [{ type: 'text', text: `<document title="a 'b'.csv">\nx,y\n</document>` }] },
    ]);
    expect(built(file('data:application/pdf;base64,AA==')).refused).toBe('messages[0].content[0]');
  });
});
