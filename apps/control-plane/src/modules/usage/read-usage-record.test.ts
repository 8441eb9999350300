import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { endedRecord, newOwner } from '../../../test/factories/usage-records.js';
import { readUsageRecord } from './read-usage-record.js';

const record = endedRecord(newOwner(), 900n);
const read = (value: unknown) => readUsageRecord(JSON.stringify(value), 1);

describe('readUsageRecord', () => {
  it('reads an ended call and takes its time from its id', () => {
    const result = read(record);
    if (result.kind !== 'ended') throw new Error(JSON.stringify(result));
    expect(result.call.costNanoUsd).toBe(900n);
    expect(result.call.createdAt.getTime()).toBe(
      Number.parseInt(record.id.replaceAll('-', '').slice(0, 12), 16),
    );
  });

  it('passes over what began', () => {
    const { id, walletId, organizationId, projectId } = record;
    const begun = { kind: 'begun', id, walletId, organizationId, projectId, keyId: null, memberId: null };
    expect(read({ ...begun, requestedModel: 'm', endpoint: 'chat', beganMs: 1 })).toEqual({ kind: 'begun' });
  });

  it.each<[string, unknown, string]>([
    ['another kind', { kind: 'other' }, 'kind'],
    ['a missing field', { ...record, status: undefined }, 'status'],
    ['an unknown field', { ...record, extra: 1 }, 'extra'],
    [
      'a cost that is not the sum of the lines',
      { ...record, costNanoUsd: '901' },
      'the sum of its lines 900',
    ],
    [
      'our cost that is not the sum of the lines',
      { ...record, providerCostNanoUsd: '1' },
      'the sum of its lines 450',
    ],
    ['a line of an attempt that there is not', { ...record, attempts: [] }, 'names attempt 1'],
    ['an id that is no UUIDv7', { ...record, id: '00000000-0000-4000-8000-000000000000' }, 'not a UUIDv7'],
    ['an id of 1970', { ...record, id: `00000000-0000-7000-8000-${record.id.slice(-12)}` }, '1970'],
    [
      'an id of the far future',
      { ...record, id: `ffffffff-ffff-7000-8000-${record.id.slice(-12)}` },
      'its id is of',
    ],
  ])('refuses %s', (_, value, error) => {
    expect(read(value)).toEqual({ kind: 'bad', error: expect.stringContaining(error) });
  });

  it('refuses a negative amount that its lines hide', () => {
    const [first, second] = record.lines;
    const lines = [
      { ...first, costNanoUsd: '-100' },
      { ...second, costNanoUsd: '1000' },
    ];
    expect(read({ ...record, lines })).toMatchObject({ kind: 'bad', error: 'an amount is negative' });
  });

  it('refuses text that is no JSON', () => {
    expect(readUsageRecord('{"kind":"ended"', 1)).toEqual({ kind: 'bad', error: 'not JSON' });
  });

  it('replaces what Postgres cannot store, so that a paid call is not lost for a character', () => {
    const result = read({ ...record, id: uuidv7(), endUser: 'a\0b', tags: { 'k\0': '\uD800x' } });
    if (result.kind !== 'ended') throw new Error(JSON.stringify(result));
    expect(result.call.record.endUser).toBe('a\uFFFDb');
    expect(result.call.record.tags).toEqual({ 'k\uFFFD': '\uFFFDx' });
  });
});
