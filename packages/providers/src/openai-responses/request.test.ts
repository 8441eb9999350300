import { describe, expect, it } from '@jest/globals';
import type { ChatMessage, ChatRequest } from '@trunkline/contracts';
import { defineResponses } from './index.js';

const chat = defineResponses({
  reasoningFormat: 'made-here-v1',
  reasons: (model) => model !== 'plain',
  canStopReasoning: (model) => model === 'either',
});

const hello: ChatRequest = { messages: [{ role: 'user', content: 'Hi' }] };

interface Built {
  refused: string | null;
  body: Record<string, unknown>;
  dropped: readonly string[];
}

function build(request: Partial<ChatRequest>, model = 'thinker'): Built {
  const built = chat.buildRequest({
    request: { ...hello, ...request },
    model,
    stream: false,
    outputTokenLimit: null,
    maxOutputTokens: null,
  });
  if (built.kind === 'refused') return { refused: built.failure.param, body: {}, dropped: [] };
  const body = JSON.parse(built.request.body) as Record<string, unknown>;
  return { refused: null, body, dropped: built.request.dropped };
}

describe('a chat request as Responses', () => {
  it('keeps nothing at the provider, and has reasoning sealed where the model reasons', () => {
    expect(build({}).body).toMatchObject({ store: false, include: ['reasoning.encrypted_content'] });
    expect(build({}, 'plain').body).toMatchObject({ store: false });
    expect(build({}, 'plain').body).not.toHaveProperty('include');
  });

  it("makes its own search of another maker's, and passes its own as it came", () => {
    const parameters = { allowed_domains: ['example.com'], max_uses: 2 };
    const routers = build({ tools: [{ type: 'openrouter:web_search', parameters }] });
    const own = { type: 'web_search', filters: { allowed_domains: ['example.com'] } };
    expect([routers.refused, routers.body['tools'], routers.dropped]).toEqual([
      null,
      [own],
      ['tools[0].max_uses'],
    ]);
    const claudes = build({ tools: [{ type: 'web_search_20250305', name: 'web_search' }] });
    expect([claudes.refused, claudes.body['tools']]).toEqual([null, [{ type: 'web_search' }]]);
    const dated = { type: 'web_search_preview_2025_03_11', search_context_size: 'low' };
    expect(build({ tools: [dated] }).body['tools']).toEqual([dated]);
    expect(build({ tools: [{ type: 'file_search' }] }).refused).toBe('tools[0].type');
  });

  it('brings reasoning back to models that reason, and says where one does not read it', () => {
    const made = { type: 'reasoning.encrypted', format: 'made-here-v1', data: 'AA', id: 'rs_1' } as const;
    const messages: ChatMessage[] = [{ role: 'assistant', content: 'So.', reasoning_details: [made] }];
    const said = { type: 'message', role: 'assistant' };
    expect(build({ messages })).toMatchObject({
      body: { input: [{ type: 'reasoning', id: 'rs_1', encrypted_content: 'AA' }, said] },
      dropped: [],
    });
    expect(build({ messages }, 'plain')).toMatchObject({
      body: { input: [said] },
      dropped: ['reasoning_details'],
    });
  });

  it('asks for log probabilities where the model tells them, and says so where it does not', () => {
    const asked = { logprobs: true, top_logprobs: 2 };
    expect(build(asked, 'plain').body).toMatchObject({
      include: ['message.output_text.logprobs'],
      top_logprobs: 2,
    });
    expect(build(asked, 'plain').dropped).toEqual([]);
    expect(build(asked).dropped).toEqual(['logprobs', 'top_logprobs']);
    expect(build({ logprobs: false, top_logprobs: 0 }).dropped).toEqual([]);
  });

  it('holds a model strictly to what can be said strictly', () => {
    const tool = (parameters: Record<string, unknown>) => ({
      tools: [{ type: 'function', function: { name: 'f', strict: true, parameters } }],
    });
    const optional = { type: 'object', properties: { a: { type: 'string' } } };
    expect(build(tool({ ...optional, required: ['a'] }))).toMatchObject({
      body: { tools: [{ strict: true, parameters: { additionalProperties: false, required: ['a'] } }] },
      dropped: [],
    });
    expect(build(tool(optional))).toMatchObject({
      body: { tools: [{ strict: true, parameters: { properties: { a: { type: ['string', 'null'] } } } }] },
      dropped: ['tools[0].function.parameters.required'],
    });
    const map = { type: 'object', additionalProperties: { type: 'string' } };
    expect(build(tool(map))).toMatchObject({
      body: { tools: [{ strict: false, parameters: map }] },
      dropped: ['tools[0].function.strict'],
    });
  });

  it.each([
    [{ effort: 'low' }, 'thinker', { effort: 'low', summary: 'auto' }, []],
    [{ effort: 'low', exclude: true }, 'thinker', { effort: 'low' }, []],
    [{ effort: 'low', summary: 'detailed' }, 'thinker', { effort: 'low', summary: 'detailed' }, []],
    [{ max_tokens: 20_000 }, 'thinker', { effort: 'high', summary: 'auto' }, []],
    [{ enabled: false }, 'either', { effort: 'none' }, []],
    [{ enabled: false }, 'thinker', undefined, ['reasoning']],
    [{ effort: 'low' }, 'plain', undefined, ['reasoning']],
  ])('says %j to %s', (reasoning, model, expected, dropped) => {
    const built = build({ reasoning }, model);
    expect(built.body['reasoning']).toEqual(expected);
    expect(built.dropped).toEqual(dropped);
  });

  it('sends samplers only to a model that does not reason', () => {
    expect(build({ temperature: 0.3, top_p: 0.9 }, 'plain').body).toMatchObject({
      temperature: 0.3,
      top_p: 0.9,
    });
    expect(build({ temperature: 0.3 }, 'either').body).toMatchObject({ temperature: 0.3 });
    expect(build({ temperature: 0.3, reasoning_effort: 'low' }, 'either').dropped).toEqual(['temperature']);
  });

  it('writes custom tools flat, and their results as such', () => {
    const { body } = build({
      messages: [
        { role: 'user', content: 'Hi' },
        {
          role: 'assistant',
          tool_calls: [{ id: 'call_1', type: 'custom', custom: { name: 'sql', input: 'select 1' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'text', text: '1' }] },
      ],
      tools: [
        {
          type: 'custom',
          custom: {
            name: 'sql',
            format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'start: x' } },
          },
        },
      ],
      tool_choice: { type: 'custom', custom: { name: 'sql' } },
    });
    expect(body).toMatchObject({
      tools: [
        { type: 'custom', name: 'sql', format: { type: 'grammar', syntax: 'lark', definition: 'start: x' } },
      ],
      tool_choice: { type: 'custom', name: 'sql' },
      input: [
        { role: 'user' },
        { type: 'custom_tool_call', call_id: 'call_1', name: 'sql', input: 'select 1' },
        { type: 'custom_tool_call_output', call_id: 'call_1', output: [{ type: 'input_text', text: '1' }] },
      ],
    });
  });

  it("shortens another provider's long id of a call, the same way for call and result", () => {
    const id = 'x'.repeat(90);
    const { body } = build({
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', tool_calls: [{ id, function: { name: 'f', arguments: '{}' } }] },
        { role: 'tool', tool_call_id: id, content: 'done' },
      ],
    });
    const [, call, result] = body['input'] as { call_id: string }[];
    expect(call?.call_id.length).toBeLessThanOrEqual(64);
    expect(call?.call_id).toBe(result?.call_id);
  });

  it('raises a limit that is below the least that is taken, and says so', () => {
    expect(build({ max_tokens: 3 })).toMatchObject({
      body: { max_output_tokens: 16 },
      dropped: ['max_tokens'],
    });
  });

  it('sends files as data or by address', () => {
    const { body } = build({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' } },
            { type: 'file', file: { file_data: 'https://example.com/b.pdf' } },
          ],
        },
      ],
    });
    expect(body['input']).toMatchObject([
      {
        content: [
          { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' },
          { type: 'input_file', file_url: 'https://example.com/b.pdf' },
        ],
      },
    ]);
  });

  it.each<[string, Partial<ChatRequest>]>([
    ['n', { n: 2 }],
    ['tools[0].type', { tools: [{ type: 'code_interpreter', container: { type: 'auto' } }] }],
    [
      'messages[0].content[0]',
      {
        messages: [{ role: 'user', content: [{ type: 'video_url', video_url: { url: 'https://e.com/v' } }] }],
      },
    ],
  ])('refuses %s, which it cannot say', (param, request) => {
    expect(build(request).refused).toBe(param);
    expect(chat.unsupported({ ...hello, ...request }, 'thinker')).toEqual([param]);
  });
});

