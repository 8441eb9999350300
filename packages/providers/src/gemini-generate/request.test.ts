import { describe, expect, it } from '@jest/globals';
import type { ChatRequest, ChatToolChoice } from '@trunkline/contracts';
import { buildGenerateRequest } from './request.js';

interface Built {
  path: string;
  dropped: readonly string[];
  body: {
    contents: { role: string; parts: Record<string, unknown>[] }[];
    systemInstruction?: { parts: { text: string }[] };
    tools?: { functionDeclarations: { name: string }[] }[];
    toolConfig?: { functionCallingConfig: Record<string, unknown> };
    generationConfig?: Record<string, unknown>;
  };
}

const hello = [{ role: 'user' as const, content: 'Hi' }];
const tools = ['a', 'b'].map((name) => ({ type: 'function', function: { name } }));

function build(request: Partial<ChatRequest>, model = 'gemini-3-flash-preview', maxOutputTokens = 65_536) {
  const whole = { messages: hello, ...request };
  return buildGenerateRequest({
    request: whole,
    model,
    stream: false,
    outputTokenLimit: null,
    maxOutputTokens,
  });
}

function built(request: Partial<ChatRequest>, model?: string): Built {
  const result = build(request, model);
  if (result.kind === 'refused') throw new Error(`refused: ${result.failure.message}`);
  const { path, dropped, body } = result.request;
  return { path, dropped, body: JSON.parse(body) as Built['body'] };
}

describe('the path', () => {
  it('has the model in it, whatever it is called', () => {
    expect(built({}, 'gemini-2.5-flash').path).toBe('/models/gemini-2.5-flash:generateContent');
    expect(built({}, '../x?y').path).toBe('/models/..%2Fx%3Fy:generateContent');
  });
});

describe('log probabilities', () => {
  it.each([
    [
      { logprobs: true, top_logprobs: 3 },
      { responseLogprobs: true, logprobs: 3 },
    ],
    [{ logprobs: true, top_logprobs: 0 }, { responseLogprobs: true }],
    [{ logprobs: false }, undefined],
  ])("%j are asked for in Gemini's words", (request, config) => {
    const { body, dropped } = built(request, 'gemini-2.5-flash');
    expect([body.generationConfig, dropped]).toEqual([config, []]);
  });

  it('are not asked for of models that refuse it, and are told', () => {
    const { body, dropped } = built({ logprobs: true, top_logprobs: 3 }, 'gemini-3-flash-preview');
    expect([body.generationConfig, dropped]).toEqual([undefined, ['logprobs', 'top_logprobs']]);
  });
});

describe('thinking', () => {
  it.each([
    ['gemini-2.5-flash', { reasoning_effort: 'none' }, { thinkingBudget: 0 }, []],
    ['gemini-2.5-pro', { reasoning_effort: 'none' }, { thinkingBudget: 128 }, ['reasoning_effort']],
    ['gemini-2.5-pro', { reasoning: { max_tokens: 50 } }, { thinkingBudget: 128, includeThoughts: true }, []],
    [
      'gemini-2.5-flash-lite',
      { reasoning: { max_tokens: 5 } },
      { thinkingBudget: 512, includeThoughts: true },
      [],
    ],
    [
      'gemini-3-flash-preview',
      { reasoning: { enabled: false } },
      { thinkingLevel: 'minimal' },
      ['reasoning'],
    ],
    [
      'gemini-3.1-pro-preview',
      { reasoning_effort: 'minimal' },
      { thinkingLevel: 'low', includeThoughts: true },
      ['reasoning_effort'],
    ],
    [
      'gemini-3-pro-preview',
      { reasoning_effort: 'medium' },
      { thinkingLevel: 'high', includeThoughts: true },
      ['reasoning_effort'],
    ],
    [
      'gemini-3.1-pro-preview',
      { reasoning_effort: 'medium' },
      { thinkingLevel: 'medium', includeThoughts: true },
      [],
    ],
    [
      'gemini-3-flash-preview',
      { reasoning: { effort: 'xhigh', exclude: true } },
      { thinkingLevel: 'high', includeThoughts: false },
      ['reasoning.effort'],
    ],
    ['gemini-3-flash-preview', { reasoning: { enabled: true } }, { includeThoughts: true }, []],
    ['gemini-2.0-flash', { reasoning_effort: 'high' }, undefined, ['reasoning_effort']],
    ['gemma-2-27b-it', { reasoning_effort: 'high' }, undefined, ['reasoning_effort']],
  ])('of %s with %j', (model, request, thinkingConfig, dropped) => {
    const { body, dropped: told } = built(request, model);
    expect(body.generationConfig?.['thinkingConfig']).toEqual(thinkingConfig);
    expect(told).toEqual(dropped);
  });
});

