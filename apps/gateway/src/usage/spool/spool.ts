import type { BegunRecord, EndedRecord } from '@trunkline/contracts';
import { type Frame, maxFrameBytes, readFrames, writeFrame } from './frame.js';
import type { OpenCalls } from './open-calls.js';
import { RecentFrames } from './recent-frames.js';
import { printRecord } from './record-text.js';
import { OPEN_CALLS_FILE, recoverSpool } from './recover-spool.js';
import { SegmentWriter } from './segment-writer.js';
import { segmentName, type SpoolFiles } from './spool-files.js';

/** A record that is in the spool for good. */
export interface WrittenRecord {
  number: number;
  record: BegunRecord | EndedRecord;
}

export interface SpoolOptions {
  /** `<node id>-<slot>`. */
  id: string;
  files: SpoolFiles;
  /** Hears of records in the order of their numbers, once they are written. */
  onWritten: (written: readonly WrittenRecord[]) => void;
  /** The disk failed, or works again. */
  onDisk: (error: Error | null) => void;
  /** Segments with records up to this number are about to be removed. */
  onRemoving: (upTo: number) => void;
  segmentBytes?: number;
}

interface Waiting {
  number: number;
  sinceMs: number;
  resolve: () => void;
}

const PIECE_RECORDS = 1_000;
const REPAIR_EVERY_MS = 500;
/** While the disk fails and the queue is away too, an answer waits for its record no longer than this. */
const MAX_WAIT_MS = 2_000;
/** Names the life of Redis in which everything that was removed from this spool is known to be applied. */
const TRUSTED_EPOCH_FILE = 'redis-epoch';

/**
 * A row of segment files with numbered records, owned by one process. Records of one turn of the event loop are
 * written together at its end. While the disk fails they stay in memory, and whoever appended waits until they were
 * shipped from there.
 */
export class Spool {
  readonly id: string;
  readonly openCalls: OpenCalls;
  /** Records up to this one were confirmed when the spool was opened, as far as its files tell. */
  readonly confirmedAtOpening: number;
  /** Numbers before this one were removed before the spool was opened. */
  readonly firstKeptAtOpening: number;
  /** The life of Redis in which what was removed is known to be applied; null where that is not known. */
  readonly trustedEpochAtOpening: string | null;
  private readonly files: SpoolFiles;
  private readonly segments: number[];
  private readonly writer: SegmentWriter;
  private readonly recent: RecentFrames;
  private lastNumber: number;
  private writtenNumber: number;
  private confirmedNumber: number;
  private turn: WrittenRecord[] = [];
  private turnWritten: Promise<void> | null = null;
  private waiting: Waiting[] = [];
  private trustedEpoch: string | null;
  private brokenBy: Error | null = null;
  private repairTimer: NodeJS.Timeout | null = null;
  private lastRead: { first: number; frames: Frame[] } | null = null;

  constructor(private readonly options: SpoolOptions) {
    this.id = options.id;
    this.files = options.files;
    const recovered = recoverSpool(this.files);
    this.openCalls = recovered.openCalls;
    this.segments = recovered.segments;
    this.lastNumber = this.writtenNumber = recovered.last;
    this.confirmedNumber = this.confirmedAtOpening = recovered.confirmedAtLeast;
    this.firstKeptAtOpening = recovered.segments[0] ?? recovered.last + 1;
    this.trustedEpochAtOpening = this.trustedEpoch = readNote(this.files, TRUSTED_EPOCH_FILE);
    this.recent = new RecentFrames(recovered.last);
    this.writer = new SegmentWriter(this.files, options.segmentBytes ?? 8 * 1024 * 1024);
    this.writer.syncedNumber = recovered.last;
  }

  /** Number of the last record appended. */
  get last(): number {
    return this.lastNumber;
  }

  /** Everything up to this number was confirmed by Postgres. */
  get confirmed(): number {
    return this.confirmedNumber;
  }

  /** Numbers before this one are no longer on disk. */
  get firstKept(): number {
    return this.segments[0] ?? this.lastNumber + 1;
  }

