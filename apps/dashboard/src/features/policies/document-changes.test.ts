import { describe, expect, it } from '@jest/globals';
import { documentChanges } from './document-changes';

describe('documentChanges', () => {
  it('finds none between equal documents, whatever their order', () => {
    expect(documentChanges({ failover: { a: 1, b: ['x'] } }, { failover: { b: ['x'], a: 1 } })).toEqual([]);
  });

  it('names each place that was added, changed or taken out', () => {
    const before = { failover: { totalMs: 1, rescue: false, alsoOn: ['empty'] } };
    const after = { failover: { totalMs: 2, rescue: { holdBackMs: 5 }, alsoOn: [] } };
    expect(documentChanges(before, after)).toEqual([
      { path: 'failover.alsoOn', before: 'empty', after: 'none' },
      { path: 'failover.rescue', before: 'false', after: null },
      { path: 'failover.rescue.holdBackMs', before: null, after: '5' },
      { path: 'failover.totalMs', before: '1', after: '2' },
    ]);
  });
});
