import { describe, expect, it } from '@jest/globals';
import type { ChatMessage } from '@trunkline/contracts';
import { withAnswerableEnd } from './answerable-end.js';

const rules: ChatMessage = { role: 'system', content: 'Rules' };
const asked: ChatMessage = { role: 'user', content: 'Hi' };
const answered: ChatMessage = { role: 'assistant', content: 'Hello' };
const late: ChatMessage = { role: 'developer', content: 'Shorter' };

describe('instructions at the end of a conversation', () => {
  it('are said by the user behind an answer, which would else be gone on with', () => {
    expect(withAnswerableEnd([rules, asked, answered, late, rules])).toEqual([
      rules,
      asked,
      answered,
      { role: 'user', content: 'Shorter' },
      { role: 'user', content: 'Rules' },
    ]);
  });

  it.each([
    ['behind what the user says', [asked, late]],
    ['before an answer that has been begun', [asked, late, answered]],
    ['where nothing else is said', [rules, late]],
  ])('stay what they are %s', (_where, messages) => {
    expect(withAnswerableEnd(messages)).toBe(messages);
  });
});