  /** What may be shipped: what is safe on disk, and while the disk fails whatever there is. */
  get shippable(): number {
    return this.brokenBy ? this.lastNumber : this.writer.syncedNumber;
  }

  /** Why nothing can be written; null when it can. */
  get broken(): Error | null {
    return this.brokenBy;
  }

  /** Numbers go on behind this one: Postgres has confirmed records that this disk has lost. */
  continueAfter(position: number): void {
    if (position <= this.lastNumber) return;
    this.lastNumber = this.writtenNumber = this.confirmedNumber = position;
    this.writer.syncedNumber = position;
    this.writer.startNext();
    this.recent.restartAfter(position);
  }

  /**
   * Adds a record. The promise resolves when it is written (or, while the disk fails, shipped), and never rejects.
   */
  append(record: BegunRecord | EndedRecord): { number: number; written: Promise<void> } {
    const number = ++this.lastNumber;
    const frame = { number, payload: printRecord(record) };
    this.recent.push(frame);
    this.openCalls.note(frame, record);
    this.turn.push({ number, record });
    this.turnWritten ??= new Promise((resolve) => {
      setImmediate(() => {
        this.flush(resolve);
      });
    });
    return { number, written: this.turnWritten };
  }

  /** Frames from a number on, at most so many records and bytes, whether on disk or in memory. */
  read(from: number, maxRecords: number, maxBytes: number): Frame[] {
    const frames: Frame[] = [];
    let bytes = 0;
    for (let next = from; next <= this.lastNumber; next = from + frames.length) {
      const kept = this.recent.has(next)
        ? this.recent.from(next, maxRecords - frames.length)
        : this.readSegment(next);
      if (kept.length === 0) return frames;
      for (const frame of kept) {
        bytes += frame.payload.length;
        if (frames.length >= maxRecords || (bytes > maxBytes && frames.length > 0)) return frames;
        frames.push(frame);
      }
    }
    return frames;
  }

  /** Everything that is still there, in pieces; numbers that Postgres has and the disk lost are left out. */
  *kept(): Generator<Frame[]> {
    for (let next = this.firstKept; next <= this.lastNumber;) {
      const frames = this.read(next, PIECE_RECORDS, Number.MAX_SAFE_INTEGER);
      if (frames.length > 0) yield frames;
      const last = frames.at(-1)?.number;
      next =
        last === undefined ? (this.segments.find((first) => first > next) ?? this.lastNumber + 1) : last + 1;
    }
  }

