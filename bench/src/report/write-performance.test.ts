import { describe, expect, it } from '@jest/globals';
import { withResults } from './write-performance.js';

const page = `# Performance

<!-- results: written by \`pnpm bench --write\` -->
old
<!-- end of results -->

How to run.
`;

describe('withResults', () => {
  it('replaces the last results and nothing else', () => {
    const once = withResults(page, [{ what: 'a', measured: '1 | 2', promise: '' }], ['A remark.']);
    expect(once).toBe(`# Performance

<!-- results: written by \`pnpm bench --write\` -->

A remark.

| what | measured | promise |
|---|---|---|
| a | 1 \\| 2 |  |
<!-- end of results -->

How to run.
`);
    expect(withResults(once, [{ what: 'a', measured: '1 | 2', promise: '' }], ['A remark.'])).toBe(once);
  });

  it('does not write into a page that has no place for them', () => {
    expect(() => withResults('# Performance\n', [], [])).toThrow('no place for results');
  });
});
