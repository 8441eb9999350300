import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '@trunkline/contracts';
import type { ChatAdapter } from '../types.js';
import { defineOpenAiCompatible } from './define.js';
import { GPT_QUIRKS } from './gpt-models.js';
import type { Quirks } from './quirks.js';

function build(quirks: Quirks, request: Partial<ChatRequest>, model = 'm') {
  const { chat } = defineOpenAiCompatible({
    id: 'x',
    name: 'X',
    baseUrl: 'https://x',
    docsUrl: 'https://x',
    quirks,
  });
  const built = (chat as ChatAdapter).buildRequest({
    request: { model: 'a/b', messages: [{ role: 'user', content: 'Hi' }], ...request },
    model,
    stream: false,
    outputTokenLimit: null,
    maxOutputTokens: null,
  });
  if (built.kind === 'refused') return { refused: built.failure.param };
  return {
    body: JSON.parse(built.request.body) as ChatRequest & Record<string, unknown>,
    dropped: built.request.dropped,
  };
}

describe("a request to a provider of OpenAI's format", () => {
  it('leaves out and renames what is declared, and says only what made a difference', () => {
    const quirks: Quirks = {
      drop: ['seed', 'frequency_penalty', 'logprobs'],
      rename: { stop: 'stop_words' },
    };
    const { body, dropped } = build(quirks, { seed: 1, frequency_penalty: 0, logprobs: false, stop: ['x'] });
    expect(body).toEqual({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], stop_words: ['x'] });
    expect(dropped).toEqual(['seed']);
  });

  it('sends no answer back with what only answers have, but to those who take it', () => {
    const annotations = [{ type: 'file', file: { hash: 'x' } }];
    const said = { role: 'assistant' as const, content: 'So.' };
    const citations = [{ type: 'source_citation' }];
    const messages = [{ ...said, annotations, citations }];
    expect(build({}, { messages })).toEqual({ body: { model: 'm', messages: [said] }, dropped: [] });
    expect(build({ messages: { answerExtras: true } }, { messages }).body?.messages).toEqual([
      { ...said, annotations },
    ]);
  });

  it('says nothing of tools where there are none', () => {
    const tools = { tools: [], tool_choice: 'auto' as const, parallel_tool_calls: false };
    const { body, dropped } = build({}, tools);
    expect(body).toEqual({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] });
    expect(dropped).toEqual([]);
    expect(build({}, { parallel_tool_calls: false }).body).not.toHaveProperty('parallel_tool_calls');
  });

  it.each([[null], [{}], [{ type: 'object' }], [{ type: null }]])(
    'says of arguments given as %j that they are an object without properties',
    (parameters) => {
      const { body } = build({}, { tools: [{ type: 'function', function: { name: 'f', parameters } }] });
      expect(body?.tools).toEqual([
        { type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } },
      ]);
    },
  );

  it('passes the token limit in the field that is taken, the newer one first', () => {
    expect(
      build({ tokenLimitField: 'max_tokens' }, { max_tokens: 1, max_completion_tokens: 2 }).body,
    ).toMatchObject({ max_tokens: 2 });
    expect(build({}, { max_tokens: 1 }).body).toMatchObject({ max_tokens: 1 });
    expect(build({ tokenLimitField: 'max_completion_tokens' }, { max_tokens: 1 }).body).toMatchObject({
      max_completion_tokens: 1,
    });
  });

  it('lays the quirks of a model over those of the provider', () => {
    const quirks: Quirks = {
      drop: ['a'],
      models: [{ match: /^o1/, when: ({ n }) => n !== 7, quirks: { drop: ['b'] } }],
    };
    const request = { a: 1, b: 2 };
    expect(build(quirks, request, 'gpt').body).toMatchObject({ b: 2 });
    expect(build(quirks, request, 'o1').body).toMatchObject({ a: 1 });
    expect(build(quirks, { ...request, n: 7 }, 'o1').body).toMatchObject({ b: 2 });
  });

  it('refuses more choices and remote media where the provider cannot', () => {
    expect(build({ singleChoice: true }, { n: 2 })).toEqual({ refused: 'n' });
    expect(build({ singleChoice: true }, { n: 1 }).body).not.toHaveProperty('n');
    const url = 'https://example.com/a.png';
    const messages: ChatRequest['messages'] = [
      { role: 'user', content: [{ type: 'image_url', image_url: { url } }] },
    ];
    expect(build({ messages: { remoteMedia: false } }, { messages })).toEqual({
      refused: 'messages[0].content[0].image_url.url',
    });
    expect(build({}, { messages }).body).toMatchObject({ messages });
  });

  it("says efforts, switches and budgets of reasoning in the provider's words", () => {
    const quirks: Quirks = {
      reasoning: {
        effort: true,
        effortNames: { xhigh: 'high' },
        off: { thinking: false },
        on: { thinking: true },
        budgetField: 'budget',
      },
    };
    expect(build(quirks, { reasoning_effort: 'xhigh' }).body).toMatchObject({ reasoning_effort: 'high' });
    expect(build(quirks, { reasoning_effort: 'constructor' }).body).toMatchObject({
      reasoning_effort: 'constructor',
    });
    expect(build(quirks, { reasoning: { enabled: false } }).body).toMatchObject({ thinking: false });
    expect(build(quirks, { reasoning: { max_tokens: 9 } }).body).toMatchObject({ thinking: true, budget: 9 });
    expect(build({ reasoning: {} }, { reasoning_effort: 'low' }).dropped).toEqual(['reasoning_effort']);
    expect(build({ reasoning: {} }, { reasoning: { enabled: false } }).dropped).toEqual(['reasoning']);
  });

  it.each([
    ['omit', { content: 'a' }],
    ['reasoning_content', { content: 'a', reasoning_content: 'hm' }],
    ['reasoning', { content: 'a', reasoning: 'hm' }],
    [
      'think-tags',
      {
        content: [
          { type: 'text', text: '<think>hm</think>' },
          { type: 'text', text: 'a' },
        ],
      },
    ],
    [
      'thinking-part',
      {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
          { type: 'text', text: 'a' },
        ],
      },
    ],
  ] as const)(
    "gives earlier reasoning back as %s, without another maker's signature",
    (reasoning, expected) => {
      const details = [
        { type: 'reasoning.text' as const, text: 'hm', signature: 'sig', format: 'anthropic-claude-v1' },
      ];
      const messages: ChatRequest['messages'] = [
        { role: 'assistant', content: 'a', reasoning_details: details },
      ];
      const { body } = build({ messages: { reasoning } }, { messages });
      expect(body?.messages).toEqual([{ role: 'assistant', ...expected }]);
    },
  );

  it('turns tool call ids into nine characters, the same on both sides', () => {
    const call = {
      id: 'call_0123456789',
      type: 'function' as const,
      function: { name: 'f', arguments: '{}' },
    };
    const messages: ChatRequest['messages'] = [
      { role: 'assistant', content: null, tool_calls: [call, { ...call, id: 'Abc123xyZ' }] },
      { role: 'tool', tool_call_id: 'call_0123456789', content: 'ok' },
    ];
    const { body } = build({ messages: { nineCharacterToolCallIds: true } }, { messages });
    const [assistant, tool] = body?.messages ?? [];
    const ids = assistant?.role === 'assistant' ? assistant.tool_calls?.map(({ id }) => id) : [];
    expect(ids).toEqual([expect.stringMatching(/^[A-Za-z0-9]{9}$/), 'Abc123xyZ']);
    expect(tool).toMatchObject({ tool_call_id: ids?.[0] });
  });

  it('is not led astray by a field named __proto__', () => {
    const request = JSON.parse('{"__proto__": {"polluted": true}, "top_p": 0.5}') as Partial<ChatRequest>;
    const { body } = build({}, { ...request });
    expect(body).toMatchObject({ top_p: 0.5 });
    expect(body?.['polluted']).toBeUndefined();
  });

  it('says of what lists are, and is strict only where every value has a type', () => {
    const list = { type: 'object', properties: { a: { type: 'array' } } };
    const open = { type: 'object', properties: { a: {} }, required: ['a'], additionalProperties: false };
    const listed = { ...open, properties: { a: { enum: ['x', 'y'] } } };
    const tools = [
      { type: 'function', function: { name: 'list', parameters: list } },
      { type: 'function', function: { name: 'open', parameters: open, strict: true } },
      { type: 'function', function: { name: 'listed', parameters: listed, strict: true } },
    ];
    const { body, dropped } = build(GPT_QUIRKS, { tools }, 'gpt-4o');
    expect(body?.tools?.map((tool) => tool.function)).toEqual([
      { name: 'list', parameters: { type: 'object', properties: { a: { type: 'array', items: {} } } } },
      { name: 'open', parameters: open, strict: false },
      {
        name: 'listed',
        parameters: { ...open, properties: { a: { type: 'string', enum: ['x', 'y'] } } },
        strict: true,
      },
    ]);
    expect(dropped).toEqual(['tools[1].function.strict']);
  });
});

