import { describe, expect, it } from '@jest/globals';
import type { ChatAnswer, ChatRequest } from '@trunkline/contracts';
import { outputCheckOf } from './output-check.js';

const schema = {
  type: 'object',
  properties: { city: { type: 'string', pattern: '^(a+)+$' }, degrees: { type: 'number' } },
  required: ['city'],
};
const checkOf = (format: NonNullable<ChatRequest['response_format']>, alsoOn = ['invalid_output']) =>
  outputCheckOf({ response_format: format }, alsoOn);
const asked = checkOf({ type: 'json_schema', json_schema: { schema } });
const answer = (content: string, finish = 'stop', message: object = {}) =>
  ({
    choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content, ...message } }],
  }) as unknown as ChatAnswer;

describe('outputCheckOf', () => {
  it('checks nothing that was not asked for', () => {
    expect(checkOf({ type: 'json_schema', json_schema: { schema } }, [])).toBeNull();
    expect(checkOf({ type: 'text' })).toBeNull();
  });

  it('names what breaks the schema', () => {
    expect(asked?.problemOf(answer('{"degrees":3}'))).toContain('city');
    expect(asked?.problemOf(answer('{"city":1}'))).toContain('/city');
    expect(asked?.problemOf(answer('{"city":"Bonn"}'))).toBeNull();
  });

  it('takes prose for a broken answer', () => {
    expect(asked?.problemOf(answer('Sure: {"city":"Bonn"}'))).toBe('the answer is not JSON');
    expect(checkOf({ type: 'json_object' })?.problemOf(answer('Sure'))).not.toBeNull();
  });

  it('leaves alone what is no answer in JSON: a refusal, a tool call, one cut by the limit', () => {
    expect(asked?.problemOf(answer('{"ci', 'length'))).toBeNull();
    expect(asked?.problemOf(answer('', 'stop', { refusal: 'No.' }))).toBeNull();
    expect(asked?.problemOf(answer('', 'tool_calls', { tool_calls: [{}] }))).toBeNull();
  });

  it('runs no regular expression of a tenant', () => {
    const started = process.cpuUsage();
    asked?.problemOf(answer(`{"city":"${'a'.repeat(40)}!"}`));
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_000);
  });

  it('survives a schema that cannot be compiled', () => {
    const broken = checkOf({ type: 'json_schema', json_schema: { schema: { $ref: '#/nowhere' } } });
    expect(broken?.problemOf(answer('{}'))).toBeNull();
  });
});
