import { describe, expect, it } from '@jest/globals';
import type { ChatMessage } from '@trunkline/contracts';
import { limitCacheMarks } from './cache-marks.js';

const cache_control = { type: 'ephemeral' as const };
const marked = (text: string): ChatMessage => ({
  role: 'user',
  content: [{ type: 'text', text, cache_control }],
});

describe('cache marks where a provider takes a few', () => {
  it('stay as they are while they are few', () => {
    const body = { messages: [marked('a'), marked('b')] };
    expect(limitCacheMarks(body, 2)).toBe(false);
    expect(body).toEqual({ messages: [marked('a'), marked('b')] });
  });

  it('stay at the end of the prefix, which covers what comes before, and the client’s own are left alone', () => {
    const tools = [{ type: 'function', function: { name: 'f' }, cache_control }];
    const messages = [marked('a'), marked('b'), marked('c')];
    const before = structuredClone({ tools, messages });
    const body: Parameters<typeof limitCacheMarks>[0] = { tools, messages };
    expect(limitCacheMarks(body, 2)).toBe(true);
    expect({ tools, messages }).toEqual(before);
    expect(body).toEqual({
      tools: [{ type: 'function', function: { name: 'f' } }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }] }, marked('b'), marked('c')],
    });
  });
});