  /** Puts what was written onto the disk. */
  async sync(): Promise<void> {
    try {
      await this.writer.sync(this.writtenNumber);
    } catch (error) {
      if (!this.brokenBy) this.startBroken(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** While the disk fails: these were handed on, so that nobody has to wait for them any longer. */
  shipped(upTo: number): void {
    if (!this.brokenBy) return;
    for (const each of this.waiting) if (each.number <= upTo) each.resolve();
    this.waiting = this.waiting.filter((each) => each.number > upTo);
  }

  /** Postgres has everything up to this number: whole segments below it go. */
  confirm(position: number): void {
    if (position <= this.confirmedNumber) return;
    this.confirmedNumber = Math.min(position, this.lastNumber);
    this.recent.dropUpTo(this.confirmedNumber);
    this.shipped(this.confirmedNumber);
    this.removeConfirmed();
  }

  /** Notes in which life of Redis everything removed was applied, so that the next owner need not load wallets anew. */
  trust(epoch: string | null): void {
    if (epoch === this.trustedEpoch || this.brokenBy) return;
    try {
      this.files.replace(TRUSTED_EPOCH_FILE, Buffer.from(epoch ?? ''));
      this.trustedEpoch = epoch;
    } catch (error) {
      this.startBroken(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Waits for the turn under way and closes the files. */
  async close(): Promise<void> {
    await this.turnWritten;
    if (this.repairTimer) clearInterval(this.repairTimer);
    if (!this.brokenBy) await this.sync();
    this.writer.close();
  }

  private flush(resolve: () => void): void {
    const { turn } = this;
    this.turn = [];
    this.turnWritten = null;
    if (turn.length === 0) return resolve();
    if (!this.brokenBy) {
      try {
        this.writeUnwritten();
      } catch (error) {
        this.startBroken(error instanceof Error ? error : new Error(String(error)));
      }
    }
    if (this.brokenBy) this.waiting.push({ number: turn.at(-1)?.number ?? 0, sinceMs: Date.now(), resolve });
    else resolve();
    this.options.onWritten(turn);
  }

  /** One write for all frames that are not on disk yet. */
  private writeUnwritten(): void {
    // What was confirmed from memory meanwhile is not among them, and needs no place on disk.
    const frames = this.recent.unwritten;
    const [first] = frames;
    if (!first) return;
    let bytes = 0;
    for (const frame of frames) bytes += maxFrameBytes(frame.payload);
    const buffer = this.recent.room(bytes);
    let end = 0;
    for (const frame of frames) end = writeFrame(buffer, end, frame.number, frame.payload);
    const opened = this.writer.write(buffer.subarray(0, end), first.number);
    if (opened && this.segments.at(-1) !== first.number) this.segments.push(first.number);
    this.writtenNumber = this.lastNumber;
    this.recent.wrote(end);
  }

  private startBroken(error: Error): void {
    this.brokenBy = error;
    this.options.onDisk(error);
    this.repairTimer = setInterval(() => {
      this.tryRepair();
    }, REPAIR_EVERY_MS);
  }

  private tryRepair(): void {
    try {
      this.writer.startNext();
      this.writeUnwritten();
      this.files.replace(OPEN_CALLS_FILE, printFrames(this.openCalls.all()));
    } catch {
      const isOver = (each: Waiting): boolean => Date.now() - each.sinceMs > MAX_WAIT_MS;
      for (const each of this.waiting.filter(isOver)) each.resolve();
      this.waiting = this.waiting.filter((each) => !isOver(each));
      return;
    }
    if (this.repairTimer) clearInterval(this.repairTimer);
    this.repairTimer = null;
    this.brokenBy = null;
    for (const each of this.waiting) each.resolve();
    this.waiting = [];
    this.options.onDisk(null);
  }

  private removeConfirmed(): void {
    const removable = this.segments.filter((_, index) => {
      const next = this.segments[index + 1];
      return next !== undefined && next - 1 <= this.confirmedNumber;
    });
    const lastRemoved = removable.at(-1);
    if (lastRemoved === undefined) return;
    const firstKept = this.segments[removable.length] ?? this.lastNumber + 1;
    this.options.onRemoving(firstKept - 1);
    try {
      // Calls that are still open keep their `begun` record, not its whole segment.
      this.files.replace(OPEN_CALLS_FILE, printFrames(this.openCalls.upTo(firstKept - 1)));
      for (const first of removable) {
        this.files.remove(segmentName(first));
        this.segments.shift();
      }
    } catch (error) {
      // They are removed with the next ones.
      if (!this.brokenBy) this.options.onDisk(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private readSegment(from: number): Frame[] {
    const first = this.segments.findLast((number) => number <= from);
    if (first === undefined) return [];
    // A backlog is read batch by batch: the segment at hand is kept, but for the one that still grows.
    let frames = this.lastRead?.first === first ? this.lastRead.frames : null;
    if (!frames) {
      ({ frames } = readFrames(this.files.read(segmentName(first))));
      this.lastRead = first === this.segments.at(-1) ? null : { first, frames };
    }
    return frames.slice(Math.max(0, from - (frames[0]?.number ?? from)));
  }
}

function readNote(files: SpoolFiles, name: string): string | null {
  try {
    return files.read(name).toString() || null;
  } catch {
    return null;
  }
}

function printFrames(frames: readonly Frame[]): Buffer {
  let bytes = 0;
  for (const frame of frames) bytes += maxFrameBytes(frame.payload);
  const buffer = Buffer.alloc(bytes);
  let end = 0;
  for (const frame of frames) end = writeFrame(buffer, end, frame.number, frame.payload);
  return buffer.subarray(0, end);
}
