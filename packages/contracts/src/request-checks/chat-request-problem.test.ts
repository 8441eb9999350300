import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ChatRequest, ContentPart } from '../chat/chat-request.js';
import { chatRequestProblem, problemIssue } from './chat-request-problem.js';

const PNG = `data:image/png;base64,${Buffer.from('\x89PNG\r\n\x1a\n----', 'latin1').toString('base64')}`;

const issueOf = (request: ChatRequest): [string | null, string] | null => {
  const problem = chatRequestProblem(request);
  if (problem === null) return null;
  const { param, message } = problemIssue(problem);
  return [param, message];
};
const withPart = (part: object) => issueOf({ messages: [{ role: 'user', content: [part as ContentPart] }] });
const call = (id: string) => ({ id, type: 'function' as const, function: { name: 'f', arguments: '{}' } });
const calls = (...ids: string[]): ChatRequest['messages'][number] => ({
  role: 'assistant',
  tool_calls: ids.map(call),
});
const result = (id: string): ChatRequest['messages'][number] => ({
  role: 'tool',
  tool_call_id: id,
  content: 'x',
});
const node = (fields: object) => ({ type: 'object', ...fields });
const withTool = (parameters: object) =>
  issueOf({
    messages: [{ role: 'user', content: 'x' }],
    tools: [{ type: 'function', function: { name: 'f', parameters: parameters as Record<string, unknown> } }],
  });

describe('media in a request', () => {
  it.each([
    [{ type: 'image_url', image_url: { url: PNG } }],
    [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }],
    [{ type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } }],
    [{ type: 'input_audio', input_audio: { data: 'data:;base64,UklGRg==', format: 'wav' } }],
    [{ type: 'file', file: { file_data: 'data:application/pdf;base64,JVBERi0xLjQK' } }],
    [{ type: 'file', file: { file_data: 'JVBERi0xLjQK', filename: 'a.pdf' } }],
    [{ type: 'file', file: { file_id: 'file-1' } }],
    [{ type: 'video_url', video_url: { url: 'data:video/mp4;base64,AAAA' } }],
    [{ type: 'text', text: 'data:image/png;base64,%%%' }],
  ])('is taken as it is: %j', (part) => {
    expect(withPart(part)).toBeNull();
  });

  it.each([
    [{ type: 'image_url', image_url: { url: 'data:image/png;base64,aGVsbG8=' } }, 'image_url.url'],
    [{ type: 'image_url', image_url: { url: 'data:image/png;base64,a b!' } }, 'image_url.url'],
    [{ type: 'image_url', image_url: { url: 'http://169.254.169.254/latest' } }, 'image_url.url'],
    [{ type: 'image_url', image_url: { url: `https://example.com/${'a'.repeat(9_000)}` } }, 'image_url.url'],
    [{ type: 'video_url', video_url: { url: 'http://0x7f000001/a.mp4' } }, 'video_url.url'],
    [{ type: 'input_audio', input_audio: { data: '<wav>', format: 'wav' } }, 'input_audio.data'],
    [{ type: 'file', file: { file_data: 'https://intranet/a.pdf' } }, 'file.file_data'],
    [{ type: 'file', file: { file_data: 'data:application/pdf;base64,aGVsbG8=' } }, 'file.file_data'],
    [{ type: 'file', file: { file_data: 'not base64!' } }, 'file.file_data'],
  ])('is refused by the name of its field: %j', (part, field) => {
    const [param, message] = withPart(part) ?? [null, ''];
    expect(param).toBe(`messages[0].content[0].${field}`);
    expect(message).toMatch(/^Invalid value for 'messages\[0\]\.content\[0\]\.\S+': it [^]+\.$/);
  });

  it('of 30 MB is looked at in little time', () => {
    const url = `${PNG}${'A'.repeat(30 * 1024 * 1024)}`;
    const began = process.cpuUsage();
    expect(withPart({ type: 'image_url', image_url: { url } })).toBeNull();
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(5_000);
  });
});