describe('signatures', () => {
  const call = (id: string) => ({ id, type: 'function' as const, function: { name: 'a', arguments: '{}' } });
  const result = (id: string) => ({ role: 'tool' as const, tool_call_id: id, content: 'x' });
  const signed = (data: string, id: string | null, format = 'google-gemini-v1') => ({
    type: 'reasoning.encrypted' as const,
    ...{ data, id, format },
  });

  it('stand with the parts that they came with', () => {
    const { body } = built({
      messages: [
        ...hello,
        {
          role: 'assistant',
          content: 'Let me look.',
          tool_calls: [call('1'), call('2')],
          reasoning_details: [
            { type: 'reasoning.text', text: 'Hm', index: 0 },
            {
              type: 'reasoning.text',
              text: 'm.',
              signature: 'of thought',
              format: 'google-gemini-v1',
              index: 0,
            },
            signed('of text', null),
            signed('of call', '1'),
            signed('of another model', '2', 'openai-responses-v1'),
          ],
        },
        result('1'),
        result('2'),
      ],
    });
    expect(body.contents[1]?.parts).toEqual([
      { text: 'Hmm.', thought: true, thoughtSignature: 'of thought' },
      { text: 'Let me look.', thoughtSignature: 'of text' },
      { functionCall: { id: '1', name: 'a', args: {} }, thoughtSignature: 'of call' },
      { functionCall: { id: '2', name: 'a', args: {} } },
    ]);
  });

  it('have a stand-in where another model made the call, from Gemini 3 on', () => {
    const messages: ChatRequest['messages'] = [
      ...hello,
      { role: 'assistant', content: null, tool_calls: [call('1'), call('2')] },
      result('1'),
      result('2'),
    ];
    const signatures = (model: string) =>
      built({ messages }, model).body.contents[1]?.parts.map((part) => part['thoughtSignature']);
    expect(signatures('gemini-3-flash-preview')).toEqual(['skip_thought_signature_validator', undefined]);
    expect(signatures('gemini-2.5-flash')).toEqual([undefined, undefined]);
  });

  it('of a text that was empty have a part of their own', () => {
    const message = { role: 'assistant' as const, content: '', reasoning_details: [signed('s', null)] };
    const { body } = built({ messages: [...hello, message, ...hello] });
    expect(body.contents[1]?.parts).toEqual([{ text: '', thoughtSignature: 's' }]);
  });
});

describe('messages', () => {
  it('that are instructions alone become the conversation', () => {
    const { body } = built({ messages: [{ role: 'system', content: 'Sing.' }] });
    expect(body).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Sing.' }] }] });
  });

  it('have their instructions in front where the model takes none beside them', () => {
    const { body } = built({ messages: [{ role: 'system', content: 'Sing.' }, ...hello] }, 'gemma-2-27b-it');
    expect(body).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Sing.' }, { text: 'Hi' }] }] });
  });

  it('bring media by their bytes, and from the web by their address', () => {
    const { body } = built({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:image/jpg;base64,AA==' } },
            { type: 'image_url', image_url: { url: 'https://example.test/a.webp?x=1' } },
            { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } },
            { type: 'file', file: { file_data: 'data:application/pdf;base64,AA==' } },
          ],
        },
      ],
    });
    expect(body.contents[0]?.parts).toEqual([
      { inlineData: { mimeType: 'image/jpeg', data: 'AA==' } },
      { fileData: { mimeType: 'image/webp', fileUri: 'https://example.test/a.webp?x=1' } },
      { inlineData: { mimeType: 'audio/wav', data: 'AA==' } },
      { inlineData: { mimeType: 'application/pdf', data: 'AA==' } },
    ]);
  });

  it.each([
    [
      'messages[0].content[0].image_url.url',
      [{ type: 'image_url', image_url: { url: 'http://example.test/a' } }],
    ],
    ['messages[0].content[0].file.file_data', [{ type: 'file', file: { filename: 'a.pdf' } }]],
  ])('are refused at %s', (param, content) => {
    const messages = [{ role: 'user', content }] as unknown as ChatRequest['messages'];
    expect(build({ messages })).toMatchObject({ kind: 'refused', failure: { param } });
  });
});

describe('tools and schemas', () => {
  it.each([
    ['none', { mode: 'NONE' }, ['a', 'b']],
    ['required', { mode: 'ANY' }, ['a', 'b']],
    [{ type: 'function', function: { name: 'b' } }, { mode: 'ANY', allowedFunctionNames: ['b'] }, ['a', 'b']],
    [
      { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [{ function: { name: 'a' } }] } },
      { mode: 'AUTO' },
      ['a'],
    ],
  ])('with the choice %j', (choice, config, names) => {
    const { body, dropped } = built({ tools, tool_choice: choice as ChatToolChoice });
    expect(body.toolConfig?.functionCallingConfig).toEqual(config);
    expect(body.tools?.[0]?.functionDeclarations.map(({ name }) => name)).toEqual(names);
    expect(dropped.includes('tools[1]')).toBe(!names.includes('b'));
  });

  it('send no choice where there is no function', () => {
    const { body, dropped } = built({ tools: [{ type: 'file_search' }], tool_choice: 'required' });
    expect(body).not.toHaveProperty('toolConfig');
    expect(dropped).toEqual(['tools[0]']);
  });

  it('are told in words where an older model takes not both', () => {
    const schema = { type: 'object', properties: { a: { type: 'string', format: 'email' } } };
    const response_format = { type: 'json_schema' as const, json_schema: { name: 'x', schema } };
    const newer = built({ tools, response_format });
    expect(newer.body.generationConfig).toMatchObject({ responseMimeType: 'application/json' });
    expect(newer.dropped).toEqual(['response_format.json_schema.schema.format']);
    const older = built({ tools, response_format }, 'gemini-2.5-flash');
    expect(older.body).not.toHaveProperty('generationConfig');
    expect(older.body.systemInstruction?.parts[0]?.text).toContain('"email"');
    expect(older.dropped).toEqual(['response_format.json_schema']);
  });
});

