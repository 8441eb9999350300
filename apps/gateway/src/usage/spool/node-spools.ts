import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { QueueProducer } from '@trunkline/queues';
import { GatewayConfig } from '../../config/environment.js';
import { ConfirmedPositions } from '../../projections/confirmed-positions.js';
import { usageMetrics } from '../usage-metrics.js';
import { closeLostCalls } from './close-lost-calls.js';
import { readNodeId } from './node-id.js';
import { SpoolShipper } from './ship-spool.js';
import { Spool, type WrittenRecord } from './spool.js';
import { DiskSpoolFiles } from './spool-files.js';
import { SpoolLock } from './spool-lock.js';

/** A spool that this process owns: its slot's, or one of a slot that no longer exists. */
export interface OwnedSpool {
  spool: Spool;
  shipper: SpoolShipper;
  lock: SpoolLock;
  /** Number of the last record when it was taken over; null once Postgres' position is known to agree with it. */
  unverifiedFrom: number | null;
}

const POLL_MS = 250;
const LOCK_WAIT_MS = 10_000;
const FIRST_POSITION_MS = 2_000;

/** The spools of this process: opened, recovered, shipped and cleared away. */
@Injectable()
export class NodeSpools implements OnModuleInit, OnModuleDestroy {
  private readonly owned: OwnedSpool[] = [];
  private readonly producer: QueueProducer;
  private readonly writtenListeners: ((spool: Spool, written: readonly WrittenRecord[]) => void)[] = [];
  private readonly removalListeners: ((spool: Spool, upTo: number) => void)[] = [];
  private stopped = false;
  private polling: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: GatewayConfig,
    private readonly logger: Logger,
    private readonly positions: ConfirmedPositions,
  ) {
    this.producer = new QueueProducer({
      redisUrl: config.redisUrl,
      onError: (error) => logger.debug('the queue is away', { error }),
    });
  }

  /** This slot's spool. */
  get own(): Spool {
    const [first] = this.owned;
    if (!first) throw new Error('the spool is not open yet');
    return first.spool;
  }

  get all(): readonly Spool[] {
    return this.owned.map((each) => each.spool);
  }

  get queue(): QueueProducer {
    return this.producer;
  }

  /** Every shippable record was taken by the queue. */
  get handedOver(): boolean {
    return this.owned.every((each) => each.shipper.handedOver);
  }

  /** Hears of written records of all spools, in the order of each one's numbers; also of those found at the start. */
  onWritten(listener: (spool: Spool, written: readonly WrittenRecord[]) => void): void {
    this.writtenListeners.push(listener);
  }

  /** Hears of records that are about to be removed: up to this number. */
  onRemoving(listener: (spool: Spool, upTo: number) => void): void {
    this.removalListeners.push(listener);
  }

  async onModuleInit(): Promise<void> {
    const { slot, processes } = this.config.node;
    await this.open(slot, LOCK_WAIT_MS);
    if (slot === 0) {
      // Slots beyond the number of processes have nobody who would take them over.
      for (const orphan of this.slotsOnDisk().filter((each) => each >= processes)) await this.open(orphan, 0);
    }
    this.polling = this.poll();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    await this.polling;
    for (const each of this.owned) {
      each.shipper.stop();
      await each.spool.close();
      each.lock.release();
    }
    await this.producer.close();
  }

  /** Ships at once what there is. */
  async shipNow(): Promise<void> {
    for (const each of this.owned) {
      await each.spool.sync();
      await each.shipper.tick();
    }
  }

  private async open(slot: number, waitMs: number): Promise<void> {
    const { stateDir } = this.config.node;
    const folder = join(stateDir, 'spool', String(slot));
    const files = new DiskSpoolFiles(folder);
    const lock = await takeLock(folder, waitMs);
    if (!lock && waitMs > 0) throw new Error(`slot ${slot} is owned by another process: ${folder}`);
    if (!lock) return;
    const spool: Spool = new Spool({
      id: `${readNodeId(stateDir)}-${slot}`,
      files,
      onWritten: (written) => {
        for (const listener of this.writtenListeners) listener(spool, written);
      },
      onDisk: (error) => this.reportDisk(slot, error),
      onRemoving: (upTo) => {
        for (const listener of this.removalListeners) listener(spool, upTo);
      },
    });
    await this.announceKept(spool);
    const position = await this.firstPosition(spool.id);
    if (position !== null) {
      spool.continueAfter(position);
      spool.confirm(position);
    }
    const shipper = new SpoolShipper(spool, this.producer, (error) =>
      this.logger.debug('a batch was not sent', { error }),
    );
    shipper.isHeld = position === null;
    this.owned.push({ spool, shipper, lock, unverifiedFrom: position === null ? spool.last : null });
    const lost = closeLostCalls(spool, Date.now());
    if (lost > 0) {
      usageMetrics.lostCalls.inc(lost);
      this.logger.warn('closed calls of a gateway that was lost', { slot, lost });
    }
  }

  /** What an earlier owner wrote is heard of like what is written now. */
  private async announceKept(spool: Spool): Promise<void> {
    for (const frames of spool.kept()) {
      const written = frames.map(({ number, payload }) => ({
        number,
        record: JSON.parse(payload) as WrittenRecord['record'],
      }));
      for (const listener of this.writtenListeners) listener(spool, written);
      await immediate();
    }
  }

  private async firstPosition(spoolId: string): Promise<number | null> {
    try {
      const read = this.positions.read([spoolId]);
      const positions = await Promise.race([read, sleep(FIRST_POSITION_MS, null, { ref: false })]);
      return positions?.get(spoolId) ?? null;
    } catch {
      return null;
    }
  }

  private async poll(): Promise<void> {
    while (!this.stopped) {
      await sleep(POLL_MS);
      const waiting = this.owned.filter(
        (each) => each.spool.confirmed < each.spool.last || each.unverifiedFrom !== null,
      );
      if (waiting.length === 0) continue;
      try {
        const positions = await this.positions.read(waiting.map((each) => each.spool.id));
        for (const each of waiting) this.confirm(each, positions.get(each.spool.id) ?? 0);
      } catch (error) {
        this.logger.debug('positions cannot be read', { error });
        await sleep(POLL_MS);
      }
    }
  }

  private confirm(owned: OwnedSpool, position: number): void {
    const { spool, shipper } = owned;
    if (owned.unverifiedFrom !== null && position > owned.unverifiedFrom)
      this.renumber(owned, owned.unverifiedFrom, position);
    owned.unverifiedFrom = null;
    shipper.isHeld = false;
    if (position <= spool.confirmed) return;
    shipper.confirm(position);
  }

  /**
   * Postgres has records that this disk lost, and was not there to say so at the start: what was appended since then
   * bears their numbers, and is appended again behind them.
   */
  private renumber({ spool, shipper }: OwnedSpool, from: number, position: number): void {
    const collided = [];
    for (let next = from + 1; next <= spool.last;) {
      const frames = spool.read(next, 10_000, Number.MAX_SAFE_INTEGER);
      if (frames.length === 0) break;
      collided.push(...frames);
      next = (frames.at(-1)?.number ?? next) + 1;
    }
    this.logger.error('the disk had lost records: numbering goes on behind those that Postgres has', {
      spool: spool.id,
      position,
      again: collided.length,
    });
    spool.continueAfter(Math.max(position, spool.last + 1));
    shipper.confirm(spool.last);
    for (const frame of collided) spool.append(JSON.parse(frame.payload) as WrittenRecord['record']);
  }

  private slotsOnDisk(): number[] {
    return readdirSync(join(this.config.node.stateDir, 'spool'))
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  }

  private reportDisk(slot: number, error: Error | null): void {
    if (error) this.logger.error('the spool cannot be written', { slot, error });
    else this.logger.info('the spool can be written again', { slot });
  }
}

async function takeLock(folder: string, waitMs: number): Promise<SpoolLock | null> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const lock = SpoolLock.take(folder);
    if (lock || Date.now() >= deadline) return lock;
    await sleep(100);
  }
}
