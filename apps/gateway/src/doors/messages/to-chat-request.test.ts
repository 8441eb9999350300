import { describe, expect, it } from '@jest/globals';
import { parseMessagesRequest, printCarriedState, type MessagesRequest } from '@trunkline/contracts';
import fc from 'fast-check';
import { MessagesCall, readMessages } from './messages-door.js';
import { nativeOnly, uncarried } from './native-parts.js';
import { SourcePaths } from './source-paths.js';
import { toChatRequest } from './to-chat-request.js';

function request(fields: Record<string, unknown>): MessagesRequest {
  const said = { model: 'a/b', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }], ...fields };
  const parsed = parseMessagesRequest(said);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  return parsed.request;
}

const chat = (fields: Record<string, unknown>) => toChatRequest(request(fields), new SourcePaths());
const turn = (role: string, ...content: unknown[]) => ({ role, content });

describe('a Messages request in the canonical form', () => {
  it('says which tools a search has found, to models that search for none', () => {
    const found = [{ type: 'tool_reference', tool_name: 'list' }];
    const { messages } = chat({
      messages: [
        turn('assistant', { type: 'tool_use', id: 'a', name: 'ToolSearch', input: {} }),
        turn('user', { type: 'tool_result', tool_use_id: 'a', content: found }),
      ],
    });
    expect(messages.at(-1)).toEqual({ role: 'tool', tool_call_id: 'a', content: 'Tool found: list' });
  });

  it('keeps system blocks and cache marks where they stand', () => {
    const mark = { type: 'ephemeral', ttl: '1h' };
    const { messages } = chat({
      system: [{ type: 'text', text: 'one', cache_control: mark }],
      messages: [
        turn('user', { type: 'text', text: 'Hi', cache_control: mark }),
        turn('assistant', { type: 'tool_use', id: 'a', name: 'f', input: {}, cache_control: mark }),
        turn('user', { type: 'tool_result', tool_use_id: 'a', content: 'x', cache_control: mark }),
      ],
    });
    expect(messages).toEqual([
      { role: 'system', content: [{ type: 'text', text: 'one', cache_control: mark }] },
      { role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: mark }] },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
        cache_control: mark,
      },
      { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'x', cache_control: mark }] },
    ]);
  });

  it('takes a mark on the whole request as one on its end', () => {
    expect(chat({ cache_control: { type: 'ephemeral' } }).messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } }] },
    ]);
  });

  it('puts results before what else is said in their turn, with images, errors and documents', () => {
    const { messages } = chat({
      messages: [
        turn(
          'assistant',
          { type: 'text', text: 'Wait.' },
          { type: 'tool_use', id: 'a', name: 'f', input: { x: 1 } },
          { type: 'tool_use', id: 'b', name: 'g', input: {} },
        ),
        turn(
          'user',
          { type: 'text', text: 'And?' },
          { type: 'tool_result', tool_use_id: 'a', content: 'no', is_error: true },
          {
            type: 'tool_result',
            tool_use_id: 'b',
            content: [
              { type: 'image', source: { type: 'url', url: 'https://a.example/i.png' } },
              { type: 'document', title: 'T', source: { type: 'text', media_type: 'text/plain', data: 'D' } },
              { type: 'search_result', source: 's', title: 't', content: [{ type: 'text', text: 'found' }] },
            ],
          },
        ),
      ],
    });
    expect(messages).toEqual([
      {
        role: 'assistant',
        content: 'Wait.',
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } },
          { id: 'b', type: 'function', function: { name: 'g', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'a', content: 'no', is_error: true },
      {
        role: 'tool',
        tool_call_id: 'b',
        content: [
          { type: 'image_url', image_url: { url: 'https://a.example/i.png' } },
          { type: 'text', text: '<document title="T">\nD\n</document>' },
          { type: 'text', text: '<search_result source="s" title="t">\nfound\n</search_result>' },
        ],
      },
      { role: 'user', content: 'And?' },
    ]);
  });

  it('gives thinking back to its maker: Claude’s as it is, others out of their envelope, broken ones not at all', () => {
    const sealed = printCarriedState({ format: 'x-v1', kind: 'encrypted', data: 'D', id: 'rs', index: 3 });
    const unsigned = printCarriedState({ format: null, kind: 'unsigned', data: '', id: null, index: 0 });
    const [message] = chat({
      messages: [
        turn(
          'assistant',
          { type: 'thinking', thinking: 'own', signature: 'EqMB' },
          { type: 'redacted_thinking', data: 'opaque' },
          { type: 'thinking', thinking: 'sum', signature: sealed },
          { type: 'thinking', thinking: 'deep', signature: unsigned },
          { type: 'thinking', thinking: 'cut', signature: '' },
          { type: 'text', text: 'ok' },
        ),
      ],
    }).messages;
    expect(message).toEqual({
      role: 'assistant',
      content: 'ok',
      reasoning_details: [
        { type: 'reasoning.text', text: 'own', signature: 'EqMB', format: 'anthropic-claude-v1', index: 0 },
        { type: 'reasoning.encrypted', data: 'opaque', format: 'anthropic-claude-v1', index: 1 },
        { type: 'reasoning.text', text: 'sum', signature: null, format: 'x-v1', index: 3 },
        { type: 'reasoning.encrypted', data: 'D', format: 'x-v1', id: 'rs', index: 3 },
        { type: 'reasoning.text', text: 'deep', signature: null, format: null, index: 0 },
      ],
    });
  });

  it.each([
    [{ thinking: { type: 'enabled', budget_tokens: 2000 } }, { enabled: true, max_tokens: 2000 }],
    [{ thinking: { type: 'disabled' } }, { enabled: false }],
    [
      { thinking: { type: 'adaptive', display: 'omitted' }, output_config: { effort: 'low' } },
      { enabled: true, effort: 'low', exclude: true },
    ],
    [{ output_config: { effort: 'high' } }, { effort: 'high' }],
    [{}, undefined],
  ])('tells the wish for thinking of %j', (fields, reasoning) => {
    expect(chat(fields).reasoning).toEqual(reasoning);
  });

  it.each([
    [{ type: 'auto', disable_parallel_tool_use: true }, 'auto', false],
    [{ type: 'any' }, 'required', undefined],
    [{ type: 'none' }, 'none', undefined],
    [{ type: 'tool', name: 'f' }, { type: 'function', function: { name: 'f' } }, undefined],
  ])('tells the choice %j', (choice, expected, parallel) => {
    const tools = [{ name: 'f', description: 'd', input_schema: { type: 'object' }, strict: true }];
    const said = chat({ tools, tool_choice: choice });
    expect([said.tool_choice, said.parallel_tool_calls]).toEqual([expected, parallel]);
    expect(said.tools).toEqual([
      {
        type: 'function',
        function: { name: 'f', description: 'd', parameters: { type: 'object' }, strict: true },
      },
    ]);
  });

  it('gives a user’s name that is too long for most providers as its hash', () => {
    expect(chat({ metadata: { user_id: 'u-1' } }).user).toBe('u-1');
    const [first, second] = ['x', 'y'].map((end) =>
      chat({ metadata: { user_id: `${'u'.repeat(150)}${end}` } }),
    );
    expect(first?.user).toMatch(/^[0-9a-f]{64}$/);
    expect(second?.user).not.toBe(first?.user);
  });

  it('tells an output format in its new place and its old one', () => {
    const format = { type: 'json_schema', schema: { type: 'object' } };
    const expected = {
      type: 'json_schema',
      json_schema: { schema: { type: 'object' }, strict: true },
    };
    expect(chat({ output_config: { format } }).response_format).toEqual(expected);
    expect(chat({ output_format: format }).response_format).toEqual(expected);
  });

  it.each([
    [turn('user', { type: 'tool_use', id: 'a', name: 'f', input: {} }), 'messages.0.content.0.type'],
    [turn('assistant', { type: 'tool_result', tool_use_id: 'a' }), 'messages.0.content.0.type'],
    [turn('user', { type: 'tool_result', tool_use_id: 'nobody' }), 'messages.0.content.0.tool_use_id'],
  ])('refuses %j by the name of its field', (message, param) => {
    expect(() => chat({ messages: [message] })).toThrow(expect.objectContaining({ param, status: 400 }));
  });

  it('knows the client’s name of every part', () => {
    const paths = new SourcePaths();
    const said = request({
      system: 'be brief',
      messages: [
        turn(
          'user',
          { type: 'text', text: 'x' },
          {
            type: 'image',
            source: { type: 'base64', media_type: 'image/png', data: 'aGk=' },
          },
        ),
      ],
      tools: [{ name: 'f', input_schema: {} }],
      stop_sequences: ['a'],
    });
    const canonical = toChatRequest(said, paths);
    expect(paths.pathOf(canonical, 'messages[1].content[1].image_url.url')).toBe(
      'messages.0.content.1.source.data',
    );
    expect(paths.pathOf(canonical, 'tools.0.function.parameters')).toBe('tools.0');
    expect(paths.pathOf(canonical, 'stop')).toBe('stop_sequences');
    expect(paths.pathOf(canonical, 'temperature')).toBe('temperature');
  });
});

