import { describe, expect, it } from '@jest/globals';
import type { ChatMessage, ChatRequest } from '@trunkline/contracts';
import type { ChatCall } from '../../types.js';
import { buildConverseRequest, unsupportedParameters } from './request.js';

const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const NEWEST_CLAUDE = 'global.anthropic.claude-opus-4-8';
const NOVA = 'amazon.nova-lite-v1:0';
const NOVA_2 = 'us.amazon.nova-2-lite-v1:0';
const LLAMA = 'us.meta.llama3-3-70b-instruct-v1:0';
const MISTRAL = 'mistral.mistral-large-3-675b-instruct';
const GPT_OSS = 'openai.gpt-oss-120b-1:0';

type Body = Record<string, unknown> & { messages: { role: string; content: Record<string, unknown>[] }[] };

const hi: ChatMessage = { role: 'user', content: 'Hi' };
const called: ChatMessage[] = [
  hi,
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'call_1', function: { name: 'now', arguments: '{}' } }],
  },
  { role: 'tool', tool_call_id: 'call_1', content: 'noon' },
];
const tools = [
  { type: 'function', function: { name: 'now' } },
  { type: 'function', function: { name: 'later' } },
];

function build(request: Partial<ChatRequest>, model = CLAUDE, call: Partial<ChatCall> = {}) {
  return buildConverseRequest({
    request: { messages: [hi], ...request },
    model,
    stream: false,
    outputTokenLimit: null,
    maxOutputTokens: 8_000,
    ...call,
  });
}
function write(
  request: Partial<ChatRequest>,
  model = CLAUDE,
  call: Partial<ChatCall> = {},
): { body: Body; dropped: readonly string[]; path: string } {
  const built = build(request, model, call);
  if (built.kind === 'refused') throw new Error(built.failure.message);
  const { body, dropped, path } = built.request;
  return { body: JSON.parse(body) as Body, dropped, path };
}
const contents = (request: Partial<ChatRequest>, model = CLAUDE) =>
  write(request, model).body.messages.map(({ role, content }) => [role, ...content]);
const refusalOf = (request: Partial<ChatRequest>, model = CLAUDE) => {
  const built = build(request, model);
  return built.kind === 'refused' ? built.failure : null;
};

describe('the address of a Converse request', () => {
  it.each([
    [CLAUDE, '/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse'],
    [
      'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0',
      '/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.amazon.nova-lite-v1%3A0/converse',
    ],
    ['a/../b?c#d', '/model/a%2F..%2Fb%3Fc%23d/converse'],
  ])('has the model %s in one piece', (model, path) => {
    expect(write({}, model).path).toBe(path);
  });

  it.each(['openai.gpt-5.5', 'global.openai.gpt-6-astra', '..', ''])(
    'does not exist for %s, so that another provider is asked',
    (model) => {
      expect(refusalOf({}, model)).toMatchObject({ outcome: 'model_unavailable' });
    },
  );
});

