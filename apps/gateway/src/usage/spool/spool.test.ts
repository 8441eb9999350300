import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { begunOf, endedOf } from '../../../test/support/records.js';
import { closeLostCalls } from './close-lost-calls.js';
import { markOf } from './record-text.js';
import { Spool, type WrittenRecord } from './spool.js';
import { DiskSpoolFiles, type SpoolFiles } from './spool-files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trunkline-spool-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Opened {
  spool: Spool;
  written: WrittenRecord[];
  disk: (Error | null)[];
}

function open(files: SpoolFiles = new DiskSpoolFiles(folder), segmentBytes = 4_000): Opened {
  const written: WrittenRecord[] = [];
  const disk: (Error | null)[] = [];
  const spool = new Spool({
    id: 'node-0',
    files,
    segmentBytes,
    onWritten: (records) => written.push(...records),
    onDisk: (error) => disk.push(error),
    onRemoving: () => undefined,
  });
  return { spool, written, disk };
}

const idOf = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const marksOf = (spool: Spool, from = 1): string[] =>
  spool.read(from, 1_000, 1e9).map(({ number, payload }) => `${number} ${markOf(payload)?.kind}`);

/** A disk that takes only so many bytes. */
class FullDisk extends DiskSpoolFiles {
  left = Infinity;

