import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { UsageBatch } from '@trunkline/queues';
import { endedOf } from '../../../test/support/records.js';
import { SpoolShipper } from './ship-spool.js';
import { Spool } from './spool.js';
import { DiskSpoolFiles } from './spool-files.js';

let folder: string;
let spool: Spool;
let shipper: SpoolShipper;
let sent: { batch: UsageBatch; again: boolean }[];
let queueIsAway: boolean;

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const ranges = (): string[] =>
  sent.map(({ batch, again }) => `${batch.from}-${batch.to}${again ? ' again' : ''}`);
/** Of each test: a machine that takes its time for it lets no batch become overdue. */
let beganMs: number;

async function append(count: number): Promise<void> {
  for (let n = 0; n < count; n++) spool.append(endedOf(id(n), 1n));
  await spool.append(endedOf(id(999), 1n)).written;
  await spool.sync();
}

beforeEach(() => {
  beganMs = Date.now();
  folder = mkdtempSync(join(tmpdir(), 'trunkline-ship-'));
  sent = [];
  queueIsAway = false;
  const ignore = (): void => undefined;
  spool = new Spool({
    id: 'node-0',
    files: new DiskSpoolFiles(folder),
    onWritten: ignore,
    onDisk: ignore,
    onRemoving: ignore,
  });
  shipper = new SpoolShipper(
    spool,
    {
      sendUsage: (batch, { again }) => {
        if (queueIsAway) return Promise.reject(new Error('away'));
        sent.push({ batch, again });
        return Promise.resolve();
      },
    },
    ignore,
  );
  // Its own timer would send between the lines of a test.
  shipper.stop();
});
afterEach(async () => {
  await spool.close();
  rmSync(folder, { recursive: true });
});

describe('SpoolShipper', () => {
  it('sends each record once, in batches that follow each other, with its text as it was written', async () => {
    await append(4_999);
    await shipper.tick(beganMs);
    expect(ranges()).toEqual(['0-2000', '2000-4000', '4000-5000']);
    expect(sent.flatMap(({ batch }) => batch.records)).toEqual(
      spool.read(1, 5_000, 1e9).map((frame) => frame.payload),
    );
    await shipper.tick(beganMs);
    expect(sent).toHaveLength(3);
    expect(shipper.handedOver).toBe(true);
  });

  it('has eight batches under way at most', async () => {
    await append(19_999);
    await shipper.tick(beganMs);
    expect(sent).toHaveLength(8);
    shipper.confirm(4_000);
    await shipper.tick(beganMs);
    expect(ranges().slice(8)).toEqual(['16000-18000', '18000-20000']);
  });

  it('sends again what was not confirmed for 5 s, and what the queue did not take', async () => {
    queueIsAway = true;
    await append(2_500);
    await shipper.tick(beganMs);
    expect([sent.length, shipper.handedOver]).toEqual([0, false]);
    queueIsAway = false;
    await shipper.tick(beganMs);
    shipper.confirm(2_000);
    await shipper.tick(Date.now() + 5_001);
    expect(ranges()).toEqual(['0-2000', '2000-2501', '2000-2501 again']);
  });

  it('begins anew where Postgres stands when that is inside one of its batches', async () => {
    await append(2_500);
    await shipper.tick(beganMs);
    shipper.confirm(700);
    await shipper.tick(beganMs);
    expect(ranges()).toEqual(['0-2000', '2000-2501', '700-2501']);
  });

  it('ships from memory while the disk fails, so that those who wait are answered', async () => {
    await append(0);
    await shipper.tick(beganMs);
    Object.assign(spool, { brokenBy: new Error('no space left on device') });
    const { written } = spool.append(endedOf(id(5), 1n));
    await new Promise(setImmediate);
    await shipper.tick(beganMs);
    await written;
    expect(ranges()).toEqual(['0-1', '1-2']);
    Object.assign(spool, { brokenBy: null });
  });
});
