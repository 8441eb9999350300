import { describe, expect, it } from '@jest/globals';
import type { ChatRequest, ChatToolChoice } from '@trunkline/contracts';
import { buildMessagesRequest } from './request.js';

type Body = Record<string, unknown> & { messages: { role: string; content: unknown }[]; system?: unknown[] };

function build(
  request: Partial<ChatRequest>,
  model = 'claude-sonnet-4-5',
  maxOutputTokens: number | null = 64_000,
) {
  const built = buildMessagesRequest({
    request: { model: 'a/b', messages: [{ role: 'user', content: 'Hi' }], ...request },
    model,
    stream: false,
    outputTokenLimit: null,
    maxOutputTokens,
  });
  if (built.kind === 'refused') throw new Error(built.failure.param ?? 'refused');
  return {
    body: JSON.parse(built.request.body) as Body,
    dropped: built.request.dropped,
    headers: built.request.headers,
  };
}

const tools: ChatRequest['tools'] = [
  { type: 'function', function: { name: 'f', parameters: { type: 'object' } } },
];
const thinking = {
  type: 'reasoning.text' as const,
  text: 'hm',
  signature: 'sig',
  format: 'anthropic-claude-v1',
  index: 0,
};

describe('a request in the form of Anthropic', () => {
  it('has the version header and a token limit always', () => {
    expect(build({}).headers).toMatchObject({ 'anthropic-version': '2023-06-01' });
    expect(build({}).body['max_tokens']).toBe(64_000);
    expect(build({}, 'claude-3-haiku-20240307', null).body['max_tokens']).toBe(4096);
    const over = build({ max_tokens: 100_000 });
    expect([over.body['max_tokens'], over.dropped]).toEqual([64_000, ['max_tokens']]);
  });

  it('moves system and developer text to the top in their order', () => {
    const { body } = build({
      messages: [
        { role: 'system', content: 'one' },
        { role: 'user', content: 'Hi' },
        { role: 'developer', content: [{ type: 'text', text: 'two' }] },
      ],
    });
    expect(body.system).toEqual([
      { type: 'text', text: 'one' },
      { type: 'text', text: 'two' },
    ]);
    expect(body.messages).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it('keeps calls and results of a turn together, thinking first and unchanged', () => {
    const call = (id: string, args: string) => ({
      id,
      type: 'function' as const,
      function: { name: 'f', arguments: args },
    });
    const { body } = build({
      messages: [
        { role: 'user', content: 'Hi' },
        {
          role: 'assistant',
          content: 'Wait.',
          reasoning_details: [
            { ...thinking, text: 'h', signature: null },
            { ...thinking, text: 'm', signature: 'sig' },
            { type: 'reasoning.encrypted', data: 'opaque', format: 'anthropic-claude-v1', index: 1 },
            {
              type: 'reasoning.text',
              text: 'of another maker',
              signature: 'x',
              format: 'google-gemini-v1',
              index: 2,
            },
          ],
          tool_calls: [call('call:1', '{"a":1}'), call('call_2', ''), call('call_3', '{"cut')],
        },
        { role: 'tool', tool_call_id: 'call:1', content: 'ok' },
        { role: 'tool', tool_call_id: 'call_2', content: [{ type: 'text', text: 'fine' }] },
        { role: 'user', content: 'Go on' },
      ],
    });
    expect(body.messages.slice(1)).toEqual([
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm', signature: 'sig' },
          { type: 'redacted_thinking', data: 'opaque' },
          { type: 'text', text: 'Wait.' },
          { type: 'tool_use', id: 'call_1', name: 'f', input: { a: 1 } },
          { type: 'tool_use', id: 'call_2', name: 'f', input: {} },
          { type: 'tool_use', id: 'call_3', name: 'f', input: { raw_arguments: '{"cut' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'call_1', content: 'ok' },
          { type: 'tool_result', tool_use_id: 'call_2', content: [{ type: 'text', text: 'fine' }] },
        ],
      },
      { role: 'user', content: 'Go on' },
    ]);
  });

  it('leaves out what is refused: empty texts, turns of thinking alone, white space at the end of a begun answer', () => {
    const { body } = build({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: ' ' },
            { type: 'text', text: 'Hi' },
          ],
        },
        { role: 'assistant', content: '', reasoning_details: [thinking] },
        { role: 'assistant', content: 'Once upon \n' },
      ],
    });
    expect(body.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Once upon' }] },
    ]);
  });

  it('takes the older form of functions', () => {
    const { body } = build({
      functions: [{ name: 'f' }],
      function_call: { name: 'f' },
      messages: [
        { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
        { role: 'function', name: 'f', content: 'ok' },
      ],
    });
    expect(body['tools']).toEqual([{ name: 'f', input_schema: { type: 'object', properties: {} } }]);
    expect(body['tool_choice']).toEqual({ type: 'tool', name: 'f' });
    expect(body.messages).toEqual([
      { role: 'assistant', content: [{ type: 'tool_use', id: 'function_call_1', name: 'f', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'function_call_1', content: 'ok' }] },
    ]);
  });

  it.each([
    ['auto', { type: 'auto' }],
    ['none', { type: 'none' }],
    ['required', { type: 'any' }],
    [
      { type: 'function', function: { name: 'f' } },
      { type: 'tool', name: 'f' },
    ],
    [
      {
        type: 'allowed_tools',
        allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'f' } }] },
      },
      { type: 'any' },
    ],
  ])('says the tool choice %j', (choice, expected) => {
    expect(build({ tools, tool_choice: choice as ChatToolChoice }).body['tool_choice']).toEqual(expected);
  });

  it('offers only the allowed tools', () => {
    const two = [...(tools ?? []), { type: 'function', function: { name: 'g' } }];
    const choice = {
      type: 'allowed_tools',
      allowed_tools: { mode: 'auto', tools: [{ function: { name: 'g' } }] },
    };
    const { body, dropped } = build({ tools: two, tool_choice: choice });
    expect(body['tools']).toEqual([{ name: 'g', input_schema: { type: 'object', properties: {} } }]);
    expect(dropped).toContain('tools[0]');
  });

  it('sends images and documents as blocks, and refuses what Claude cannot see', () => {
    const content = (part: object) =>
      ({ messages: [{ role: 'user', content: [part] }] }) as Partial<ChatRequest>;
    const image = (url: string) => content({ type: 'image_url', image_url: { url } });
    expect(build(image('https://example.com/a.png')).body.messages[0]?.content).toEqual([
      { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
    ]);
    expect(build(image('data:image/jpg;base64,AA==')).body.messages[0]?.content).toEqual([
      { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: 'AA==' } },
    ]);
    const file = { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' };
    expect(build(content({ type: 'file', file })).body.messages[0]?.content).toEqual([
      {
        type: 'document',
        source: { type: 'base64', media_type: 'application/pdf', data: 'AA==' },
        title: 'a.pdf',
      },
    ]);
    expect(() => build(image('data:image/tiff;base64,AA=='))).toThrow('messages[0].content[0].image_url.url');
    expect(() => build(image('data:,not base64'))).toThrow('messages[0].content[0].image_url.url');
    const audio = { type: 'input_audio', input_audio: { data: 'AA', format: 'wav' } };
    expect(() => build(content(audio))).toThrow('messages[0].content[0]');
  });

  it('keeps cache marks of calls, and that of a message on its last block', () => {
    const mark = { cache_control: { type: 'ephemeral' as const } };
    const call = { id: 'a', type: 'function' as const, function: { name: 'f', arguments: '{}' } };
    const blocksOf = (message: object) => {
      const result = { role: 'tool' as const, tool_call_id: 'a', content: '1' };
      const turn = { role: 'assistant' as const, content: 'x', tool_calls: [call], ...message };
      return build({ messages: [{ role: 'user', content: 'hi' }, turn, result] }).body.messages[1]?.content;
    };
    const marked = [
      { type: 'text', text: 'x' },
      { type: 'tool_use', id: 'a', name: 'f', input: {}, ...mark },
    ];
    expect(blocksOf({ tool_calls: [{ ...call, ...mark }] })).toEqual(marked);
    expect(blocksOf(mark)).toEqual(marked);
  });

  it('keeps cache marks, the last four of them', () => {
    const mark = { cache_control: { type: 'ephemeral' as const } };
    const part = (text: string) => ({ type: 'text' as const, text, ...mark });
    const { body, dropped } = build({
      tools: [{ type: 'function', function: { name: 'f' }, ...mark }],
      messages: [
        { role: 'system', content: [part('s')] },
        { role: 'user', content: [part('a'), part('b'), part('c')] },
      ],
    });
    expect(JSON.stringify(body).match(/"cache_control":\{"type":"ephemeral"\}/g)).toHaveLength(4);
    expect(JSON.stringify(body['tools'])).not.toContain('cache_control');
    expect(dropped).toEqual(['cache_control']);
  });

  it('asks for JSON by schema where the model can, closed and without what is refused, else in words', () => {
    const schema = {
      type: 'object',
      properties: { age: { type: 'integer', minimum: 0 }, enum: { type: 'string', enum: ['a'] } },
    };
    const format: Partial<ChatRequest> = {
      response_format: { type: 'json_schema', json_schema: { name: 'n', description: 'A person', schema } },
    };
    expect(build(format).body['output_config']).toEqual({
      format: {
        type: 'json_schema',
        schema: {
          title: 'n',
          description: 'A person',
          type: 'object',
          properties: {
            age: { type: 'integer', description: '{minimum: 0}' },
            enum: { type: 'string', enum: ['a'] },
          },
          additionalProperties: false,
        },
      },
    });
    const older = build(format, 'claude-sonnet-4-20250514');
    expect(older.body).not.toHaveProperty('output_config');
    expect(JSON.stringify(older.body.system)).toContain('JSON schema');
    expect(older.dropped).toEqual(['response_format.json_schema']);
  });
});