describe('the search of the web', () => {
  it("is a wish in chat's words, which others than Anthropic have too", () => {
    const call = new MessagesCall(
      {
        ...{ model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'x' }] },
        tools: [
          { name: 'f', input_schema: {} },
          {
            ...{ type: 'web_search_20250305', name: 'web_search', max_uses: 2, blocked_domains: ['b.c'] },
            user_location: { type: 'approximate', city: 'Oslo' },
          },
        ],
        tool_choice: { type: 'tool', name: 'web_search' },
      },
      null,
    );
    expect([call.nativeOnly, call.nativeFirst, call.uncarried()]).toEqual([null, true, []]);
    expect(call.request).toMatchObject({
      tools: [{ function: { name: 'f' } }],
      web_search_options: {
        ...{ max_uses: 2, blocked_domains: ['b.c'] },
        user_location: { type: 'approximate', approximate: { city: 'Oslo' } },
      },
    });
    expect(call.request).not.toHaveProperty('tool_choice');
    expect(call.memberOf('web_search_options')).toBe('tools.1');
    expect(call.memberOf('web_search_options.blocked_domains')).toBe('tools.1.blocked_domains');
  });
});

describe('what Anthropic alone can take', () => {
  it.each([
    [{ tools: [{ type: 'web_fetch_20250910', name: 'web_fetch' }] }, 'tools.0'],
    [{ container: 'container_1' }, 'container'],
    [{ mcp_servers: [{ type: 'url' }] }, 'mcp_servers'],
    [
      { messages: [turn('assistant', { type: 'text', text: 'a' }, { type: 'server_tool_use' })] },
      'messages.0.content.1',
    ],
    [
      {
        messages: [
          turn('user', { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'browser_state' }] }),
        ],
      },
      'messages.0.content.0.content.0',
    ],
    [
      {
        tools: [{ type: 'tool_search_tool_regex_20251119', name: 'tool_search_tool_regex' }],
        messages: [turn('assistant', { type: 'compaction', content: 'so far' }, { type: 'text', text: 'a' })],
      },
      null,
    ],
    [{ mcp_servers: [], tools: [{ type: 'custom', name: 'f', input_schema: {} }] }, null],
  ])('of %j is %s', (fields, path) => {
    expect(nativeOnly(request(fields))).toBe(path);
  });

  it('is named where it can be left out', () => {
    expect(
      uncarried(
        request({
          context_management: { edits: [] },
          service_tier: 'auto',
          tools: [{ name: 'f', input_schema: {}, defer_loading: true }],
          messages: [
            turn('user', {
              type: 'document',
              source: { type: 'url', url: 'https://a.example' },
              citations: { enabled: true },
            }),
          ],
        }),
      ),
    ).toEqual(['context_management', 'tools.0.defer_loading', 'messages.0.content.0.citations']);
  });

  it('citations are, wherever they stand', () => {
    const cited = { type: 'text', text: 'So.', citations: [{ type: 'char_location', cited_text: 'so' }] };
    const found = {
      type: 'search_result',
      source: 's',
      title: 't',
      content: [],
      citations: { enabled: true },
    };
    const said = request({
      system: [{ type: 'text', text: 'x' }, cited],
      messages: [
        turn('assistant', cited, { type: 'tool_use', id: 'a', name: 'f', input: {} }),
        turn('user', { type: 'tool_result', tool_use_id: 'a', content: [found] }),
      ],
    });
    expect(uncarried(said)).toEqual([
      'system.1.citations',
      'messages.0.content.0.citations',
      'messages.1.content.0.content.0.citations',
    ]);
  });

  it('members of blocks and tools are named where the client put them', () => {
    const call = new MessagesCall(
      request({
        tools: [
          { type: 'bash_20250124', name: 'bash' },
          { name: 'f', input_schema: {} },
        ],
        messages: [
          turn('assistant', { type: 'tool_use', id: 'a', name: 'f', input: {} }),
          turn(
            'user',
            { type: 'tool_result', tool_use_id: 'a', content: 'x', is_error: true },
            {
              type: 'document',
              title: 'D',
              source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0xLjQK' },
            },
          ),
        ],
      }),
      null,
    );
    for (const [canonical, own] of [
      ['messages[1].is_error', 'messages.1.content.0.is_error'],
      ['messages[2].content[0].file.filename', 'messages.1.content.1.title'],
      ['tools[0].function.strict', 'tools.1.strict'],
      ['tools[0]', 'tools.1'],
      ['messages[9].name', 'messages[9].name'],
    ] as const)
      expect(call.memberOf(canonical)).toBe(own);
  });
});

