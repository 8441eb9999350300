import { describe, expect, it } from '@jest/globals';
import { AnswerLosses, lossesOf } from './answer-losses.js';
import type { WholeAnswer } from './chat-door.js';

const uncarried = { audio: 'answer.audio', image: 'answer.images', logprobs: 'answer.logprobs' } as const;

function whole(message: object, more: object = {}, choice: object = {}): WholeAnswer {
  const choices = [
    { index: 0, finish_reason: 'stop', message: { role: 'assistant', ...message }, ...choice },
  ];
  return { kind: 'answer', native: null, answer: { choices }, ...more } as unknown as WholeAnswer;
}

describe('what a client does not get of a plain answer', () => {
  it('is named once, by the field that would hold it and by what no dialect has', () => {
    const message = { images: [{ image_url: { url: 'https://e.com' } }], audio: { data: 'AA==' } };
    const choice = { logprobs: { content: [{ token: 'a' }] } };
    expect(lossesOf(whole(message, { leftOut: ['compaction'] }, choice), uncarried)).toEqual([
      'answer.compaction',
      'answer.audio',
      'answer.images',
      'answer.logprobs',
    ]);
  });

  it('is nothing where the fields are there and empty, as some servers write them', () => {
    const message = { images: [], audio: { data: '', id: '' }, annotations: null };
    expect(lossesOf(whole(message, {}, { logprobs: { content: [] } }), uncarried)).toEqual([]);
  });

  it('is nothing where the answer passes as it is', () => {
    expect(
      lossesOf(whole({ audio: { data: 'AA==' } }, { native: '{}', leftOut: ['audio'] }), uncarried),
    ).toEqual([]);
  });
});

it('what a client does not get of a stream is named once', () => {
  const losses = new AnswerLosses(uncarried);
  for (const _ of [1, 2]) losses.note({ type: 'image', choice: 0, url: 'https://e.com' });
  losses.note({ type: 'text', choice: 0, text: 'x' });
  expect(losses.list).toEqual(['answer.images']);
});
