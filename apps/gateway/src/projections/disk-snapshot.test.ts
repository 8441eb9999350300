import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DiskSnapshot } from './disk-snapshot.js';
import type { ProjectionRows } from './state.js';

const rowsAt = (revision: bigint): ProjectionRows => ({
  revision,
  tenants: { organizations: [], projects: [], members: [], keys: [], budgets: [] },
  catalog: { models: [], offers: [], names: [], prices: [], entries: [] },
});

describe('the snapshot that the processes of a node share', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'disk-snapshot-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is the newest once its process has looked again, whoever was the last to write', async () => {
    const nowMs = Date.now();
    const older = new DiskSnapshot(folder, 0);
    const newer = new DiskSnapshot(folder, 1);
    for (let revision = 1n; revision < 100n; revision += 2n) {
      await Promise.all([older.save(rowsAt(revision), nowMs), newer.save(rowsAt(revision + 1n), nowMs)]);
      await newer.save(rowsAt(revision + 1n), nowMs);
      expect((await newer.load(nowMs))?.revision).toBe(revision + 1n);
    }
    expect(await readdir(folder)).toEqual(['projections.json']);
  });

  it('is not written again by who finds his own revision there', async () => {
    const nowMs = Date.now();
    expect(await new DiskSnapshot(folder, 0).save(rowsAt(5n), nowMs)).toBe(true);
    expect(await new DiskSnapshot(folder, 1).save(rowsAt(5n), nowMs)).toBe(false);
    expect(await new DiskSnapshot(folder, 1).save(rowsAt(4n), nowMs)).toBe(false);
    expect(await new DiskSnapshot(folder, 1).save(rowsAt(4n), nowMs + 61_000)).toBe(true);
  });
});
