import { describe, expect, it } from '@jest/globals';
import type { ChatMessage } from '@trunkline/contracts';
import { writeMessages } from './messages.js';
import type { MessageQuirks } from './quirks.js';

const LONG = 'call_chatcmpl-0b7b1b1e-6f5c-4a51-9d6a-1f6f0f3ad111_0_1';

function conversation(id: string, args = '{"a":1}'): ChatMessage[] {
  return [
    { role: 'user', content: 'Go' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id, type: 'function', function: { name: 'f', arguments: args } }],
    },
    { role: 'tool', tool_call_id: id, content: 'done' },
  ];
}

function idsOf(messages: readonly ChatMessage[]): (string | undefined)[] {
  const [, call, result] = messages;
  return [
    call?.role === 'assistant' ? call.tool_calls?.[0]?.id : undefined,
    result?.role === 'tool' ? result.tool_call_id : undefined,
  ];
}

describe('calls of earlier turns', () => {
  it.each<[string, MessageQuirks, RegExp]>([
    ['of nine letters', { nineCharacterToolCallIds: true }, /^[A-Za-z0-9]{9}$/],
    ['of forty at most', { longestToolCallId: 40 }, /^[A-Za-z0-9]{40}$/],
  ])('have ids %s where that is asked for, the same as their results', (_name, quirks, form) => {
    const [call, result] = idsOf(writeMessages(conversation(LONG), quirks));
    expect(call).toMatch(form);
    expect(result).toBe(call);
    expect(idsOf(writeMessages(conversation(`${LONG}2`), quirks))[0]).not.toBe(call);
  });

  it('keep ids that fit, and every id where nothing is asked for', () => {
    expect(idsOf(writeMessages(conversation('call_1'), { longestToolCallId: 40 }))).toEqual([
      'call_1',
      'call_1',
    ]);
    expect(idsOf(writeMessages(conversation(LONG), {}))).toEqual([LONG, LONG]);
  });

  it.each(['', ' \n'])('have arguments that a server can parse where they were %j', (args) => {
    const [, call] = writeMessages(conversation('a', args), {});
    expect(call).toMatchObject({ tool_calls: [{ function: { arguments: '{}' } }] });
    const [, whole] = writeMessages(conversation('a'), {});
    expect(whole).toMatchObject({ tool_calls: [{ function: { arguments: '{"a":1}' } }] });
  });

  it('end in an answer that says it is begun, where it has to', () => {
    const begun: ChatMessage[] = [
      { role: 'user', content: 'Go' },
      { role: 'assistant', content: 'The answer' },
    ];
    expect(writeMessages(begun, { prefixedAnswer: true }).at(-1)).toMatchObject({ prefix: true });
    expect(writeMessages(begun, {}).at(-1)).not.toHaveProperty('prefix');
    const called = conversation('a').slice(0, 2);
    expect(writeMessages(called, { prefixedAnswer: true }).at(-1)).not.toHaveProperty('prefix');
  });
});