describe('what chat and Responses have in common', () => {
  it('goes as it is: the wish to reason, options of the cache, moderation', () => {
    const { body, dropped } = build({
      reasoning: { effort: 'low', context: 'all_turns', mode: 'pro' },
      prompt_cache_options: { mode: 'explicit' },
      moderation: { model: 'm' },
    });
    expect(body).toMatchObject({
      reasoning: { effort: 'low', context: 'all_turns', mode: 'pro', summary: 'auto' },
      prompt_cache_options: { mode: 'explicit' },
      moderation: { model: 'm' },
    });
    expect(dropped).toEqual([]);
  });

  it('the name of a file that stands on the web is told', () => {
    const file = { filename: 'a.pdf', file_data: 'https://e.com/a.pdf' };
    const { body, dropped } = build({ messages: [{ role: 'user', content: [{ type: 'file', file }] }] });
    expect(body['input']).toMatchObject([{ content: [{ type: 'input_file', file_url: file.file_data }] }]);
    expect(dropped).toEqual(['messages[0].content[0].file.filename']);
  });

  it('a file that is kept there goes by its id on the own credential alone', () => {
    const request: ChatRequest = {
      messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] }],
    };
    const call = { request, model: 'm', stream: false, outputTokenLimit: null, maxOutputTokens: null };
    const [own, platforms] = [true, false].map((ownCredential) =>
      chat.buildRequest({ ...call, ownCredential }),
    );
    expect(own).toMatchObject({ kind: 'built' });
    if (own?.kind === 'built') expect(own.request.body).toContain('{"type":"input_file","file_id":"file-1"}');
    expect(platforms).toMatchObject({ failure: { param: 'messages[0].content[0].file.file_id' } });
  });
});
