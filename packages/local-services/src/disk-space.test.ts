import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { requireDiskSpace } from './disk-space.js';
import { explainDiskErrors, ServiceProblem } from './service-problem.js';

describe('requireDiskSpace', () => {
  it('lets pass what fits, and says how much is missing of what does not', async () => {
    await requireDiskSpace(tmpdir(), 0);
    await expect(requireDiskSpace(tmpdir(), 1e12)).rejects.toThrow(
      /has \d+ MB left and 1000000000000 MB are needed: free some space/,
    );
  });
});

describe('explainDiskErrors', () => {
  it('makes one sentence of a full disk, whoever reports it', () => {
    const full = Object.assign(new Error('write failed'), { code: 'ENOSPC' });
    expect(explainDiskErrors(full, '/data')).toBeInstanceOf(ServiceProblem);
    expect(
      explainDiskErrors(new Error('FATAL: could not write file: No space left on device'), '/data'),
    ).toMatchObject({
      message: 'The disk that holds /data is full: free some space there, then start again.',
    });
  });

  it('leaves other errors as they are', () => {
    const other = new Error('permission denied');
    expect(explainDiskErrors(other, '/data')).toBe(other);
  });
});
