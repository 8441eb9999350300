import { describe, expect, it } from '@jest/globals';
import type { ChatEvent } from '@trunkline/contracts';
import { framesOf } from '../testing/play-stream.js';
import { defineOpenAiCompatible } from './index.js';

const { chat } = defineOpenAiCompatible({ id: 'x', name: 'X', baseUrl: 'https://x.test', docsUrl: '' });

function play(...deltas: Record<string, unknown>[]): ChatEvent[] {
  return playChunks(...deltas.map((delta) => ({ id: 'c', model: 'm', choices: [{ index: 0, delta }] })));
}

function playChunks(...chunks: object[]): ChatEvent[] {
  const decoder = chat?.decoder({ choices: 1 });
  const frames = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  return framesOf([Buffer.from(frames.join(''))]).flatMap((frame) => [...(decoder?.push(frame) ?? [])]);
}

describe('a stream of OpenAI chunks as events', () => {
  it('says the pictures that a model drew', () => {
    const images = [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }];
    expect(play({ content: 'Here: ' }, { images }).slice(1)).toEqual([
      { type: 'text', choice: 0, text: 'Here: ' },
      { type: 'image', choice: 0, url: 'data:image/png;base64,AA==' },
    ]);
  });

  it('says a call in the older form as one in the newer', () => {
    const said = play(
      { function_call: { name: 'f', arguments: '' } },
      { function_call: { arguments: '{}' } },
    );
    expect(said.slice(1)).toEqual([
      { type: 'tool_call_start', choice: 0, index: 0, id: 'call_c_0', name: 'f', kind: 'function' },
      { type: 'tool_call_arguments', choice: 0, index: 0, text: '{}' },
    ]);
  });

  it('says a call before what comes after it, though its arguments have not begun', () => {
    const call = { index: 0, id: 'a', function: { name: 'f', arguments: '' } };
    expect(play({ tool_calls: [call] }, { content: 'Hm' }).map(({ type }) => type)).toEqual([
      'start',
      'tool_call_start',
      'text',
    ]);
  });

  it('leaves out pictures that are none', () => {
    expect(play({ content: 'a', images: [null, {}, { image_url: { url: 5 } }] }).slice(1)).toEqual([
      { type: 'text', choice: 0, text: 'a' },
    ]);
  });

  it('tells pages that stand beside the choices, once and at the end, as the plain answer does', () => {
    const results = [{ title: 'A', url: 'https://a.test', date: null }, { url: 7 }];
    const chunk = (delta: object, finish: string | null, more: object) => ({
      ...{ id: 'c', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] },
      ...more,
    });
    const said = playChunks(
      chunk({ content: 'Up[1]' }, null, { citations: ['https://a.test'], search_results: results }),
      chunk({}, 'stop', { citations: ['https://a.test'], search_results: results }),
    );
    const cited = { url: 'https://a.test', title: 'A', start_index: 5, end_index: 5 };
    const page = { type: 'url_citation', url_citation: cited };
    expect(said.slice(2)).toEqual([
      { type: 'annotation', choice: 0, annotation: page },
      { type: 'finish', choice: 0, reason: 'stop', native: 'stop' },
    ]);
    const message = { role: 'assistant', content: 'Up[1]' };
    const whole = { id: 'c', model: 'm', choices: [{ index: 0, message, finish_reason: 'stop' }] };
    const parsed = (more: object) => chat?.parseAnswer(JSON.stringify({ ...whole, ...more }));
    expect(parsed({ search_results: results })).toMatchObject({
      answer: { choices: [{ message: { annotations: [page] } }] },
    });
    expect(parsed({ citations: ['https://b.test'] })).toMatchObject({
      answer: { choices: [{ message: { annotations: [{ url_citation: { url: 'https://b.test' } }] } }] },
    });
  });

  it('names what only clients of its server can read', () => {
    const annotations = [{ type: 'file', file: { hash: 'x', content: [] } }];
    const tools = [{ type: 'search', arguments: '{}', output: 'x' }];
    expect(play({ content: 'a', annotations }, { executed_tools: tools }).slice(2)).toEqual([
      { type: 'left_out', choice: 0, what: 'citations' },
      { type: 'server_tool', choice: 0, name: 'search' },
    ]);
    const message = { role: 'assistant', content: 'a', annotations, executed_tools: tools };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    expect(chat?.parseAnswer(JSON.stringify({ id: 'c', model: 'm', choices }))).toMatchObject({
      leftOut: ['citations', 'server_tools'],
    });
  });
});
