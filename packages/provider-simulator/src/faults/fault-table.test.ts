import { describe, expect, it } from '@jest/globals';
import { FaultTable } from './fault-table.js';

const rule = (provider: string | undefined, model: string | undefined, options = {}) => ({
  provider,
  model,
  fault: 'cut' as const,
  options,
});

describe('FaultTable', () => {
  it('lets the rule decide that says most about the call', () => {
    const table = new FaultTable();
    table.set({ ...rule(undefined, undefined), fault: 'stall' });
    table.set({ ...rule('openai', undefined), fault: 'refuse' });
    table.set({ ...rule('openai', 'gpt'), fault: 'no_answer' });
    expect(table.take('openai', 'gpt')?.fault).toBe('no_answer');
    expect(table.take('openai', 'other')?.fault).toBe('refuse');
    expect(table.take('groq', 'other')?.fault).toBe('stall');
  });

  it('happens to the first calls only when it has a count, and passes on to the next rule', () => {
    const table = new FaultTable();
    table.set(rule('openai', 'gpt', { count: 2 }));
    table.set({ ...rule('openai', undefined), fault: 'stall' });
    expect(['', '', ''].map(() => table.take('openai', 'gpt')?.fault)).toEqual(['cut', 'cut', 'stall']);
    expect(table.list().map((one) => one.happened)).toEqual([2, 1]);
  });

  it('happens to the same share of calls for the same seed', () => {
    const run = (seed: string): string => {
      const table = new FaultTable();
      table.set(rule('openai', undefined, { probability: 0.3, seed }));
      return Array.from({ length: 1_000 }, () => (table.take('openai', 'm') === undefined ? '.' : 'x')).join(
        '',
      );
    };
    expect(run('a')).toBe(run('a'));
    expect(run('a')).not.toBe(run('b'));
    expect(run('a').replaceAll('.', '').length).toBeGreaterThan(250);
    expect(run('a').replaceAll('.', '').length).toBeLessThan(350);
  });

  it('replaces the rule of the same provider and model, and clears by provider', () => {
    const table = new FaultTable();
    table.set(rule('openai', undefined));
    table.set({ ...rule('openai', undefined), fault: 'stall' });
    table.set(rule('openai', 'gpt'));
    table.set(rule('groq', undefined));
    expect(table.list()).toHaveLength(3);
    table.clearProvider('openai');
    expect(table.list().map((one) => one.provider)).toEqual(['groq']);
  });
});
