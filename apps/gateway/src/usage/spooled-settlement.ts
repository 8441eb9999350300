import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EndedRecord } from '@trunkline/contracts';
import { Logger } from '@trunkline/observability';
import { LeaseBook } from '../limits/lease-book.js';
import { type Lease, Settlement } from '../pipeline/ports.js';
import { KeptBodies } from './kept-bodies.js';
import { NodeSpools } from './spool/node-spools.js';
import { WalletSettler } from './wallet-settler.js';

/** How long a drain waits for calls that have no record yet. */
const SETTLE_MS = 2_000;

/** Records how calls ended: in the spool first, from there to the wallet and to Postgres. */
@Injectable()
export class SpooledSettlement extends Settlement {
  constructor(
    private readonly spools: NodeSpools,
    private readonly book: LeaseBook,
    private readonly settler: WalletSettler,
    private readonly bodies: KeptBodies,
    private readonly logger: Logger,
  ) {
    super();
  }

  override async settle(
    lease: Lease,
    record: EndedRecord,
    kept?: { request: Buffer; answer: Buffer },
  ): Promise<void> {
    const held = this.book.close(lease.callId);
    if (!held) {
      // A second row for a call would be a second charge.
      this.logger.error('a call was settled twice', { callId: lease.callId });
      return;
    }
    const { written } = this.spools.own.append(record);
    if (held.draw) this.book.allowances.correct(held.draw, BigInt(record.costNanoUsd));
    if (record.completionTokens > 0) this.book.history.add(held.historyKey, record.completionTokens);
    if (kept) this.bodies.offer(record, kept);
    await written;
  }

  override notReady(): string[] {
    const { broken } = this.spools.own;
    return broken ? [`the spool cannot be written: ${broken.message}`] : [];
  }

  override async drain(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    // A call whose client is gone may still be counted.
    const settled = Math.min(deadline, Date.now() + SETTLE_MS);
    while (Date.now() < settled && this.book.unsettled > 0) await sleep(20);
    await this.spools.shipNow();
    while (Date.now() < deadline && !(this.spools.handedOver && this.settler.idle)) await sleep(20);
  }
}
