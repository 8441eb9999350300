import { describe, expect, it } from '@jest/globals';
import type { ChatRequest } from '@trunkline/contracts';
import { lackingParameters, uncallableTools } from './uncallable-tools.js';

const request = (choice: ChatRequest['tool_choice']): ChatRequest => ({
  messages: [{ role: 'user', content: 'hi' }],
  tools: [
    { type: 'function', function: { name: 'clock' } },
    { type: 'custom', custom: { name: 'note' } },
    { type: 'elsewhere:search' },
  ],
  ...(choice === undefined ? {} : { tool_choice: choice }),
});
const named = { type: 'function', function: { name: 'clock' } };

describe('tools that the choice forbids to call', () => {
  it.each([
    [undefined, []],
    ['auto' as const, []],
    ['required' as const, []],
    ['none' as const, ['tools', 'tools[0]', 'tools[1]', 'tools[2]']],
    [named, ['tools[1]']],
    [{ type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [named] } }, ['tools[1]']],
    [{ type: 'allowed_tools', mode: 'auto', tools: [{ type: 'custom', name: 'note' }] }, ['tools[0]']],
  ])('are those beside the callable ones: %j', (choice, paths) => {
    expect([...uncallableTools(request(choice))]).toEqual(paths);
  });

  it('make no target a worse one that leaves them out', () => {
    const dropped = ['seed', 'tools[1]', 'tools[2]'];
    expect(lackingParameters(dropped, request(named))).toEqual(['seed', 'tools[2]']);
    expect(lackingParameters(dropped, request('auto'))).toEqual(dropped);
  });
});
