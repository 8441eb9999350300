import { describe, expect, it } from '@jest/globals';
import type { ChatMessage, ImagePart } from '@trunkline/contracts';
import { plainToolResults } from './tool-results.js';

const image: ImagePart = { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } };
const caption = (id: string) => `(Media of the result of tool call ${id})`;

describe('results of tools', () => {
  it('that are text alone are the client’s own objects', () => {
    const messages: ChatMessage[] = [{ role: 'tool', tool_call_id: 'a', content: 'x' }];
    expect(plainToolResults(messages)).toBe(messages);
  });

  it('are text where they are a list of one, and a list where a mark stands in it', () => {
    const marked = [{ type: 'text' as const, text: 'x', cache_control: { type: 'ephemeral' as const } }];
    expect(
      plainToolResults([
        { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'x' }] },
        { role: 'tool', tool_call_id: 'b', content: marked },
      ]),
    ).toEqual([
      { role: 'tool', tool_call_id: 'a', content: 'x' },
      { role: 'tool', tool_call_id: 'b', content: marked },
    ]);
  });

  it('have their images behind the results of the turn, and no gap before them', () => {
    expect(
      plainToolResults([
        { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'seen' }, image] },
        { role: 'tool', tool_call_id: 'b', content: [image], is_error: false },
        { role: 'user', content: 'And?' },
        { role: 'tool', tool_call_id: 'c', content: 'no', is_error: true },
      ]),
    ).toEqual([
      { role: 'tool', tool_call_id: 'a', content: 'seen' },
      { role: 'tool', tool_call_id: 'b', content: caption('b') },
      {
        role: 'user',
        content: [{ type: 'text', text: caption('a') }, image, { type: 'text', text: caption('b') }, image],
      },
      { role: 'user', content: 'And?' },
      { role: 'tool', tool_call_id: 'c', content: 'no' },
    ]);
  });
});
