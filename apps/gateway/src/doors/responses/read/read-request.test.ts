import { describe, expect, it } from '@jest/globals';
import { printCarriedState, type ChatRequest, type ResponseItem } from '@trunkline/contracts';
import fc from 'fast-check';
import { ownParam } from './own-param.js';
import { readRequest } from './read-request.js';

const NOTHING = new Map<string, ResponseItem>();
const read = (body: Record<string, unknown>, earlier: ResponseItem[] = []) =>
  readRequest({ model: 'm', ...body }, earlier, NOTHING);
const messagesOf = (input: unknown[], earlier: ResponseItem[] = []): ChatRequest['messages'] =>
  read({ input }, earlier).chat.messages;
const problemOf = (input: unknown[]): string | null => {
  try {
    read({ input });
    return null;
  } catch (error) {
    return (error as { param: string }).param;
  }
};

const user = { role: 'user', content: 'Hi' };
const call = (id: string) => ({ type: 'function_call', call_id: id, name: 'f', arguments: '{}' });
const result = (id: string, output: unknown = 'done') => ({
  type: 'function_call_output',
  call_id: id,
  output,
});
const said = (text: string) => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text }],
});
const thought = (text: string, state: string | null = null) => ({
  type: 'reasoning',
  id: 'rs_1',
  summary: text === '' ? [] : [{ type: 'summary_text', text }],
  encrypted_content: state,
});

describe('a conversation in items', () => {
  it('is one message for each speaker, with what the model thought and called in one', () => {
    expect(
      messagesOf([user, thought('hm'), said('Let me see.'), call('a'), call('b'), result('b'), result('a')]),
    ).toEqual([
      user,
      {
        role: 'assistant',
        content: 'Let me see.',
        reasoning_details: [{ type: 'reasoning.text', text: 'hm', index: 0 }],
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
          { id: 'b', type: 'function', function: { name: 'f', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'b', content: 'done' },
      { role: 'tool', tool_call_id: 'a', content: 'done' },
    ]);
  });

  it('has the pictures that a model drew in its turn, of any kind and from anywhere', () => {
    const png = 'iVBORw0KGgoAAAANSUhEUg==';
    const item = { type: 'image_generation_call', id: 'ig_1', status: 'completed' };
    expect(
      messagesOf([
        user,
        said('Look:'),
        { ...item, result: png, output_format: 'webp' },
        { ...item, result: null, url: 'https://e.com/a.png' },
        user,
      ]),
    ).toEqual([
      user,
      {
        role: 'assistant',
        content: 'Look:',
        images: [
          // The bytes say what it is.
          { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } },
          { type: 'image_url', image_url: { url: 'https://e.com/a.png' } },
        ],
      },
      user,
    ]);
    expect(problemOf([user, { ...item, result: '???' }])).toBe('input[1].result');
    expect(problemOf([user, { ...item, result: 'aGVsbG8=' }])).toBe('input[1].result');
    expect(problemOf([user, { ...item, result: null, url: 'http://10.0.0.1/a.png' }])).toBe('input[1].url');
  });

  it('can do without a picture that was never drawn, and not without one that is kept elsewhere', () => {
    const item = { type: 'image_generation_call', id: 'ig_1' };
    expect(read({ input: [user, { ...item, status: 'failed', result: null }] })).toMatchObject({
      needed: null,
      lost: ['input[1]'],
    });
    expect(read({ input: [user, item] })).toMatchObject({ needed: 'input[1].type', lost: [] });
  });

  it('has a result right behind its call, wherever the client put it', () => {
    const roles = messagesOf([user, call('a'), { role: 'user', content: 'Wait' }, result('a')]).map(
      ({ role }) => role,
    );
    expect(roles).toEqual(['user', 'assistant', 'tool', 'user']);
  });

  it('tells turns of the model apart, and may use an id of a call again', () => {
    const messages = messagesOf([
      said('one'),
      said('two'),
      call('a'),
      result('a'),
      call('a'),
      result('a', 'again'),
    ]);
    expect(messages.map(({ role, content }) => [role, content])).toEqual([
      ['assistant', 'one'],
      ['assistant', 'two'],
      ['tool', 'done'],
      ['assistant', null],
      ['tool', 'again'],
    ]);
  });

  it('has instructions first and the earlier response before its own items', () => {
    const { chat } = read({ instructions: 'Be brief.', input: 'And now?' }, [
      user,
      said('Hello.'),
    ] as ResponseItem[]);
    expect(chat.messages.map(({ role, content }) => [role, content])).toEqual([
      ['system', 'Be brief.'],
      ['user', 'Hi'],
      ['assistant', 'Hello.'],
      ['user', 'And now?'],
    ]);
  });

  it("brings back each provider's state, and keeps what belongs to a text or a call beside it", () => {
    const signed = printCarriedState({
      kind: 'signature',
      format: 'claude',
      data: 'sig',
      id: null,
      index: 0,
    });
    const ofCall = printCarriedState({ kind: 'encrypted', format: 'gemini', data: 'g', id: 'a', index: 3 });
    const messages = messagesOf([
      user,
      thought('hm', signed),
      said('Ok.'),
      thought('', ofCall),
      call('a'),
      result('a'),
      thought('', 'gAAA'),
      said('Done.'),
    ]);
    expect(messages).toMatchObject([
      user,
      {
        content: 'Ok.',
        reasoning_details: [
          { type: 'reasoning.text', text: 'hm', signature: 'sig', format: 'claude', index: 0 },
          { type: 'reasoning.encrypted', data: 'g', format: 'gemini', id: 'a' },
        ],
        tool_calls: [{ id: 'a' }],
      },
      { role: 'tool' },
      {
        content: 'Done.',
        reasoning_details: [
          { type: 'reasoning.encrypted', data: 'gAAA', format: 'openai-responses-v1', id: 'rs_1' },
        ],
      },
    ]);
  });

  it('leaves out thoughts that came to nothing, and says nothing as an empty text', () => {
    expect(messagesOf([user, thought('hm'), user, { role: 'assistant', content: [] }])).toEqual([
      user,
      user,
      { role: 'assistant', content: '' },
    ]);
  });

  it.each([
    ['input[0].call_id', [result('a')]],
    ['input[1].call_id', [call('a'), result('b')]],
    ['input[2].call_id', [call('a'), result('a'), result('a')]],
    ['input[1]', [user, call('a')]],
  ])('is refused at %s for a call or a result alone', (param, input) => {
    expect(problemOf(input)).toBe(param);
  });

  it('never makes anything but a request or a 400 of what is sent', () => {
    const id = fc.constantFrom('a', 'b');
    const item = fc.oneof(
      fc.constant(user),
      id.map(call),
      fc
        .tuple(id, fc.constantFrom('x', [{ type: 'input_text', text: 'x' }]))
        .map(([one, out]) => result(one, out)),
      fc.string().map(said),
      fc.tuple(fc.string(), fc.option(fc.string())).map(([text, state]) => thought(text, state)),
      fc.constant({ type: 'web_search_call', id: 'ws' }),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.array(item), (input) => {
        try {
          expect(read({ input }).chat.messages.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ status: 400 });
        }
      }),
    );
  });
});

