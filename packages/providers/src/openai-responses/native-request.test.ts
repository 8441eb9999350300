import { describe, expect, it } from '@jest/globals';
import { printCarriedState } from '@trunkline/contracts';
import { defineResponses } from './index.js';

const traits = {
  reasons: (model: string) => model !== 'plain',
  canStopReasoning: (model: string) => model === 'either',
};
const openai = defineResponses({ ...traits, reasoningFormat: 'openai-responses-v1' });
const azure = defineResponses({ ...traits, reasoningFormat: 'azure-openai-responses-v1' });

interface Built {
  refused: string | null;
  body: Record<string, unknown>;
  dropped: readonly string[];
}

function build(
  native: Record<string, unknown>,
  model = 'thinker',
  chat = openai,
  ownCredential = false,
): Built {
  const { reasoning, temperature } = native as { reasoning?: { effort: string }; temperature?: number };
  const built = chat.buildRequest({
    request: {
      messages: [{ role: 'user', content: 'Hi' }],
      ...(reasoning ? { reasoning } : {}),
      ...(temperature === undefined ? {} : { temperature }),
    },
    native: { protocol: 'openai-responses', body: native },
    model,
    stream: native['stream'] === true,
    outputTokenLimit: null,
    maxOutputTokens: null,
    ownCredential,
  });
  if (built.kind === 'refused') return { refused: built.failure.param, body: {}, dropped: [] };
  return {
    refused: null,
    body: JSON.parse(built.request.body) as Record<string, unknown>,
    dropped: built.request.dropped,
  };
}

const reasoning = (encrypted: string | null) => ({
  type: 'reasoning',
  id: 'rs_1',
  summary: [{ type: 'summary_text', text: 'hm' }],
  ...(encrypted === null ? {} : { encrypted_content: encrypted }),
});
const sealed = (format: string, data = 'AAAA') =>
  printCarriedState({ kind: 'encrypted', format, data, id: 'rs_9', index: 0 });

describe("a client's own request for a response", () => {
  it('goes on as it was, unknown fields and built-in tools and all, but keeps nothing at the provider', () => {
    const input = [
      { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
      { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'x' } },
      { type: 'function_call', call_id: 'c', id: 'fc_1', name: 'f', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c', output: 'done' },
    ];
    const request = {
      model: 'openai/gpt-5',
      input,
      tools: [
        { type: 'web_search', search_context_size: 'low' },
        { type: 'function', name: 'f', strict: true },
      ],
      text: { verbosity: 'low' },
      brand_new: { any: 1 },
      include: ['web_search_call.action.sources'],
      stream: true,
      store: true,
      metadata: { a: 'b' },
      client_metadata: { installation_id: 'i' },
      provider: { only: ['openai'] },
    };
    const { body, dropped } = build(request);
    const { metadata: _metadata, client_metadata: _client, provider: _provider, ...rest } = request;
    expect(body).toEqual({
      ...rest,
      model: 'thinker',
      store: false,
      include: ['web_search_call.action.sources', 'reasoning.encrypted_content'],
    });
    expect(dropped).toEqual([]);
  });

  it('brings reasoning back byte for byte to who made it', () => {
    expect(build({ input: [reasoning('gAAAAB+/=')] }).body['input']).toEqual([reasoning('gAAAAB+/=')]);
    const carried = [reasoning(sealed('azure-openai-responses-v1', 'x+/='))];
    expect(build({ input: carried }, 'thinker', azure).body['input']).toEqual([
      { ...reasoning('x+/='), id: 'rs_9' },
    ]);
  });

  it.each([
    ['of another maker', sealed('anthropic-claude-v1'), openai, 'thinker'],
    ['of OpenAI at Azure', 'gAAAAB', azure, 'thinker'],
    ['of Azure at OpenAI', sealed('azure-openai-responses-v1'), openai, 'thinker'],
    ['that was never encrypted', null, openai, 'thinker'],
    ['in a damaged envelope', 'trunkline.state.1.!!', openai, 'thinker'],
    ['before a model that does not reason', 'gAAAAB', openai, 'plain'],
  ])('leaves out reasoning %s, says so, and drops ids that would ask for it', (_, state, chat, model) => {
    const call = { type: 'function_call', id: 'fc_1', call_id: 'c', name: 'f', arguments: '{}' };
    const { body, dropped } = build({ input: [reasoning(state), call] }, model, chat);
    const { id: _id, ...bare } = call;
    expect(body['input']).toEqual([bare]);
    expect(dropped).toEqual(['input[0]']);
  });

  it("shortens another provider's long id of a call, the same way for call and result", () => {
    const id = 'x'.repeat(90);
    const { body } = build({
      input: [
        { type: 'function_call', call_id: id, name: 'f', arguments: '{}' },
        { type: 'function_call_output', call_id: id, output: '' },
      ],
    });
    const [call, result] = body['input'] as { call_id: string }[];
    expect(call?.call_id.length).toBeLessThanOrEqual(64);
    expect(call?.call_id).toBe(result?.call_id);
  });

  it('drops what the model refuses, and says so', () => {
    expect(build({ input: 'x', reasoning: { effort: 'low' }, temperature: 0.2 })).toMatchObject({
      body: { reasoning: { effort: 'low' } },
      dropped: ['temperature'],
    });
    expect(build({ input: 'x', reasoning: { effort: 'low' } }, 'plain')).toMatchObject({
      dropped: ['reasoning'],
    });
    expect(build({ input: 'x', reasoning: { effort: 'none' } }).body).not.toHaveProperty('reasoning');
    expect(build({ input: 'x', service_tier: 'priority', max_output_tokens: 3 })).toMatchObject({
      body: { max_output_tokens: 16 },
      dropped: ['max_output_tokens', 'service_tier'],
    });
  });

  it('does not ask a model that does not reason for its encrypted reasoning, as some clients do of any', () => {
    const include = ['reasoning.encrypted_content', 'web_search_call.action.sources'];
    expect(build({ input: 'x', include, reasoning: { summary: 'auto' } }, 'plain')).toEqual({
      refused: null,
      body: {
        model: 'plain',
        input: [{ role: 'user', content: 'x' }],
        store: false,
        include: ['web_search_call.action.sources'],
      },
      dropped: [],
    });
  });

  it.each([
    ['previous_response_id', { previous_response_id: 'resp_1' }],
    ['input[0].id', { input: [{ type: 'item_reference', id: 'msg_1' }] }],
    [
      'input[0].content[0].file_id',
      { input: [{ role: 'user', content: [{ type: 'input_file', file_id: 'f' }] }] },
    ],
    [
      'input[0].output.file_id',
      { input: [{ type: 'computer_call_output', call_id: 'c', output: { file_id: 'f' } }] },
    ],
    ['tools[0].vector_store_ids', { tools: [{ type: 'file_search', vector_store_ids: ['v'] }] }],
    ['tools[0].container', { tools: [{ type: 'code_interpreter', container: 'cntr_1' }] }],
    [
      'tools[0].container.file_ids',
      { tools: [{ type: 'code_interpreter', container: { type: 'auto', file_ids: ['f'] } }] },
    ],
    ['tools[0].connector_id', { tools: [{ type: 'mcp', connector_id: 'c' }] }],
  ])('refuses %s, the id of an object kept at the provider', (param, request) => {
    expect(build({ input: 'x', ...request }).refused).toBe(param);
    expect(build({ input: 'x', ...request }, 'thinker', openai, true).refused).toBeNull();
  });
});