describe('turns of a Converse request', () => {
  it('joins what one side says in a row, results of parallel calls too', () => {
    const messages: ChatMessage[] = [
      hi,
      { role: 'user', content: 'Well?' },
      {
        role: 'assistant',
        tool_calls: ['a', 'b'].map((id) => ({ id, function: { name: 'now', arguments: '' } })),
      },
      { role: 'tool', tool_call_id: 'a', content: '1' },
      { role: 'tool', tool_call_id: 'b', content: '' },
      { role: 'user', content: 'Thanks' },
    ];
    expect(contents({ messages, tools })).toEqual([
      ['user', { text: 'Hi' }, { text: 'Well?' }],
      [
        'assistant',
        { toolUse: { toolUseId: 'a', name: 'now', input: {} } },
        { toolUse: { toolUseId: 'b', name: 'now', input: {} } },
      ],
      [
        'user',
        { toolResult: { toolUseId: 'a', content: [{ text: '1' }] } },
        { toolResult: { toolUseId: 'b', content: [{ text: '(empty)' }] } },
        { text: 'Thanks' },
      ],
    ]);
  });

  it('keeps results alone where the model wants that', () => {
    const roles = contents({ messages: [...called, { role: 'user', content: 'And?' }], tools }, LLAMA);
    expect(roles.map(([role]) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user']);
    expect(roles[3]).toEqual(['assistant', { text: '.' }]);
  });

  it('keeps documents, and not text, apart from results at Claude', () => {
    const file = { type: 'file', file: { file_data: 'data:application/pdf;base64,AA==' } } as const;
    const more = (content: ChatMessage['content']) =>
      contents({ messages: [...called, { role: 'user', content } as ChatMessage], tools }).length;
    expect(more('And?')).toBe(3);
    expect(more([file])).toBe(5);
  });

  it('lets the user begin where the model wants that, and never has no message', () => {
    const messages: ChatMessage[] = [{ role: 'assistant', content: 'Hello ' }];
    expect(contents({ messages }, NOVA)).toEqual([
      ['user', { text: '.' }],
      ['assistant', { text: 'Hello ' }],
    ]);
    expect(contents({ messages })).toEqual([['assistant', { text: 'Hello' }]]);
    expect(contents({ messages: [{ role: 'system', content: 'Be brief.' }] })).toEqual([
      ['user', { text: '.' }],
    ]);
  });

  it('gives Mistral the short ids that it wants, the same for call and result', () => {
    const [, assistant, result] = contents({ messages: called, tools }, MISTRAL);
    const use = assistant?.[1] as { toolUse: { toolUseId: string } } | undefined;
    const toolUseId = use?.toolUse.toolUseId;
    expect(toolUseId).toMatch(/^[a-z0-9]{9}$/);
    expect(result?.[1]).toMatchObject({ toolResult: { toolUseId } });
  });
});

describe('reasoning of earlier turns', () => {
  const details = (format: string) => [
    { type: 'reasoning.text' as const, text: 'Think', format: null, index: 0 },
    { type: 'reasoning.text' as const, signature: 'c2ln', format, index: 0 },
    { type: 'reasoning.encrypted' as const, data: 'EqRedacted==', format, index: 1 },
  ];
  const sent = (format: string, model: string) =>
    contents(
      { messages: [hi, { role: 'assistant', content: 'So', reasoning_details: details(format) }, hi] },
      model,
    )[1];

  it("goes back to Claude byte for byte, also where Anthropic's own interface made it", () => {
    expect(sent('anthropic-claude-v1', CLAUDE)).toEqual([
      'assistant',
      { reasoningContent: { reasoningText: { text: 'Think', signature: 'c2ln' } } },
      { reasoningContent: { redactedContent: Buffer.from('EqRedacted==').toString('base64') } },
      { text: 'So' },
    ]);
  });

  it('goes to its own maker alone', () => {
    expect(sent('google-gemini-v1', CLAUDE)).toEqual(['assistant', { text: 'So' }]);
    expect(sent('anthropic-claude-v1', NOVA)).toEqual(['assistant', { text: 'So' }]);
    expect(sent('amazon-bedrock-deepseek-v1', 'us.deepseek.r1-v1:0')).toEqual([
      'assistant',
      { reasoningContent: { reasoningText: { text: 'Think', signature: 'c2ln' } } },
      { reasoningContent: { redactedContent: 'EqRedacted==' } },
      { text: 'So' },
    ]);
  });
});

describe('media', () => {
  it('stand in place, with formats of Amazon', () => {
    const content = [
      { type: 'image_url' as const, image_url: { url: 'data:image/jpg;base64,AA==' } },
      { type: 'input_audio' as const, input_audio: { data: 'BB==', format: 'wav' } },
      { type: 'video_url' as const, video_url: { url: 'data:video/quicktime;base64,CC==' } },
      {
        type: 'file' as const,
        file: { file_data: 'data:text/csv;base64,DD==', filename: 'Q1__sales: 2026.csv' },
      },
      {
        type: 'file' as const,
        file: { file_data: 'data:text/csv;base64,DD==', filename: 'Q1  sales  2026.csv' },
      },
    ];
    expect(contents({ messages: [{ role: 'user', content }] }, NOVA)).toEqual([
      [
        'user',
        { text: 'See what is attached.' },
        { image: { format: 'jpeg', source: { bytes: 'AA==' } } },
        { audio: { format: 'wav', source: { bytes: 'BB==' } } },
        { video: { format: 'mov', source: { bytes: 'CC==' } } },
        { document: { format: 'csv', source: { bytes: 'DD==' }, name: 'Q1 sales 2026' } },
        { document: { format: 'csv', source: { bytes: 'DD==' }, name: 'Q1 sales 2026 2' } },
      ],
    ]);
  });

  it.each([
    [{ type: 'image_url', image_url: { url: 'https://x.example/a.png' } }, 'image_url.url'],
    [{ type: 'image_url', image_url: { url: 'data:image/tiff;base64,AA==' } }, 'image_url.url'],
    [{ type: 'file', file: { file_data: 'data:application/zip;base64,AA==' } }, 'file.file_data'],
    [{ type: 'input_audio', input_audio: { data: 'AA==', format: 'amr' } }, 'input_audio.format'],
  ])('are refused by their field: %j', (part, field) => {
    const messages = [{ role: 'user', content: [part] }] as unknown as ChatMessage[];
    expect(refusalOf({ messages })).toMatchObject({
      outcome: 'invalid_request',
      param: `messages[0].content[0].${field}`,
    });
  });
});

describe('cache marks', () => {
  const mark = { type: 'ephemeral' } as const;
  const text = (said: string) => ({ type: 'text' as const, text: said, cache_control: mark });

  it('are points behind what they mark, the last four of them', () => {
    const { body, dropped } = write({
      messages: [
        { role: 'system', content: [text('s')] },
        { role: 'user', content: [text('a'), text('b')] },
        { role: 'user', content: 'c', cache_control: { type: 'ephemeral', ttl: '1h' } },
      ],
      tools: [{ ...tools[0], type: 'function', cache_control: mark }],
      cache_control: mark,
    });
    expect(dropped).toEqual(['cache_control']);
    const point = { cachePoint: { type: 'default' } };
    expect(body['system']).toEqual([{ text: 's' }, point]);
    expect(body.messages[0]?.content).toEqual([
      { text: 'a' },
      point,
      { text: 'b' },
      point,
      { text: 'c' },
      { cachePoint: { type: 'default', ttl: '1h' } },
    ]);
    expect(JSON.stringify(body['toolConfig'])).not.toContain('cachePoint');
  });

  it('stand behind calls that have them', () => {
    const call = { id: 'a', type: 'function' as const, function: { name: 'f', arguments: '{}' } };
    const [, turn] = contents({
      messages: [
        { role: 'user', content: 'x' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { ...call, cache_control: mark },
            { ...call, id: 'b' },
          ],
        },
        { role: 'tool', tool_call_id: 'a', content: '1' },
        { role: 'tool', tool_call_id: 'b', content: '2' },
      ],
    });
    expect(turn?.map((block) => (typeof block === 'string' ? block : Object.keys(block)[0]))).toEqual([
      'assistant',
      'toolUse',
      'cachePoint',
      'toolUse',
    ]);
  });

  it('stand before documents, where they are refused behind', () => {
    const file = {
      type: 'file' as const,
      file: { file_data: 'data:application/pdf;base64,AA==', filename: 'a' },
      cache_control: mark,
    };
    const [first] = contents({ messages: [{ role: 'user', content: [{ type: 'text', text: 'x' }, file] }] });
    expect(first?.map((block) => (typeof block === 'string' ? block : Object.keys(block)[0]))).toEqual([
      'user',
      'text',
      'cachePoint',
      'document',
    ]);
  });

  it('are told as dropped where the model knows none', () => {
    const { body, dropped } = write({ messages: [{ role: 'user', content: [text('a')] }] }, LLAMA);
    expect([JSON.stringify(body).includes('cachePoint'), dropped]).toEqual([false, ['cache_control']]);
  });
});

describe('tools and the choice among them', () => {
  const choice = (tool_choice: ChatRequest['tool_choice'], model = CLAUDE) => {
    const { body, dropped } = write({ tools, tool_choice: tool_choice ?? null }, model);
    const config = body['toolConfig'] as
      | { tools: { toolSpec: { name: string } }[]; toolChoice?: unknown }
      | undefined;
    return [config?.tools.map(({ toolSpec }) => toolSpec.name), config?.toolChoice, dropped];
  };
  const named = { type: 'function', function: { name: 'later' } };

  it('are forced where the model can be, in its way', () => {
    expect(choice('required')).toEqual([['now', 'later'], { any: {} }, []]);
    expect(choice(named)).toEqual([['now', 'later'], { tool: { name: 'later' } }, []]);
    expect(choice(named, MISTRAL)).toEqual([['later'], { any: {} }, ['tools[0]']]);
    expect(choice('required', LLAMA)).toEqual([['now', 'later'], undefined, ['tool_choice']]);
    expect(choice('auto')).toEqual([['now', 'later'], undefined, []]);
  });

  it('are left out for none, but not while the conversation has calls', () => {
    expect(choice('none')).toEqual([undefined, undefined, ['tools']]);
    const { body, dropped } = write({ messages: called, tools, tool_choice: 'none' });
    expect(body['toolConfig']).toMatchObject({ tools: [{}, {}] });
    expect(dropped).toEqual(['tool_choice']);
  });

  it('are those of the conversation where the request has none any more', () => {
    expect(write({ messages: called }).body['toolConfig']).toEqual({
      tools: [
        {
          toolSpec: {
            name: 'now',
            description: 'No longer available.',
            inputSchema: { json: { type: 'object', properties: {} } },
          },
        },
      ],
    });
  });

  it('say that parallel calls cannot be switched off', () => {
    expect(unsupportedParameters({ messages: [hi], tools, parallel_tool_calls: false }, CLAUDE)).toEqual([
      'parallel_tool_calls',
    ]);
  });
});

describe('thinking', () => {
  const fields = (request: Partial<ChatRequest>, model: string) => {
    const { body, dropped } = write(request, model);
    return [body['additionalModelRequestFields'], body['inferenceConfig'], dropped];
  };

  it("is asked for in each maker's words", () => {
    const reasoning_effort = 'high';
    expect(fields({ reasoning: { max_tokens: 2000 }, temperature: 0.5 }, CLAUDE)).toEqual([
      { thinking: { type: 'enabled', budget_tokens: 2000 } },
      { maxTokens: 8000 },
      ['temperature'],
    ]);
    expect(fields({ reasoning_effort }, NEWEST_CLAUDE)[0]).toEqual({
      thinking: { type: 'adaptive', display: 'summarized' },
      output_config: { effort: 'high' },
    });
    expect(fields({ reasoning_effort: 'xhigh' }, GPT_OSS)).toEqual([
      { reasoning_effort: 'high' },
      undefined,
      ['reasoning_effort'],
    ]);
    expect(fields({ reasoning_effort: 'medium' }, 'qwen.qwen3-32b-v1:0')[0]).toEqual({
      reasoning_config: 'high',
    });
    expect(fields({ reasoning_effort }, LLAMA)).toEqual([undefined, undefined, ['reasoning']]);
  });

  it('gives way to a token limit at Nova, whose highest effort takes none, nor samplers', () => {
    const nova = (request: Partial<ChatRequest>) => fields({ reasoning_effort: 'high', ...request }, NOVA_2);
    const config = (maxReasoningEffort: string) => ({
      reasoningConfig: { type: 'enabled', maxReasoningEffort },
    });
    expect(nova({ temperature: 0.2 })).toEqual([config('high'), undefined, ['temperature']]);
    expect(nova({ max_tokens: 100, temperature: 0.2 })).toEqual([
      config('medium'),
      { maxTokens: 100, temperature: 0.2 },
      ['reasoning'],
    ]);
    expect(fields({ reasoning_effort: 'none' }, NOVA_2)).toEqual([undefined, undefined, []]);
  });

  it('cannot be switched off where the model always does, which is told', () => {
    expect(fields({ reasoning_effort: 'none' }, GPT_OSS)).toEqual([undefined, undefined, ['reasoning']]);
  });

  it('does not stand beside a forced tool', () => {
    const { body, dropped } = write({ tools, tool_choice: 'required', reasoning: { max_tokens: 2000 } });
    expect(body['toolConfig']).toMatchObject({ toolChoice: { any: {} } });
    expect([body['additionalModelRequestFields'], dropped]).toEqual([undefined, ['reasoning']]);
    const always = write({ tools, tool_choice: 'required' }, 'global.anthropic.claude-opus-5-5');
    expect(always.body['toolConfig']).not.toHaveProperty('toolChoice');
    expect(always.dropped).toEqual(['tool_choice']);
  });

  it("passes in Claude's own words to Claude alone", () => {
    const thinking = { type: 'enabled', budget_tokens: 4000 };
    expect(fields({ thinking }, CLAUDE)).toEqual([{ thinking }, { maxTokens: 8000 }, []]);
    expect(fields({ thinking }, NOVA_2)).toEqual([undefined, undefined, ['thinking']]);
  });
});

describe('the form of the answer', () => {
  const format = {
    type: 'json_schema' as const,
    json_schema: { name: 'city', schema: { type: 'object', properties: { name: { type: 'string' } } } },
  };

  it('is held to a schema where the model can be, else asked for in words', () => {
    const { body } = write({ response_format: format });
    const { structure } = (
      body['outputConfig'] as { textFormat: { structure: { jsonSchema: { name: string; schema: string } } } }
    ).textFormat;
    expect(structure.jsonSchema.name).toBe('city');
    expect(JSON.parse(structure.jsonSchema.schema)).toMatchObject({
      type: 'object',
      additionalProperties: false,
    });
    const asked = write({ response_format: format }, NEWEST_CLAUDE);
    expect(JSON.stringify(asked.body['system'])).toContain('JSON schema');
    expect(asked.dropped).toEqual(['response_format.json_schema']);
    expect(
      JSON.stringify(write({ response_format: { type: 'json_object' } }, NOVA).body['system']),
    ).toContain('JSON object');
  });
});

describe('samplers and limits', () => {
  it('stand where Converse or the model has them', () => {
    const wishes = { temperature: 1.7, top_p: 0.9, top_k: 7, max_tokens: 9_000, stop: ['END', ' '] };
    const nova = write(wishes, NOVA);
    expect(nova.body['inferenceConfig']).toEqual({
      maxTokens: 8000,
      temperature: 1,
      topP: 0.9,
      stopSequences: ['END'],
    });
    expect(nova.body['additionalModelRequestFields']).toEqual({ inferenceConfig: { topK: 7 } });
    expect([...nova.dropped].sort()).toEqual(['max_tokens', 'stop', 'temperature']);
    expect(write({ top_k: 7 }, LLAMA).dropped).toEqual(['top_k']);
    expect(write({}, LLAMA).body).not.toHaveProperty('inferenceConfig');
  });

  it('are never a tier or anything that the price does not know', () => {
    const own = { serviceTier: { type: 'priority' }, performanceConfig: { latency: 'optimized' } };
    const { body, dropped } = write(own);
    expect(body).not.toHaveProperty('serviceTier');
    expect([...dropped].sort()).toEqual(['performanceConfig', 'serviceTier']);
  });
});

describe('a conversation of several turns', () => {
  it('has each id once, where a model counted its calls anew in every turn', () => {
    const { body } = write({ tools, messages: [...called, ...called.slice(1)] });
    expect(body.messages.slice(1)).toMatchObject([
      { content: [{ toolUse: { toolUseId: 'call_1' } }] },
      { content: [{ toolResult: { toolUseId: 'call_1' } }] },
      { content: [{ toolUse: { toolUseId: 'call_1_2' } }] },
      { content: [{ toolResult: { toolUseId: 'call_1_2' } }] },
    ]);
  });

  it('ends with an answer that was begun only where the model goes on with it', () => {
    const messages: ChatMessage[] = [hi, { role: 'assistant', content: 'The answer' }];
    expect(write({ messages }).body.messages.at(-1)?.role).toBe('assistant');
    expect(write({ messages }, NEWEST_CLAUDE).body.messages.at(-1)?.role).toBe('user');
    expect(write({ messages, reasoning: { enabled: true } }).body.messages.at(-1)?.role).toBe('user');
  });
});