describe('a request for a response', () => {
  it('says in chat what it says here', () => {
    const { chat, lost, needed } = read({
      input: 'x',
      max_output_tokens: 50,
      text: {
        format: { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: true },
        verbosity: 'low',
      },
      reasoning: { effort: 'low' },
      top_logprobs: 2,
      tools: [
        { type: 'web_search' },
        { type: 'function', name: 'f', parameters: { type: 'object' }, strict: false },
        { type: 'custom', name: 'sql', format: { type: 'grammar', syntax: 'lark', definition: 'x' } },
        { type: 'namespace', name: 'g', tools: [{ type: 'function', name: 'h' }] },
      ],
      tool_choice: { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'f' }] },
      truncation: 'auto',
      top_k: 5,
      models: ['other'],
    });
    expect(chat).toMatchObject({
      max_completion_tokens: 50,
      response_format: { type: 'json_schema', json_schema: { name: 'n', strict: true } },
      verbosity: 'low',
      reasoning: { effort: 'low' },
      logprobs: true,
      top_logprobs: 2,
      tools: [
        { type: 'function', function: { name: 'f', strict: false } },
        {
          type: 'custom',
          custom: { name: 'sql', format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'x' } } },
        },
        { type: 'function', function: { name: 'g__h' } },
      ],
      tool_choice: {
        type: 'allowed_tools',
        allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'f' } }] },
      },
      top_k: 5,
      models: ['other'],
    });
    expect(chat).not.toHaveProperty('truncation');
    expect([lost, needed]).toEqual([['truncation'], null]);
  });

  it('names what items, parts and tools say to models of this dialect alone', () => {
    const { lost } = read({
      input: [
        {
          ...user,
          content: [{ type: 'input_text', text: 'x', prompt_cache_breakpoint: { mode: 'explicit' } }],
        },
        {
          ...said('So.'),
          phase: 'commentary',
          content: [
            { type: 'output_text', text: 'So.', annotations: [{ type: 'url_citation' }], logprobs: [{}] },
            { type: 'output_text', text: '.', annotations: [] },
          ],
        },
        { ...call('a'), status: 'completed', caller: { type: 'direct' } },
        result('a'),
      ],
      tools: [
        { type: 'function', name: 'f', strict: false, defer_loading: true },
        { type: 'namespace', name: 'g', description: 'd', tools: [{ type: 'custom', name: 'h', extra: 1 }] },
      ],
      include: ['reasoning.encrypted_content', 'web_search_call.action.sources'],
      max_tool_calls: 3,
      context_management: [{ type: 'compaction', compact_threshold: 1000 }],
    });
    expect(lost).toEqual([
      'input[1].phase',
      'input[1].content[0].annotations',
      'input[2].caller',
      'tools[0].defer_loading',
      'tools[1].description',
      'tools[1].tools[0].extra',
      'include[1]',
      'max_tool_calls',
      'context_management',
    ]);
  });

  it('brings marks of what to cache to models of other dialects', () => {
    const mark = { prompt_cache_breakpoint: { mode: 'explicit' } };
    expect(messagesOf([{ role: 'user', content: [{ type: 'input_text', text: 'x', ...mark }] }])).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'x', ...mark }] },
    ]);
  });

  it('names a field of the canonical request as its client does', () => {
    const { paths } = read({
      instructions: 'x',
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'x' },
            { type: 'input_file', file_url: 'https://e.com/a.pdf' },
          ],
        },
        call('a'),
        result('a', [
          { type: 'input_image', image_url: 'https://e.com/a.png' },
          { type: 'input_text', text: 'x' },
        ]),
      ],
      tools: [{ type: 'web_search' }, { type: 'function', name: 'f' }],
    });
    for (const [canonical, own] of [
      ['messages[1].content[1].file.file_data', 'input[0].content[1].file_url'],
      ['messages[3].content[0].image_url.url', 'input[2].output[0].image_url'],
      ['messages[3].content[0].image_url.detail', 'input[2].output[0].detail'],
      ['messages[1].content[1].file.filename', 'input[0].content[1].filename'],
      ['tools[0].custom.format', 'tools[1].format'],
      ['messages[3].tool_call_id', 'input[2].call_id'],
      ['messages[0].content', 'instructions'],
      ['tools[0].function.parameters.allOf', 'tools[1].parameters.allOf'],
      ['response_format.json_schema.schema', 'text.format.schema'],
      ['max_completion_tokens', 'max_output_tokens'],
      ['temperature', 'temperature'],
      ['web_search_options', 'tools[0]'],
      ['web_search_options.user_location', 'tools[0].user_location'],
      ['web_search_options.allowed_domains', 'tools[0].filters.allowed_domains'],
    ])
      expect(ownParam(canonical ?? '', paths)).toBe(own);
  });
});