describe('files, sound and endings', () => {
  const file = { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' };
  const sound = { data: 'UklGRg==', format: 'wav' };
  const said: Partial<ChatRequest> = {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'file', file },
          { type: 'input_audio', input_audio: sound },
        ],
      },
    ],
  };

  it("go in Mistral's own parts there, and as they came elsewhere", () => {
    expect(build({ messages: { media: 'mistral' } }, said).body?.messages[0]?.content).toEqual([
      { type: 'document_url', document_url: file.file_data, document_name: 'a.pdf' },
      { type: 'input_audio', input_audio: sound.data },
    ]);
    expect(build({}, said).body?.messages).toEqual(said.messages);
  });

  it('a file on the web is refused where nobody fetches it', () => {
    const remote: Partial<ChatRequest> = {
      messages: [{ role: 'user', content: [{ type: 'file', file: { file_data: 'https://e.com/a.pdf' } }] }],
    };
    expect(build({ messages: { remoteFiles: false } }, remote).refused).toBe(
      'messages[0].content[0].file.file_data',
    );
    expect(build({ messages: { remoteFiles: false } }, said).refused).toBeUndefined();
    expect(build({}, remote).body?.messages).toEqual(remote.messages);
  });

  it('more stop sequences than are taken are cut, and told', () => {
    const stop = ['a', 'b', 'c'];
    expect(build({ mostStops: 2 }, { stop })).toMatchObject({
      body: { stop: ['a', 'b'] },
      dropped: ['stop'],
    });
    expect(build({ mostStops: 3 }, { stop })).toMatchObject({ body: { stop }, dropped: [] });
    expect(build({ mostStops: 2 }, { stop: 'a' })).toMatchObject({ body: { stop: 'a' }, dropped: [] });
  });

  it('an effort under another name is told, by the field that asked for it', () => {
    const quirks: Quirks = { reasoning: { effort: true, effortNames: { max: 'high' } } };
    expect(build(quirks, { reasoning_effort: 'max' }).dropped).toEqual(['reasoning_effort']);
    expect(build(quirks, { reasoning: { effort: 'max' } }).dropped).toEqual(['reasoning.effort']);
    expect(build(quirks, { reasoning: { effort: 'high' } }).dropped).toEqual([]);
  });

  it('a schema that nobody named has a name', () => {
    const schema = { type: 'object' };
    const { body } = build({}, { response_format: { type: 'json_schema', json_schema: { schema } } });
    expect(body?.response_format).toEqual({ type: 'json_schema', json_schema: { name: 'answer', schema } });
  });
});