  override write(file: number, bytes: Buffer): number {
    if (this.left === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const count = Math.min(bytes.length, this.left);
    this.left -= count;
    return super.write(file, bytes.subarray(0, count));
  }

  override replace(name: string, bytes: Buffer): void {
    if (this.left === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    super.replace(name, bytes);
  }
}

describe('Spool', () => {
  it('numbers records without gaps and writes those of one turn together', async () => {
    const { spool, written } = open();
    const first = spool.append(begunOf(idOf(1)));
    const second = spool.append(endedOf(idOf(1), 5n));
    expect([first.number, second.number, written.length]).toEqual([1, 2, 0]);
    expect(first.written).toBe(second.written);
    await second.written;
    expect(written.map(({ number }) => number)).toEqual([1, 2]);
    expect(marksOf(spool)).toEqual(['1 begun', '2 ended']);
    await spool.close();
  });

  it('reads a segment whole that it had read while that still grew', async () => {
    const { spool } = open();
    const read = () => [...spool.kept()].flat().map(({ number }) => number);
    const segments = () => readdirSync(folder).filter((name) => name.endsWith('.segment'));
    await spool.append(endedOf(idOf(0), 1n)).written;
    spool.confirm(1);
    expect(read()).toEqual([1]);
    while (segments().length < 2) await spool.append(endedOf(idOf(spool.last), 1n)).written;
    // What is confirmed is in memory no longer.
    spool.confirm(2);
    expect(read()).toEqual(Array.from({ length: spool.last }, (_, i) => i + 1));
    await spool.close();
  });

  it('goes on behind what the owner before it wrote, over several segments', async () => {
    const before = open();
    for (let n = 0; n < 20; n++) await before.spool.append(endedOf(idOf(n), 1n)).written;
    await before.spool.close();
    expect(readdirSync(folder).filter((name) => name.endsWith('.segment')).length).toBeGreaterThan(3);
    const { spool } = open();
    expect([spool.last, spool.shippable]).toEqual([20, 20]);
    expect(spool.append(begunOf(idOf(99))).number).toBe(21);
    await spool.close();
    expect(marksOf(open().spool, 19)).toEqual(['19 ended', '20 ended', '21 begun']);
  });

  it('ships nothing that is not on the disk itself', async () => {
    const { spool } = open();
    await spool.append(begunOf()).written;
    expect(spool.shippable).toBe(0);
    await spool.sync();
    expect(spool.shippable).toBe(1);
    await spool.close();
  });

  it('removes whole segments that are confirmed, and remembers the calls that are still open', async () => {
    const { spool } = open();
    const long = idOf(1_000);
    await spool.append(begunOf(long)).written;
    for (let n = 0; n < 20; n++) {
      spool.append(begunOf(idOf(n)));
      await spool.append(endedOf(idOf(n), 1n)).written;
    }
    spool.confirm(spool.last);
    expect(readdirSync(folder).filter((name) => name.endsWith('.segment'))).toHaveLength(1);
    expect(spool.firstKept).toBeGreaterThan(30);
    await spool.close();

    const next = open();
    expect([next.spool.last, next.spool.confirmed]).toEqual([41, next.spool.firstKept - 1]);
    expect(closeLostCalls(next.spool, Date.now())).toBe(1);
    await next.spool.append(begunOf(idOf(2_000))).written;
    expect(next.written[0]?.record).toMatchObject({
      kind: 'ended',
      id: long,
      billingReason: 'gateway_lost',
      costNanoUsd: '0',
    });
    next.spool.confirm(next.spool.last);
    await next.spool.close();
    expect(
      open()
        .spool.openCalls.all()
        .map((frame) => markOf(frame.payload)?.id),
    ).toEqual([idOf(2_000)]);
  });

  it('keeps its numbers for ever, also when nothing is left in it', async () => {
    const first = open();
    await first.spool.append(endedOf(idOf(1), 1n)).written;
    first.spool.confirm(1);
    await first.spool.close();
    const second = open();
    expect(second.spool.append(endedOf(idOf(2), 1n)).number).toBe(2);
    await second.spool.close();
  });

  it('goes on behind Postgres when the disk lost what was confirmed', async () => {
    const { spool } = open();
    await spool.append(endedOf(idOf(1), 1n)).written;
    spool.continueAfter(50);
    expect(spool.append(endedOf(idOf(2), 1n)).number).toBe(51);
    expect(spool.confirmed).toBe(50);
    await spool.close();
    const next = open();
    expect([next.spool.last, next.spool.confirmed]).toEqual([51, 50]);
  });

  it('drops a torn last record, at whatever byte the write was cut', async () => {
    const { spool } = open();
    for (const n of [1, 2, 3]) await spool.append(endedOf(idOf(n), 1n)).written;
    await spool.close();
    const segments = readdirSync(folder).filter((name) => name.endsWith('.segment'));
    const path = join(folder, segments.at(-1) ?? '');
    const whole = readFileSync(path);
    for (let cut = whole.length; cut >= 0; cut -= 1) {
      truncateSync(path, cut);
      const next = open();
      const { last } = next.spool;
      expect(last === 3).toBe(cut === whole.length);
      expect(marksOf(next.spool)).toHaveLength(last);
      // What was cut off is gone for good: reading it again finds the same.
      expect(open().spool.last).toBe(last);
    }
  });

  it('survives any appends, confirmations and restarts without losing or repeating a number', async () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ kind: fc.constant('confirm' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
      fc.record({ kind: fc.constant('restart' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        rmSync(folder, { recursive: true });
        let { spool } = open();
        let appended = 0;
        let confirmed = 0;
        for (const each of acts) {
          if (each.kind === 'append') {
            for (let n = 0; n < each.count; n++)
              expect(spool.append(endedOf(idOf(++appended), 1n)).number).toBe(appended);
            await spool.append(begunOf(idOf(++appended))).written;
          } else if (each.kind === 'confirm') {
            confirmed = Math.max(confirmed, Math.floor(appended * each.share));
            spool.confirm(confirmed);
          } else {
            await spool.close();
            ({ spool } = open());
          }
          expect(spool.last).toBe(appended);
          const kept: number[] = [];
          for (let next = spool.firstKept; next <= spool.last;) {
            const frames = spool.read(next, 7, 5_000);
            kept.push(...frames.map((frame) => frame.number));
            next += frames.length;
          }
          expect(kept).toEqual(
            Array.from({ length: appended - spool.firstKept + 1 }, (_, n) => spool.firstKept + n),
          );
          expect(spool.firstKept).toBeLessThanOrEqual(confirmed + 1);
        }
        await spool.close();
      }),
      { numRuns: 60 },
    );
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('Spool on a full disk', () => {
  it('keeps records in memory until they are shipped, and writes what is left once there is room', async () => {
    const files = new FullDisk(folder);
    const { spool, disk } = open(files);
    await spool.append(endedOf(idOf(1), 1n)).written;
    files.left = 100;
    const second = spool.append(endedOf(idOf(2), 1n));
    const third = spool.append(endedOf(idOf(3), 1n));
    let answered = false;
    void third.written.then(() => (answered = true));
    await until(() => spool.broken !== null);
    expect(spool.broken?.message).toContain('no space');
    expect([answered, spool.shippable, marksOf(spool).length]).toEqual([false, 3, 3]);
    spool.shipped(third.number);
    await second.written;
    // What was torn by the full disk does not show.
    expect(open(new DiskSpoolFiles(folder)).spool.last).toBe(1);
    files.left = Infinity;
    await until(() => spool.broken === null);
    expect([spool.broken, disk.length, disk.at(-1)]).toEqual([null, 2, null]);
    expect(spool.append(endedOf(idOf(4), 1n)).number).toBe(4);
    await spool.close();
    expect(marksOf(open(new DiskSpoolFiles(folder)).spool)).toHaveLength(4);
  });

  it('answers after 2 s when the queue is away as well', async () => {
    const files = new FullDisk(folder);
    const { spool } = open(files);
    files.left = 0;
    const began = performance.now();
    await spool.append(endedOf(idOf(1), 1n)).written;
    expect(performance.now() - began).toBeLessThan(10_000);
    files.left = Infinity;
    await until(() => spool.broken === null);
    await spool.close();
    expect(open().spool.last).toBe(1);
  });
});
