import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { EndedRecord } from '@trunkline/contracts';
import { Logger } from '@trunkline/observability';
import { bodyContext, type KeptBody, MAX_WAITING_BODIES } from '@trunkline/queues';
import { encryptBody, type MasterKeys, readMasterKeys } from '@trunkline/secrets';
import { GatewayConfig } from '../config/environment.js';
import { markMedia } from './media-marks.js';
import { NodeSpools } from './spool/node-spools.js';
import { usageMetrics } from './usage-metrics.js';

const deflate = promisify(deflateRaw);

const MAX_SIDE_BYTES = 256 * 1024;
/** Bodies that wait in this process; further ones are dropped. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024;
const COUNT_QUEUE_EVERY_MS = 2_000;

interface Waiting {
  callId: string;
  organizationId: string;
  number: 0 | 1;
  body: Buffer;
}

/**
 * Sends kept requests and answers on their way: media marked, cut, compressed, encrypted. They have no spool: under
 * pressure, or while the queue is away, they are dropped and counted, and usage goes on.
 */
@Injectable()
export class KeptBodies implements OnModuleDestroy {
  private readonly keys: MasterKeys;
  private readonly waiting: Waiting[] = [];
  private waitingBytes = 0;
  private isBusy = false;
  private stopped = false;
  private queueLength = 0;
  private countedMs = 0;

  constructor(
    config: GatewayConfig,
    private readonly spools: NodeSpools,
    private readonly logger: Logger,
  ) {
    this.keys = readMasterKeys(config.masterKey);
  }

  onModuleDestroy(): void {
    this.stopped = true;
  }

  /** Takes both sides, or drops them. Returns at once. */
  offer({ id: callId, organizationId }: EndedRecord, kept: { request: Buffer; answer: Buffer }): void {
    const bytes = kept.request.length + kept.answer.length;
    if (
      this.stopped ||
      this.waitingBytes + bytes > MAX_WAITING_BYTES ||
      this.queueLength > MAX_WAITING_BODIES
    ) {
      usageMetrics.droppedBodies.inc(2);
      return;
    }
    this.waitingBytes += bytes;
    this.waiting.push({ callId, organizationId, number: 0, body: kept.request });
    this.waiting.push({ callId, organizationId, number: 1, body: kept.answer });
    void this.sendAll();
  }

  private async sendAll(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    for (let next = this.waiting.shift(); next && !this.stopped; next = this.waiting.shift()) {
      try {
        await this.countQueue();
        await this.spools.queue.sendBody(await this.prepare(next));
      } catch (error) {
        usageMetrics.droppedBodies.inc();
        this.logger.debug('a body was dropped', { callId: next.callId, error });
      }
      this.waitingBytes -= next.body.length;
    }
    this.isBusy = false;
  }

  private async prepare({ callId, organizationId, number, body }: Waiting): Promise<KeptBody> {
    const marked = Buffer.from(markMedia(body.toString('utf8'))).subarray(0, MAX_SIDE_BYTES);
    const sealed = encryptBody(await deflate(marked), this.keys, bodyContext({ callId, number }));
    return {
      callId,
      organizationId,
      number,
      originalBytes: body.length,
      ciphertext: sealed.toString('base64'),
    };
  }

  private async countQueue(): Promise<void> {
    if (Date.now() - this.countedMs < COUNT_QUEUE_EVERY_MS) return;
    this.countedMs = Date.now();
    this.queueLength = await this.spools.queue.waitingBodies();
  }
}
