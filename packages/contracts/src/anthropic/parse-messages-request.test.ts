import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCountTokensRequest, parseMessagesRequest } from './parse-messages-request.js';

const hello = {
  model: 'anthropic/claude-sonnet-4.5',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'hello' }],
};
const issueOf = (value: unknown) => {
  const parsed = parseMessagesRequest(value);
  return parsed.ok ? null : [parsed.issue.code, parsed.issue.param];
};
const withBlock = (block: unknown, role = 'user') => ({
  ...hello,
  messages: [{ role, content: [block] }],
});

describe('a Messages request', () => {
  it('comes back as the very value, unknown fields and all', () => {
    const request = {
      ...hello,
      brand_new_field: 1,
      system: [{ type: 'text', text: 'be brief', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'look', cache_control: null },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'x' }, title: 't' },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'hm', signature: 's' },
            { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
            { type: 'tool_use', id: 'toolu_1', name: 'f', input: { a: 1 } },
          ],
        },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'ok', is_error: false }],
        },
        { role: 'system', content: 'from here on in French' },
      ],
      tools: [
        { name: 'f', input_schema: { type: 'object' } },
        { type: 'web_search_20250305', name: 'web_search', max_uses: 2 },
      ],
      tool_choice: { type: 'auto', disable_parallel_tool_use: true },
      thinking: { type: 'adaptive', display: 'summarized' },
      output_config: { effort: 'high', format: { type: 'json_schema', schema: {} } },
      trunkline: { rescue: false },
    };
    const parsed = parseMessagesRequest(request);
    expect(parsed.ok && parsed.request).toBe(request);
  });

  it.each<[unknown, string, string | null]>([
    [5, 'invalid_type', null],
    [{ ...hello, model: undefined }, 'missing_required_parameter', 'model'],
    [{ ...hello, max_tokens: undefined }, 'missing_required_parameter', 'max_tokens'],
    [{ ...hello, max_tokens: '5' }, 'invalid_type', 'max_tokens'],
    [{ ...hello, messages: [] }, 'invalid_value', 'messages'],
    [{ ...hello, messages: [{ role: 'tool', content: '' }] }, 'invalid_value', 'messages.0.role'],
    [{ ...hello, messages: [{ role: 'user' }] }, 'missing_required_parameter', 'messages.0.content'],
    [{ ...hello, messages: [{ role: 'user', content: 5 }] }, 'invalid_type', 'messages.0.content'],
    [withBlock({ type: 'image_url' }), 'invalid_value', 'messages.0.content.0.type'],
    [withBlock({ type: 'text' }), 'missing_required_parameter', 'messages.0.content.0.text'],
    [
      withBlock({ type: 'image', source: { type: 'base64', media_type: 'image/tiff', data: '' } }),
      'invalid_value',
      'messages.0.content.0.source.media_type',
    ],
    [
      withBlock({ type: 'tool_result', content: 'x' }),
      'missing_required_parameter',
      'messages.0.content.0.tool_use_id',
    ],
    [
      withBlock({ type: 'tool_use', id: 'a', name: 'f', input: '{}' }, 'assistant'),
      'invalid_type',
      'messages.0.content.0.input',
    ],
    [{ ...hello, system: [{ type: 'image' }] }, 'invalid_value', 'system.0.type'],
    [{ ...hello, tools: [{ name: 'f' }] }, 'missing_required_parameter', 'tools.0.input_schema'],
    [{ ...hello, tools: [{ type: 'function', name: 'f' }] }, 'invalid_value', 'tools.0.type'],
    [{ ...hello, tool_choice: 'auto' }, 'invalid_type', 'tool_choice'],
    [{ ...hello, tool_choice: { type: 'required' } }, 'invalid_value', 'tool_choice.type'],
    [{ ...hello, thinking: { type: 'enabled' } }, 'missing_required_parameter', 'thinking.budget_tokens'],
    [{ ...hello, trunkline: { timeout: 1 } }, 'unknown_parameter', 'trunkline.timeout'],
  ])('says of %j what is wrong and where', (value, code, param) => {
    expect(issueOf(value)).toEqual([code, param]);
  });

  it('needs no limit where tokens are counted alone', () => {
    expect(parseCountTokensRequest({ ...hello, max_tokens: undefined }).ok).toBe(true);
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('messages', 'tools', 'system', 'thinking'),
        (value, key) => {
          parseMessagesRequest(value);
          parseMessagesRequest({ ...hello, [key]: value });
          parseMessagesRequest(withBlock(value));
        },
      ),
    );
  });
});