describe('limits', () => {
  it('never go over the model', () => {
    const { body, dropped } = built({ max_tokens: 100_000, stop: ['1', '2', '3', '4', '5', '6'] });
    expect(body.generationConfig).toEqual({
      maxOutputTokens: 65_536,
      stopSequences: ['1', '2', '3', '4', '5'],
    });
    expect([...dropped].sort()).toEqual(['max_tokens', 'stop']);
  });
});

describe('results of calls', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['[1]', { result: '[1]' }],
    ['{"a":{"$ref":"#/b"}}', { result: '{"a":{"$ref":"#/b"}}' }],
  ])('%s are an object, without what reads as a reference', (content, response) => {
    const call = { id: 'c', type: 'function' as const, function: { name: 'a', arguments: '{}' } };
    const { body } = built({
      tools,
      messages: [
        ...hello,
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c', content },
      ],
    });
    expect(body.contents.at(-1)?.parts).toEqual([{ functionResponse: { id: 'c', name: 'a', response } }]);
  });
});

describe('what clients of other dialects say', () => {
  const called = (...ids: string[]) => ({
    role: 'assistant' as const,
    content: null,
    tool_calls: ids.map((id) => ({
      id,
      type: 'function' as const,
      function: { name: 'f', arguments: '{}' },
    })),
  });
  const gave = (id: string, content: string, more: Record<string, unknown> = {}) => ({
    role: 'tool' as const,
    tool_call_id: id,
    content,
    ...more,
  });
  const responses = (messages: ChatRequest['messages']) =>
    built({ messages })
      .body.contents.flatMap(({ parts }) => parts)
      .flatMap(({ functionResponse }) => (functionResponse ? [functionResponse] : []));

  it('that a tool failed stands in its result', () => {
    const messages = [...hello, called('a'), gave('a', 'No such file', { is_error: true })];
    expect(responses(messages)).toEqual([{ id: 'a', name: 'f', response: { error: 'No such file' } }]);
  });

  it('results stand in the order of their calls, whose turn it is', () => {
    const messages = [
      ...hello,
      called('a', 'b', 'c'),
      gave('c', '3'),
      gave('a', '1'),
      gave('b', '2'),
      called('a', 'd'),
      gave('d', '5'),
      gave('a', '4'),
    ];
    expect(responses(messages)).toMatchObject(
      ['1', '2', '3', '4', '5'].map((result) => ({ response: { result } })),
    );
  });

  it.each([
    ['gemini-2.5-flash', undefined, { mode: 'VALIDATED' }, []],
    ['gemini-2.5-flash', 'auto', { mode: 'VALIDATED' }, []],
    ['gemini-2.5-flash', 'required', { mode: 'ANY' }, []],
    ['gemini-2.0-flash', undefined, undefined, ['tools[0].function.strict']],
  ])('strict functions hold %s to their schemas with the choice %s', (model, choice, config, lost) => {
    const { body, dropped } = built(
      {
        tools: [{ type: 'function', function: { name: 'a', strict: true } }],
        ...(choice ? { tool_choice: choice as ChatToolChoice } : {}),
      },
      model,
    );
    expect([body.toolConfig?.functionCallingConfig, dropped]).toEqual([config, lost]);
  });

  it.each([
    [['low'], 'MEDIA_RESOLUTION_LOW'],
    [['high', 'high'], 'MEDIA_RESOLUTION_HIGH'],
    [['high', 'low'], undefined],
    [['high', undefined], undefined],
    [['original'], undefined],
  ])('images of detail %j are looked at so where all are alike', (details, resolution) => {
    const url = 'data:image/png;base64,aGk=';
    const content = details.map((detail) => ({
      type: 'image_url' as const,
      image_url: { url, ...(detail ? { detail } : {}) },
    }));
    const { body } = built({ messages: [{ role: 'user', content }] });
    expect(body.generationConfig?.['mediaResolution']).toBe(resolution);
  });

  it('name and description of a schema are its own', () => {
    const schema = { type: 'object', description: 'Of a city', properties: { a: { type: 'string' } } };
    const format = { name: 'Weather', description: 'What it is like', schema };
    expect(
      built({ response_format: { type: 'json_schema', json_schema: format } }).body.generationConfig,
    ).toMatchObject({ responseSchema: { title: 'Weather', description: 'What it is like\nOf a city' } });
  });
});