describe('thinking', () => {
  const wish = (effort: string): Partial<ChatRequest> => ({ reasoning_effort: effort });

  it.each([
    [
      { type: 'enabled', budget_tokens: 2000 },
      'claude-sonnet-4-5',
      { type: 'enabled', budget_tokens: 2000 },
      [],
    ],
    [{ type: 'disabled' }, 'claude-sonnet-4-5', { type: 'disabled' }, []],
    [{ type: 'enabled' }, 'claude-sonnet-4-5', { type: 'enabled', budget_tokens: 5000 }, []],
    [
      { type: 'enabled', clear_thinking: false },
      'claude-opus-4-8',
      { type: 'adaptive', display: 'summarized' },
      ['thinking.clear_thinking'],
    ],
    [{ clear_thinking: false }, 'claude-sonnet-4-5', undefined, ['thinking.clear_thinking']],
  ])(
    'is said in Claude’s words, whoever’s words it came in: %j for %s',
    (thinking, model, written, dropped) => {
      const built = build({ thinking, max_tokens: 10_000 }, model);
      expect([built.body['thinking'], built.dropped]).toEqual([written, dropped]);
    },
  );

  it('that came in another maker’s words is told as it was called where it cannot be', () => {
    const tight = build({ thinking: { type: 'enabled' }, max_tokens: 32 });
    expect([tight.body['thinking'], tight.dropped]).toEqual([undefined, ['thinking']]);
  });

  it('has a budget from effort or tokens where the model takes one, with room for the answer', () => {
    expect(build({ ...wish('low'), max_tokens: 10_000 }).body['thinking']).toEqual({
      type: 'enabled',
      budget_tokens: 2000,
    });
    expect(build({ reasoning: { max_tokens: 3000 } }).body['thinking']).toEqual({
      type: 'enabled',
      budget_tokens: 3000,
    });
    expect(build({ reasoning: { max_tokens: 10 } }).body['thinking']).toEqual({
      type: 'enabled',
      budget_tokens: 1024,
    });
    const tight = build({ ...wish('high'), max_tokens: 500 });
    expect([tight.body['thinking'], tight.dropped]).toEqual([undefined, ['reasoning']]);
    expect(build(wish('constructor')).body['thinking']).toEqual({ type: 'enabled', budget_tokens: 32_000 });
  });

  it.each([
    { reasoning: { effort: 'high', exclude: true } },
    { reasoning: { effort: 'high' }, include_reasoning: false },
  ])('is not shown to who does not want to see it: %j', (request) => {
    expect(build(request, 'claude-opus-4-8').body['thinking']).toEqual({
      type: 'adaptive',
      display: 'omitted',
    });
  });

  it('is adaptive with an effort on newer models, and can be switched off on most', () => {
    expect(build(wish('high'), 'claude-opus-4-8').body).toMatchObject({
      thinking: { type: 'adaptive' },
      output_config: { effort: 'high' },
    });
    expect(build(wish('none'), 'claude-sonnet-5').body['thinking']).toEqual({ type: 'disabled' });
    const always = build(wish('none'), 'claude-opus-5-5');
    expect([always.body['thinking'], always.dropped]).toEqual([undefined, ['reasoning']]);
    expect(build(wish('xhigh'), 'claude-opus-4-6').body['output_config']).toEqual({ effort: 'high' });
  });

  it('is not asked of models that cannot', () => {
    const { body, dropped } = build(wish('high'), 'claude-3-5-haiku-latest');
    expect([body['thinking'], dropped]).toEqual([undefined, ['reasoning']]);
  });

  it('gives way to a forced tool choice, but where it cannot be switched off', () => {
    const forced: Partial<ChatRequest> = { tools, tool_choice: 'required', ...wish('high') };
    const older = build(forced);
    expect([older.body['thinking'], older.body['tool_choice'], older.dropped]).toEqual([
      undefined,
      { type: 'any' },
      ['reasoning'],
    ]);
    expect(build(forced, 'claude-sonnet-5').body['thinking']).toEqual({ type: 'disabled' });
    const always = build(forced, 'claude-opus-5-5');
    expect([always.body['tool_choice'], always.dropped]).toEqual([{ type: 'auto' }, ['tool_choice']]);
    expect(build(forced, 'claude-fable-5').body['tool_choice']).toEqual({ type: 'auto' });
  });

  it("is left out where the turn that is answered has none of Claude's", () => {
    const messages: ChatRequest['messages'] = [
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'a', content: 'ok' },
    ];
    expect(build({ messages, tools, ...wish('low') }).dropped).toEqual(['reasoning']);
    expect(build({ messages, tools, ...wish('low') }, 'claude-opus-4-8').body['thinking']).toMatchObject({
      type: 'adaptive',
    });
  });

  it('takes no samplers beside it, and newer models take none at all', () => {
    const samplers = { temperature: 0.5, top_p: 0.9, top_k: 5 };
    expect(build({ ...samplers, ...wish('high') }).dropped).toEqual(['temperature', 'top_p', 'top_k']);
    expect(build(samplers, 'claude-sonnet-5').dropped).toEqual(['temperature', 'top_p', 'top_k']);
    expect(build({ temperature: 0.5, top_k: 5 }).body).toMatchObject({ temperature: 0.5, top_k: 5 });
    expect(build({ top_p: 0.9 }).body).toMatchObject({ top_p: 0.9 });
    expect(build({ temperature: 1, top_p: 1 }, 'claude-sonnet-5').dropped).toEqual([]);
  });
});

