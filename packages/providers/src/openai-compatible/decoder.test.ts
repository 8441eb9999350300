import { describe, expect, it } from '@jest/globals';
import type { ChatEvent } from '@trunkline/contracts';
import { framesOf } from '../testing/play-stream.js';
import { defineOpenAiCompatible } from './index.js';

const { chat } = defineOpenAiCompatible({ id: 'x', name: 'X', baseUrl: 'https://x.test', docsUrl: '' });

function play(...deltas: Record<string, unknown>[]): ChatEvent[] {
  const decoder = chat?.decoder({ choices: 1 });
  const frames = deltas.map(
    (delta) => `data: ${JSON.stringify({ id: 'c', model: 'm', choices: [{ index: 0, delta }] })}\n\n`,
  );
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
});
