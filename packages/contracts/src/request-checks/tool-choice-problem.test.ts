import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '../chat/chat-request.js';
import { toolChoiceProblem } from './tool-choice-problem.js';

const asking = (more: Partial<ChatRequest>): ChatRequest => ({
  messages: [{ role: 'user', content: 'x' }],
  tools: [{ type: 'function', function: { name: 'look_up' } }],
  ...more,
});

describe('the choice of a tool', () => {
  it.each<Partial<ChatRequest>>([
    {},
    { tool_choice: 'required' },
    { tool_choice: { type: 'function', function: { name: 'look_up' } } },
    { tool_choice: { type: 'web_search' } },
    { tool_choice: { type: 'function', function: { name: 'old' } }, functions: [{ name: 'old' }] },
    { function_call: { name: 'old' }, functions: [{ name: 'old' }] },
  ])('may be one of the tools: %j', (more) => {
    expect(toolChoiceProblem(asking(more))).toBeNull();
  });

  it.each<[string, Partial<ChatRequest>]>([
    ['tool_choice', { tool_choice: { type: 'function', function: { name: 'other' } } }],
    ['tool_choice', { tool_choice: { type: 'function', function: { name: 'look_up' } }, tools: null }],
    ['function_call', { function_call: { name: 'look_up' } }],
  ])('that names none of them is told: %s', (field, more) => {
    expect(toolChoiceProblem(asking(more))?.path).toEqual([field]);
  });
});
