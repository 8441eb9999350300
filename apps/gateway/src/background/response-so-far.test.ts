import { describe, expect, it } from '@jest/globals';
import { ResponseSoFar } from './response-so-far.js';

const added = (index: number, item: object) => ({
  type: 'response.output_item.added',
  output_index: index,
  item,
});
const delta = (type: string, index: number, text: string, more: object = {}) => ({
  type: `response.${type}.delta`,
  output_index: index,
  delta: text,
  ...more,
});

function soFar(...events: Record<string, unknown>[]): ResponseSoFar {
  const one = new ResponseSoFar({ id: 'resp_1', status: 'queued', model: 'm', output: [] });
  for (const event of events) one.take(event);
  return one;
}

const message = { id: 'msg_1', type: 'message', role: 'assistant', status: 'in_progress', content: [] };
const call = { id: 'fc_1', type: 'function_call', name: 'f', arguments: '', status: 'in_progress' };
const thought = { id: 'rs_1', type: 'reasoning', summary: [] };

describe('a response that has not ended', () => {
  it('is what it began with, before there is anything', () => {
    expect(soFar().response('in_progress')).toEqual({
      id: 'resp_1',
      status: 'in_progress',
      model: 'm',
      output: [],
    });
  });

  it('has the pieces of what is open in their places, and what is done as it was told', () => {
    const part = { type: 'output_text', annotations: [], text: 'Hello there' };
    const one = soFar(
      added(0, thought),
      delta('reasoning_summary_text', 0, 'Hm', { summary_index: 0 }),
      delta('reasoning_summary_text', 0, 'm.', { summary_index: 0 }),
      delta('reasoning_summary_text', 0, 'Yes.', { summary_index: 1 }),
      added(2, call),
      added(1, message),
      delta('output_text', 1, 'Hello', { content_index: 0 }),
      delta('function_call_arguments', 2, '{"a"'),
      delta('output_text', 1, ' there', { content_index: 0 }),
      delta('function_call_arguments', 2, ':1}'),
    );
    expect(one.response('in_progress')['output']).toEqual([
      {
        ...thought,
        summary: [
          { type: 'summary_text', text: 'Hmm.' },
          { type: 'summary_text', text: 'Yes.' },
        ],
      },
      { ...message, content: [part] },
      { ...call, arguments: '{"a":1}' },
    ]);
    const done = { ...message, status: 'completed', content: [{ ...part, text: 'Hello there.' }] };
    one.take({ type: 'response.output_item.done', output_index: 1, item: done });
    expect(one.response('cancelled')['output']).toMatchObject([
      { id: 'rs_1' },
      { status: 'completed', content: [{ text: 'Hello there.' }] },
      { status: 'incomplete', arguments: '{"a":1}' },
    ]);
  });

  it('takes refusals for what they are, and no notice of what it does not know', () => {
    const one = soFar(
      added(0, message),
      delta('refusal', 0, 'No.', { content_index: 0 }),
      delta('something_new', 0, 'x'),
      delta('output_text', 7, 'of no item', { content_index: 0 }),
    );
    expect(one.response('in_progress')['output']).toEqual([
      { ...message, content: [{ type: 'refusal', refusal: 'No.' }] },
    ]);
  });

  it('changes no item that it was given', () => {
    const item = { ...message, content: [] };
    soFar(added(0, item), delta('output_text', 0, 'x', { content_index: 0 }));
    expect(item).toEqual(message);
  });
});
