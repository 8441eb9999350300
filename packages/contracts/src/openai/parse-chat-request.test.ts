import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseChatRequest } from './parse-chat-request.js';

const hello = { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'hello' }] };
const issueOf = (value: unknown) => {
  const parsed = parseChatRequest(value);
  return parsed.ok ? null : [parsed.issue.code, parsed.issue.param];
};

describe('a chat request', () => {
  it('comes back as the very value, unknown fields and all', () => {
    const request = {
      ...hello,
      brand_new_field: { any: ['thing'] },
      messages: [
        {
          role: 'developer',
          content: [{ type: 'text', text: 'be brief', cache_control: { type: 'ephemeral' } }],
        },
        {
          role: 'user',
          name: 'ann',
          content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' }, extra: 1 }],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
          reasoning_details: [{ type: 'reasoning.text', text: 'hm', signature: 's' }],
        },
        { role: 'tool', tool_call_id: 'a', content: 'done' },
        { role: 'function', name: 'old', content: null },
      ],
      tools: [{ type: 'function', function: { name: 'f' } }, { type: 'openrouter:web_search' }],
      tool_choice: { type: 'function', function: { name: 'f' } },
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'object' } } },
      temperature: null,
      stop: ['a', 'b'],
      trunkline: { timeouts: { totalMs: 1000 }, keepAlive: 'early' },
    };
    const parsed = parseChatRequest(request);
    expect(parsed.ok && parsed.request).toBe(request);
  });

  it('may name its model in models alone', () => {
    expect(issueOf({ models: ['a/b'], messages: hello.messages })).toBeNull();
    expect(issueOf({ messages: hello.messages })).toEqual(['missing_required_parameter', 'model']);
    expect(issueOf({ models: [], messages: hello.messages })).toEqual([
      'missing_required_parameter',
      'model',
    ]);
  });

  it.each<[unknown, string, string | null]>([
    [5, 'invalid_type', null],
    [[], 'invalid_type', null],
    [{ model: 'm' }, 'missing_required_parameter', 'messages'],
    [{ ...hello, messages: [] }, 'invalid_value', 'messages'],
    [{ ...hello, messages: {} }, 'invalid_type', 'messages'],
    [{ ...hello, messages: ['x'] }, 'invalid_type', 'messages[0]'],
    [{ ...hello, messages: [{ content: 'x' }] }, 'missing_required_parameter', 'messages[0].role'],
    [{ ...hello, messages: [{ role: 'robot', content: 'x' }] }, 'invalid_value', 'messages[0].role'],
    [{ ...hello, messages: [{ role: 'user' }] }, 'missing_required_parameter', 'messages[0].content'],
    [{ ...hello, messages: [{ role: 'user', content: 5 }] }, 'invalid_type', 'messages[0].content'],
    [
      { ...hello, messages: [{ role: 'user', content: [{ type: 'x' }] }] },
      'invalid_value',
      'messages[0].content[0].type',
    ],
    [
      { ...hello, messages: [{ role: 'tool', content: 'x' }] },
      'missing_required_parameter',
      'messages[0].tool_call_id',
    ],
    [{ ...hello, temperature: 'hot' }, 'invalid_type', 'temperature'],
    [{ ...hello, max_tokens: 1.5 }, 'invalid_type', 'max_tokens'],
    [{ ...hello, n: 0 }, 'invalid_value', 'n'],
    [{ ...hello, n: 129 }, 'invalid_value', 'n'],
    [{ ...hello, stop: [1] }, 'invalid_type', 'stop[0]'],
    [{ ...hello, tool_choice: 'maybe' }, 'invalid_value', 'tool_choice'],
    [{ ...hello, tools: [{ type: 'function' }] }, 'missing_required_parameter', 'tools[0].function'],
    [
      { ...hello, response_format: { type: 'json_schema' } },
      'missing_required_parameter',
      'response_format.json_schema',
    ],
    [{ ...hello, logit_bias: { 50256: 'x' } }, 'invalid_type', 'logit_bias["50256"]'],
    [{ ...hello, trunkline: { timeout: 1 } }, 'unknown_parameter', 'trunkline.timeout'],
    [{ ...hello, trunkline: { timeouts: { gap: 1 } } }, 'unknown_parameter', 'trunkline.timeouts.gap'],
  ])('says of %j what is wrong and where', (value, code, param) => {
    expect(issueOf(value)).toEqual([code, param]);
  });

  it('says which types a field may have', () => {
    const parsed = parseChatRequest({ ...hello, messages: [{ role: 'user', content: 5 }] });
    expect(!parsed.ok && parsed.issue.message).toBe(
      "Invalid type for 'messages[0].content': expected a string or an array, but got a number.",
    );
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.jsonValue(),
        fc.constantFrom('messages', 'tools', 'stop', 'trunkline'),
        (a, b, key) => {
          parseChatRequest(a);
          parseChatRequest({ ...hello, [key]: b });
          parseChatRequest({ ...hello, messages: [{ role: 'user', content: a }, b] });
        },
      ),
    );
  });
});