describe('a conversation as Claude takes it', () => {
  const call = (id: string) => ({
    role: 'assistant' as const,
    content: null,
    tool_calls: [{ id, type: 'function' as const, function: { name: 'f', arguments: '{}' } }],
  });
  const result = (id: string, content: string) => ({ role: 'tool' as const, tool_call_id: id, content });
  const hi = { role: 'user' as const, content: 'Hi' };

  it('has each id once, where a model counted its calls anew in every turn', () => {
    const messages = [hi, call('f:0'), result('f:0', 'one'), call('f:0'), result('f:0', 'two')];
    const { body } = build({ tools, messages });
    expect(body.messages.slice(1)).toMatchObject([
      { content: [{ id: 'f_0' }] },
      { content: [{ tool_use_id: 'f_0', content: 'one' }] },
      { content: [{ id: 'f_0_2' }] },
      { content: [{ tool_use_id: 'f_0_2', content: 'two' }] },
    ]);
  });

  it('has one result for a call, with all that was said of it', () => {
    const { body } = build({ tools, messages: [hi, call('a'), result('a', 'one'), result('a', 'two')] });
    const content = [
      { type: 'text', text: 'one' },
      { type: 'text', text: 'two' },
    ];
    expect(body.messages.at(-1)?.content).toEqual([{ type: 'tool_result', tool_use_id: 'a', content }]);
  });

  it('has something to answer where there are instructions alone', () => {
    const { body } = build({ messages: [{ role: 'system', content: 'Say hi' }] });
    expect(body.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'Say hi' }] }]);
    expect(body).not.toHaveProperty('system');
  });

  it.each([
    ['claude-sonnet-4-5', {}, 'assistant'],
    ['claude-sonnet-4-5', { reasoning: { enabled: true } }, 'user'],
    ['claude-opus-4-6', {}, 'user'],
    ['claude-sonnet-5', {}, 'user'],
  ])('ends with an answer that was begun only where %s goes on with it, given %j', (model, more, role) => {
    const messages = [hi, { role: 'assistant' as const, content: 'The answer' }];
    expect(build({ messages, ...more }, model).body.messages.at(-1)?.role).toBe(role);
  });
});

