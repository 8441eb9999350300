import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseResponsesRequest } from './parse-responses-request.js';

const hello = { model: 'openai/gpt-5-mini', input: 'hello' };
const issueOf = (value: unknown) => {
  const parsed = parseResponsesRequest(value);
  return parsed.ok ? null : [parsed.issue.code, parsed.issue.param];
};
const withItem = (item: unknown) => ({ ...hello, input: [item] });
const withPart = (part: unknown) => withItem({ role: 'user', content: [part] });

describe('a request for a response', () => {
  it('comes back as the very value, unknown fields and all', () => {
    const request = {
      ...hello,
      brand_new_field: { any: ['thing'] },
      input: [
        { role: 'user', content: 'hi' },
        { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'be brief' }] },
        {
          role: 'user',
          content: [{ type: 'input_image', image_url: 'https://example.com/a.png', detail: 'low' }],
        },
        { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'abc' },
        { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c', output: [{ type: 'input_text', text: 'x' }] },
        { type: 'custom_tool_call', call_id: 'd', name: 'sql', input: 'select 1' },
        { type: 'custom_tool_call_output', call_id: 'd', output: '1' },
        { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'x' } },
        {
          type: 'message',
          role: 'assistant',
          id: 'msg_1',
          content: [{ type: 'output_text', text: 'ok', annotations: [] }],
        },
      ],
      tools: [{ type: 'function', name: 'f' }, { type: 'web_search' }, { type: 'custom', name: 'sql' }],
      tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'f' }] },
      text: { format: { type: 'json_schema', name: 'n', schema: { type: 'object' } }, verbosity: 'low' },
      reasoning: { effort: 'low', summary: 'auto' },
      temperature: null,
    };
    const parsed = parseResponsesRequest(request);
    expect(parsed.ok && parsed.request).toBe(request);
  });

  it.each<[unknown, string, string | null]>([
    [5, 'invalid_type', null],
    [{ input: 'hi' }, 'missing_required_parameter', 'model'],
    [{ model: 'm' }, 'missing_required_parameter', 'input'],
    [{ model: 'm', messages: [] }, 'unknown_parameter', 'messages'],
    [{ ...hello, max_tokens: 5 }, 'unknown_parameter', 'max_tokens'],
    [{ ...hello, input: 5 }, 'invalid_type', 'input'],
    [{ ...hello, input: ['x'] }, 'invalid_type', 'input[0]'],
    [withItem({ type: 'nonsense' }), 'invalid_value', 'input[0].type'],
    [withItem({ role: 'robot', content: 'x' }), 'invalid_value', 'input[0].role'],
    [withItem({ role: 'user' }), 'missing_required_parameter', 'input[0].content'],
    [withItem({ role: 'user', content: 5 }), 'invalid_type', 'input[0].content'],
    [withPart({ type: 'text', text: 'x' }), 'invalid_value', 'input[0].content[0].type'],
    [withPart({ type: 'input_text' }), 'missing_required_parameter', 'input[0].content[0].text'],
    [
      withPart({ type: 'input_image', image_url: { url: 'x' } }),
      'invalid_type',
      'input[0].content[0].image_url',
    ],
    [
      withItem({ type: 'function_call_output', output: 'x' }),
      'missing_required_parameter',
      'input[0].call_id',
    ],
    [withItem({ type: 'function_call_output', call_id: 'a', output: 5 }), 'invalid_type', 'input[0].output'],
    [
      withItem({ type: 'function_call', call_id: 'a', name: 'f', arguments: {} }),
      'invalid_type',
      'input[0].arguments',
    ],
    [withItem({ type: 'reasoning', summary: 'x' }), 'invalid_type', 'input[0].summary'],
    [{ ...hello, tools: [{ type: 'function' }] }, 'missing_required_parameter', 'tools[0].name'],
    [{ ...hello, tools: [{}] }, 'missing_required_parameter', 'tools[0].type'],
    [{ ...hello, tool_choice: 'maybe' }, 'invalid_value', 'tool_choice'],
    [{ ...hello, tool_choice: { type: 'function' } }, 'missing_required_parameter', 'tool_choice.name'],
    [
      { ...hello, text: { format: { type: 'json_schema' } } },
      'missing_required_parameter',
      'text.format.name',
    ],
    [{ ...hello, text: { format: { type: 'xml' } } }, 'invalid_value', 'text.format.type'],
    [{ ...hello, temperature: 'hot' }, 'invalid_type', 'temperature'],
    [{ ...hello, max_output_tokens: 1.5 }, 'invalid_type', 'max_output_tokens'],
    [{ ...hello, truncation: 'some' }, 'invalid_value', 'truncation'],
    [{ ...hello, top_logprobs: 21 }, 'invalid_value', 'top_logprobs'],
    [{ ...hello, trunkline: { timeout: 1 } }, 'unknown_parameter', 'trunkline.timeout'],
  ])('says of %j what is wrong and where', (value, code, param) => {
    expect(issueOf(value)).toEqual([code, param]);
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('input', 'tools', 'text', 'tool_choice'), (a, key) => {
        parseResponsesRequest(a);
        parseResponsesRequest({ ...hello, [key]: a });
        parseResponsesRequest({ ...hello, input: [{ type: 'message', role: 'user', content: [a] }, a] });
      }),
    );
  });
});