describe('tools that OpenAI defines and the client runs', () => {
  const shell = { type: 'local_shell_call', id: 'lsh_1', call_id: 'c1', status: 'completed' };
  const action = { type: 'exec', command: ['ls'], env: {}, timeout_ms: null };
  const patch = { type: 'apply_patch_call', call_id: 'c2', status: 'completed' };
  const operation = { type: 'create_file', path: 'a.txt', diff: '+a' };

  it('are functions to others, and what was called and came of it their calls and results', () => {
    const request = read({
      input: [
        user,
        { ...shell, action },
        { type: 'local_shell_call_output', id: 'c1', output: 'a.txt' },
        { ...patch, operation },
        { type: 'apply_patch_call_output', call_id: 'c2', status: 'completed' },
      ],
      tools: [{ type: 'local_shell' }, { type: 'apply_patch' }],
      tool_choice: { type: 'apply_patch' },
    });
    expect([request.needed, request.lost]).toEqual([null, []]);
    expect(request.chat.tools?.map((tool) => tool.function?.name)).toEqual(['local_shell', 'apply_patch']);
    expect(request.chat.tool_choice).toEqual({ type: 'function', function: { name: 'apply_patch' } });
    expect([...request.toolNames.hosted.keys()]).toEqual(['local_shell', 'apply_patch']);
    expect(request.chat.messages.slice(1)).toMatchObject([
      {
        role: 'assistant',
        tool_calls: [{ id: 'c1', function: { name: 'local_shell', arguments: '{"command":["ls"]}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'a.txt' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'c2', function: { name: 'apply_patch', arguments: JSON.stringify(operation) } }],
      },
      { role: 'tool', tool_call_id: 'c2', content: 'Done.' },
    ]);
  });

  it('are left out where the client has a function of that name', () => {
    const own = { type: 'function', name: 'apply_patch', parameters: { type: 'object', properties: {} } };
    const request = read({ input: 'Hi', tools: [own, { type: 'apply_patch' }] });
    expect([request.lost, request.toolNames.hosted.size]).toEqual([['tools[1]'], 0]);
  });
});

describe('tools that agents offer beside their own', () => {
  const own = { type: 'function', name: 'shell', parameters: { type: 'object', properties: {} } };
  const inner = { type: 'function', name: 'list', parameters: { type: 'object', properties: {} } };
  const names = (request: ReturnType<typeof read>) => request.chat.tools?.map((tool) => tool.function?.name);

  it.each(['image_generation', 'tool_search'])('go to providers that have them: %s', (type) => {
    const offered = read({ input: 'Hi', tools: [own, { type }] });
    expect([offered.needed, offered.lost, names(offered)]).toEqual([null, ['tools[1]'], ['shell']]);
    expect(read({ input: 'Hi', tools: [{ type }] }).needed).toBe('tools[0].type');
    expect(read({ input: 'Hi', tools: [own, { type }], tool_choice: { type } }).needed).toBe('tool_choice');
    const allowed = {
      type: 'allowed_tools',
      mode: 'auto',
      tools: [{ type }, { type: 'function', name: 'shell' }],
    };
    expect(read({ input: 'Hi', tools: [own, { type }], tool_choice: allowed }).chat.tool_choice).toEqual({
      type: 'allowed_tools',
      allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'shell' } }] },
    });
  });

  it('are shown to all when they were added later, and calls that name them twice find them', () => {
    const added = { type: 'additional_tools', role: 'developer', tools: [{ ...inner, name: 'late' }] };
    const call = { type: 'function_call', call_id: 'c', name: 'late', namespace: 'late', arguments: '{}' };
    const output = { type: 'function_call_output', call_id: 'c', output: 'done' };
    const request = read({ input: [user, added, call, output], tools: [own] });
    expect([request.needed, request.lost, names(request)]).toEqual([null, ['input[1]'], ['shell', 'late']]);
    expect(request.chat.messages[1]).toMatchObject({ tool_calls: [{ function: { name: 'late' } }] });
  });

  it('that a client looks for by itself may be told of as of any other call', () => {
    const search = { type: 'tool_search_call', call_id: 's', execution: 'client', arguments: {} };
    const told = { type: 'function_call_output', call_id: 's', output: 'found one' };
    const request = read({ input: [user, search, told, user], tools: [own, { type: 'tool_search' }] });
    expect([request.needed, request.lost]).toEqual([null, ['input[1]', 'input[2]', 'tools[1]']]);
  });

  it('are shown to all when a search has found them, each once', () => {
    const group = { type: 'namespace', name: 'mcp__files', description: 'Files', tools: [inner] };
    const found = {
      type: 'tool_search_output',
      call_id: 's',
      execution: 'client',
      tools: [group, own, { type: 5 }],
    };
    const search = { type: 'tool_search_call', call_id: 's', execution: 'client', arguments: {} };
    const request = read({ input: [user, search, found, user], tools: [own, { type: 'tool_search' }] });
    expect([request.needed, request.lost]).toEqual([
      null,
      ['input[1]', 'input[2]', 'input[2].tools[1]', 'tools[1]'],
    ]);
    expect(names(request)).toEqual(['shell', 'mcp__files__list']);
    expect(request.toolNames.grouped.get('mcp__files__list')).toEqual({
      name: 'list',
      namespace: 'mcp__files',
    });
  });
});