describe('what clients of OpenAI say otherwise', () => {
  it.each([
    ['text/csv', 'x,y'],
    ['text/markdown', '# x'],
    ['application/json', '{}'],
  ])('a file of %s is a document of text', (type, text) => {
    const data = `data:${type};base64,${Buffer.from(text).toString('base64')}`;
    const { body } = build({
      messages: [{ role: 'user', content: [{ type: 'file', file: { filename: 'f', file_data: data } }] }],
    });
    const source = { type: 'text', media_type: 'text/plain', data: text };
    expect(body.messages[0]?.content).toEqual([{ type: 'document', source, title: 'f' }]);
  });

  it('a safety identifier is the newer name of the user', () => {
    expect(build({ safety_identifier: 's' }).body['metadata']).toEqual({ user_id: 's' });
    const both = build({ safety_identifier: 's', user: 'u' });
    expect([both.body['metadata'], both.dropped]).toEqual([{ user_id: 'u' }, ['safety_identifier']]);
  });

  it('strictness is told where the model knows none', () => {
    const strict: Partial<ChatRequest> = {
      tools: [{ type: 'function', function: { name: 'f', strict: true } }],
    };
    expect(build(strict, 'claude-3-5-haiku-20241022').dropped).toEqual(['tools[0].function.strict']);
    expect(build(strict).dropped).toEqual([]);
  });

  it.each([
    [{ reasoning: { max_tokens: 2000, exclude: true } }, 'claude-sonnet-4-5', 'omitted'],
    [{ reasoning: { max_tokens: 2000 }, include_reasoning: false }, 'claude-sonnet-4-5', 'omitted'],
    [{ reasoning: { max_tokens: 2000 } }, 'claude-sonnet-4-5', undefined],
    [{ reasoning: { effort: 'high', exclude: true } }, 'claude-opus-4-8', 'omitted'],
  ])('thoughts that are not to be shown are not: %j to %s', (request, model, display) => {
    const { thinking } = build(request, model).body as { thinking?: { display?: string } };
    expect(thinking?.display).toBe(display);
  });
});
