import { describe, expect, it } from '@jest/globals';
import { NO_CACHE_USE, PromptCache, type PromptSegment } from './prompt-cache.js';

const long = (material: string, tokens: number, mark?: '5m' | '1h'): PromptSegment => ({
  material,
  tokens,
  ...(mark === undefined ? {} : { mark }),
});

describe('useImplicit', () => {
  it('reads a known prefix from the second call on, in steps of 128', () => {
    const cache = new PromptCache();
    const segments = [long('system', 2_000), long('question', 30)];
    expect(cache.useImplicit('p m', segments, 0)).toEqual(NO_CACHE_USE);
    expect(cache.useImplicit('p m', [long('system', 2_000), long('another', 40)], 1).read).toBe(1_920);
  });

  it('keeps models apart, forgets after five minutes and ignores short prompts', () => {
    const cache = new PromptCache();
    cache.useImplicit('p m', [long('system', 2_000)], 0);
    expect(cache.useImplicit('p other', [long('system', 2_000)], 1).read).toBe(0);
    expect(cache.useImplicit('p m', [long('system', 2_000)], 300_001).read).toBe(0);
    cache.useImplicit('p m', [long('short', 1_000)], 0);
    expect(cache.useImplicit('p m', [long('short', 1_000)], 1).read).toBe(0);
  });
});

describe('useMarked', () => {
  it('writes what is marked, then reads it, and writes only what came since', () => {
    const cache = new PromptCache();
    const first = [long('system', 2_000, '1h'), long('question', 500, '5m'), long('rest', 7)];
    expect(cache.useMarked('p m', first, 0)).toEqual({ read: 0, written1h: 2_000, written5m: 500 });
    expect(cache.useMarked('p m', first, 1)).toEqual({ read: 2_500, written1h: 0, written5m: 0 });
    const next = [...first.slice(0, 2), long('answer', 100), long('again', 300, '5m')];
    expect(cache.useMarked('p m', next, 2)).toEqual({ read: 2_500, written1h: 0, written5m: 400 });
    expect(cache.useMarked('p m', first, 600_000)).toEqual({ read: 2_000, written1h: 0, written5m: 500 });
  });

  it('does not grow beyond its limit', () => {
    const cache = new PromptCache(10);
    for (let index = 0; index < 100; index += 1)
      cache.useMarked('p m', [long(`system ${index}`, 2_000, '5m')], 0);
    expect(cache.useMarked('p m', [long('system 0', 2_000, '5m')], 1).read).toBe(0);
    expect(cache.useMarked('p m', [long('system 99', 2_000, '5m')], 1).read).toBe(2_000);
  });
});