describe("a tool's result", () => {
  it('answers a call of any message before it', () => {
    expect(
      issueOf({ messages: [calls('a', 'b'), result('b'), calls('c'), result('a'), result('c')] }),
    ).toBeNull();
  });

  it('without its call is refused', () => {
    expect(issueOf({ messages: [result('a')] })?.[0]).toBe('messages[0].tool_call_id');
    expect(issueOf({ messages: [result('a'), calls('a')] })?.[0]).toBe('messages[0].tool_call_id');
    expect(issueOf({ messages: [calls('a'), result('b')] })?.[0]).toBe('messages[1].tool_call_id');
  });

  it('can tell two calls of one message apart; later turns may count anew', () => {
    expect(issueOf({ messages: [calls('a', 'a')] })?.[0]).toBe('messages[0].tool_calls[1].id');
    expect(issueOf({ messages: [calls('a'), result('a'), calls('a'), result('a')] })).toBeNull();
  });
});

describe('a schema in a request', () => {
  it.each([
    [node({ properties: { child: { $ref: '#' } } })],
    [node({ properties: { child: { anyOf: [{ $ref: '#' }, { type: 'null' }] } }, required: ['child'] })],
    [node({ properties: { child: node({ type: ['object', 'null'] }) }, required: ['child'] })],
    [
      node({
        properties: { children: { type: 'array', items: { $ref: '#' } } },
        required: ['children'],
      }),
    ],
    [{ $ref: '#/nowhere' }],
    [{ $ref: 'https://example.com/tree.json' }],
  ])('may be a tree: %j', (schema) => {
    expect(withTool(schema)).toBeNull();
  });

  it.each([
    [{ $ref: '#' }],
    [{ $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } }],
    [node({ properties: { self: { $ref: '#' } }, required: ['self'] })],
    [{ type: 'array', minItems: 1, items: { $ref: '#' } }],
    [node({ $defs: { a: { allOf: [{ $ref: '#/$defs/a' }] } }, properties: { a: { $ref: '#/$defs/a' } } })],
  ])('must end: %j', (schema) => {
    const [param, message] = withTool(schema) ?? [null, ''];
    expect(param).toBe('tools[0].function.parameters');
    expect(message).toContain('refers to itself');
  });

  it('is bounded in depth and size, wherever it stands', () => {
    let deep: Record<string, unknown> = {};
    for (let i = 0; i < 120; i += 1) deep = { items: deep };
    expect(withTool(deep)?.[1]).toContain('deeper than 100');
    const wide = { anyOf: Array.from({ length: 30_000 }, () => ({})) };
    const messages: ChatRequest['messages'] = [{ role: 'user', content: 'x' }];
    expect(issueOf({ messages, functions: [{ name: 'f', parameters: wide }] })?.[0]).toBe(
      'functions[0].parameters',
    );
    const format = { type: 'json_schema' as const, json_schema: { schema: wide } };
    expect(issueOf({ messages, response_format: format })?.[0]).toBe('response_format.json_schema.schema');
  });

  it('of thousands of definitions that lead from one to the next is judged in little time', () => {
    const $defs: Record<string, unknown> = {};
    for (let i = 0; i < 4_000; i += 1)
      $defs[`d${i}`] = node({ properties: { next: { $ref: `#/$defs/d${i + 1}` } }, required: ['next'] });
    const began = process.cpuUsage();
    withTool(node({ $defs }));
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(5_000);
  });

  it('whatever it is, is judged without an exception', () => {
    const key = fc.constantFrom('$ref', 'properties', 'required', 'items', 'anyOf', 'allOf', 'type', '$defs');
    const { schema } = fc.letrec((tie) => ({
      schema: fc.dictionary(key, fc.oneof(fc.jsonValue(), fc.constant('#'), tie('schema'))),
    }));
    fc.assert(
      fc.property(schema, (value) => {
        withTool(value);
      }),
    );
  });
});
