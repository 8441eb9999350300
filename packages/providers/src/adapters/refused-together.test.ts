import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '@trunkline/contracts';
import { adapterOf } from '../registry.js';

function sent(provider: string, model: string, more: Partial<ChatRequest>) {
  const request = { messages: [{ role: 'user' as const, content: 'Hi' }], ...more };
  const call = { model, stream: more.stream === true, outputTokenLimit: null, maxOutputTokens: null };
  const built = adapterOf(provider)?.chat?.buildRequest({ ...call, request });
  if (built?.kind !== 'built') throw new Error('not built');
  const body = JSON.parse(built.request.body) as Record<string, unknown>;
  return { body, dropped: built.request.dropped };
}

const effort = { reasoning_effort: 'high' };
const json = { response_format: { type: 'json_object' as const } };

describe('wishes that a provider refuses together, or of some models', () => {
  it('are thinking and JSON, or an answer in one piece, of Qwen: the model answers without thinking', () => {
    for (const [model, more] of [
      ['qwen3-32b', {}],
      ['qwen3-235b-a22b', effort],
      ['qwen3-32b', { ...json, stream: true }],
      ['qwen-plus', { ...json, ...effort, stream: true }],
    ] as const) {
      const { body, dropped } = sent('alibaba', model, more);
      expect(body['enable_thinking']).toBe(false);
      expect(dropped).toEqual('reasoning_effort' in more ? ['reasoning_effort'] : []);
    }
    expect(sent('alibaba', 'qwen3-32b', { ...effort, stream: true }).body['enable_thinking']).toBe(true);
    for (const model of ['qwen-plus', 'qwen3-max', 'qwen3-235b-a22b-instruct-2507'])
      expect(sent('alibaba', model, {}).body).not.toHaveProperty('enable_thinking');
  });

  it('are efforts and JSON schemas of Groq, which some of its models know', () => {
    const schema = { type: 'object', properties: {}, additionalProperties: false };
    const format = { response_format: { type: 'json_schema' as const, json_schema: { name: 'x', schema } } };
    expect(sent('groq', 'llama-3.3-70b-versatile', { ...effort, ...format }).dropped).toEqual([
      'reasoning_effort',
      'response_format.json_schema',
    ]);
    const { body, dropped } = sent('groq', 'openai/gpt-oss-120b', { ...effort, ...format });
    expect([body['reasoning_effort'], dropped]).toEqual(['high', []]);
  });

  it('are more than one stop sequence, hot temperatures and forced tools of GLM', () => {
    const tools = [{ type: 'function', function: { name: 'f' } }];
    const more = { stop: ['a', 'b'], temperature: 1.4, tools, tool_choice: 'required' as const };
    const { body, dropped } = sent('zhipu', 'glm-4.6', more);
    expect(body).toMatchObject({ stop: ['a'], temperature: 1, tool_choice: 'auto' });
    expect([...dropped].sort()).toEqual(['stop', 'temperature', 'tool_choice']);
  });
});
