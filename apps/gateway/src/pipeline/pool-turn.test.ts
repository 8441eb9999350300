import { describe, expect, it } from '@jest/globals';
import { poolTurn } from './pool-turn.js';

const turn = (more: Record<string, unknown>) =>
  poolTurn({ model: 'acme/one', messages: [{ role: 'user', content: 'hi' }], ...more });

describe('the turn of a pool', () => {
  it('is the same for all calls of a conversation, and spreads over conversations', () => {
    const turns = Array.from({ length: 300 }, (_, index) => turn({ user: `user-${index}` }));
    expect(turns).toEqual(Array.from({ length: 300 }, (_, index) => turn({ user: `user-${index}` })));
    for (const third of [0, 1, 2]) {
      const share = turns.filter((at) => Math.floor(at * 3) === third).length;
      expect(share).toBeGreaterThan(60);
    }
    expect(turns.every((at) => at >= 0 && at < 1)).toBe(true);
  });

  it('goes by the cache key first, then by the session, then by the user', () => {
    const byCache = turn({ prompt_cache_key: 'c', session_id: 's', user: 'u' });
    expect(byCache).toBe(turn({ prompt_cache_key: 'c' }));
    expect(turn({ session_id: 's', user: 'u' })).toBe(turn({ session_id: 's' }));
  });

  it('is left to chance where nothing names the conversation', () => {
    const turns = new Set(Array.from({ length: 20 }, () => turn({ user: '' })));
    expect(turns.size).toBeGreaterThan(1);
  });
});
