import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { EndedRecord } from '@trunkline/contracts';
import { Logger } from '@trunkline/observability';
import {
  bodyContext,
  type KeptBody,
  MAX_WAITING_BODIES,
  MAX_WAITING_RESPONSES,
  responseContext,
} from '@trunkline/queues';
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

/** Whose response it is, and what its client calls it. */
export interface ResponseNames {
  callId: string;
  organizationId: string;
  projectId: string;
  responseId: string;
  /** Of its output. */
  itemIds: string[];
  /** It still runs: another one takes its place. */
  isBegun?: true;
}

interface Waiting {
  body: Buffer;
  send(): Promise<void>;
}

/**
 * Sends kept requests and answers on their way: media marked, cut, compressed, encrypted; and stored responses, which
 * stay whole. They have no spool: under pressure, or while the queue is away, they are dropped and counted, and usage
 * goes on.
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
    if (!this.hasRoom(bytes, MAX_WAITING_BODIES)) {
      usageMetrics.droppedBodies.inc(2);
      return;
    }
    for (const [number, body] of [kept.request, kept.answer].entries()) {
      const side = { callId, organizationId, number: number === 0 ? 0 : 1 } as const;
      this.wait({
        body,
        send: async () => this.spools.queue.sendBody(await this.sealBody(side, body)),
      });
    }
  }

  /** Takes a response that its client wants to find again, whole, or drops it. Returns at once. */
  offerResponse(names: ResponseNames, body: Buffer): void {
    if (!this.hasRoom(body.length, MAX_WAITING_RESPONSES)) {
      usageMetrics.droppedBodies.inc();
      return;
    }
    this.wait({
      body,
      send: async () => {
        const sealed = encryptBody(await deflate(body), this.keys, responseContext(names));
        const ciphertext = sealed.toString('base64');
        await this.spools.queue.sendResponse({ ...names, originalBytes: body.length, ciphertext });
      },
    });
  }

  private hasRoom(bytes: number, maxWaiting: number): boolean {
    return !this.stopped && this.waitingBytes + bytes <= MAX_WAITING_BYTES && this.queueLength <= maxWaiting;
  }

  private wait(waiting: Waiting): void {
    this.waitingBytes += waiting.body.length;
    this.waiting.push(waiting);
    void this.sendAll();
  }

  private async sendAll(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    for (let next = this.waiting.shift(); next && !this.stopped; next = this.waiting.shift()) {
      try {
        await this.countQueue();
        await next.send();
      } catch (error) {
        usageMetrics.droppedBodies.inc();
        this.logger.debug('a body was dropped', { error });
      }
      this.waitingBytes -= next.body.length;
    }
    this.isBusy = false;
  }

  private async sealBody(
    { callId, organizationId, number }: Pick<KeptBody, 'callId' | 'organizationId' | 'number'>,
    body: Buffer,
  ): Promise<KeptBody> {
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