describe('whatever a client writes', () => {
  const blocks = [
    { type: 'text', text: 'x' },
    { type: 'thinking', thinking: 't', signature: 's' },
    { type: 'redacted_thinking', data: 'trunkline.state.1.e30' },
    { type: 'tool_use', id: 'a', name: 'f', input: {} },
    { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'y' }] },
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
    { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'z' }] } },
    { type: 'search_result', source: 's', title: 't', content: [] },
    { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
  ];
  /** A block as it is, or with one of its fields gone wrong. */
  const block = fc
    .tuple(fc.constantFrom(...blocks), fc.option(fc.tuple(fc.nat(), fc.jsonValue())))
    .map(([one, wrong]) => {
      if (wrong === null) return one;
      const fields = Object.keys(one);
      return { ...one, [fields[wrong[0] % fields.length] ?? 'type']: wrong[1] };
    });
  const message = fc.record({
    role: fc.constantFrom('user', 'assistant', 'system'),
    content: fc.oneof(fc.string(), fc.array(block, { maxLength: 5 })),
  });

  it('is read, or refused with a 400 that says why', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 5 }), (messages) => {
        try {
          const call = new MessagesCall(
            readMessages(parseMessagesRequest({ model: 'a/b', max_tokens: 9, messages })),
            null,
          );
          expect(call.request.messages.length).toBeGreaterThan(0);
          call.uncarried();
        } catch (thrown) {
          expect(thrown).toMatchObject({ name: 'AppError', status: 400, param: expect.any(String) });
        }
      }),
    );
  });
});
