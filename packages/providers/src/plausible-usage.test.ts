import { describe, expect, it } from '@jest/globals';
import { AnswerState } from './answer-state.js';
import { plausibleUsage } from './plausible-usage.js';

const nothing = { 'input.text': 0, 'output.text': 0 };

describe('plausibleUsage', () => {
  it('takes counts that no model reaches, and counts of nothing, for none', () => {
    expect(plausibleUsage({ 'input.text': 1e12 }, 'stop')).toBeNull();
    expect(plausibleUsage(nothing, 'stop')).toBeNull();
    expect(plausibleUsage({ 'input.text': 7, 'output.text': 0 }, 'stop')).toEqual({
      'input.text': 7,
      'output.text': 0,
    });
  });

  it('believes that a filter which answers in place of the model needs no tokens, plain and in a stream', () => {
    expect(plausibleUsage(nothing, 'content_filter')).toEqual(nothing);
    for (const [reason, told] of [
      ['content_filter', nothing],
      ['stop', null],
    ] as const) {
      const answer = new AnswerState(1);
      answer.usage = nothing;
      answer.finish(0, reason, null);
      expect(answer.usage).toEqual(told);
    }
  });

  it('does not forget what was counted for counts of nothing behind it', () => {
    const answer = new AnswerState(1);
    answer.usage = { 'input.text': 7 };
    answer.usage = nothing;
    answer.finish(0, 'content_filter', null);
    expect(answer.usage).toEqual({ 'input.text': 7 });
  });
});
