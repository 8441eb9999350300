import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import {
  backgroundRedisOptions,
  connectWalletRedis,
  EpochReader,
  requestRedisOptions,
  WalletState,
} from '@trunkline/wallet-state';
import type { Redis } from 'ioredis';
import { GatewayConfig } from '../config/environment.js';
import { limitMetrics } from './limit-metrics.js';

const PROBE_MS = 500;
const FAILURES_TO_OPEN = 3;

/**
 * The two ways to the wallets' Redis: one for requests, which wait for 50 ms or as it is set, behind a breaker; one for what
 * goes on beside them. It also notices when Redis is another one than before.
 */
@Injectable()
export class WalletRedis implements OnModuleInit, OnModuleDestroy {
  /** For settling, renewing and loading. */
  readonly background: WalletState;
  private readonly requests: WalletState;
  private readonly requestConnection: Redis;
  private readonly backgroundConnection: Redis;
  private readonly epochs: EpochReader;
  private failures = 0;
  private open = true;
  private epochSeen: string | null = null;
  private stopped = false;
  private probing: Promise<void> = Promise.resolve();
  private readonly healthyListeners: (() => void)[] = [];
  private readonly epochListeners: ((epoch: string) => void)[] = [];

  constructor(
    private readonly config: GatewayConfig,
    private readonly logger: Logger,
  ) {
    const ignore = (): void => undefined;
    // Backstops behind the timer that requests wait by.
    const backstopMs = 5 * config.redisWaitMs;
    const requestOptions = {
      ...requestRedisOptions,
      commandTimeout: backstopMs,
      socketTimeout: Math.max(requestRedisOptions.socketTimeout, backstopMs),
    };
    this.requestConnection = connectWalletRedis(config.redisUrl, requestOptions, ignore);
    // A call of a wallet that is not loaded waits for this one: no less long than for the other.
    const backgroundOptions = {
      ...backgroundRedisOptions,
      commandTimeout: Math.max(backgroundRedisOptions.commandTimeout, config.redisWaitMs),
      socketTimeout: Math.max(backgroundRedisOptions.socketTimeout, backstopMs),
    };
    this.backgroundConnection = connectWalletRedis(config.redisUrl, backgroundOptions, ignore);
    this.requests = new WalletState(this.requestConnection);
    this.background = new WalletState(this.backgroundConnection);
    this.epochs = new EpochReader(this.backgroundConnection);
  }

  /** Requests may ask it. While they may not, they are admitted on local allowances at once. */
  get healthy(): boolean {
    return !this.open;
  }

  /** What tells this life of Redis from the one before; null until it was first read. */
  get epoch(): string | null {
    return this.epochSeen;
  }

  /** Redis answers again. */
  onHealthy(listener: () => void): void {
    this.healthyListeners.push(listener);
  }

  /** Redis was restarted, flushed or replaced; also after the first reading. */
  onEpoch(listener: (epoch: string) => void): void {
    this.epochListeners.push(listener);
  }

  async onModuleInit(): Promise<void> {
    // Most often it answers within milliseconds; if not, nobody waits for it.
    for (let tries = 0; tries < 20 && this.open; tries++) {
      await this.probe();
      if (this.open) await sleep(50);
    }
    this.probing = this.probeForEver();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.requestConnection.disconnect();
    this.backgroundConnection.disconnect();
    await this.probing;
  }

  /**
   * Runs a request's command. @throws when Redis is away or has not answered in time; the command may still run later.
   */
  async ask<T>(command: (state: WalletState) => Promise<T>): Promise<T> {
    try {
      const answer = await within(this.config.redisWaitMs, command(this.requests));
      this.failures = 0;
      return answer;
    } catch (error) {
      // An amount that no script can take says nothing about Redis.
      if (!(error instanceof RangeError)) this.countFailure();
      throw error;
    }
  }

  /**
   * The same for a call that can be admitted in no other way, and so waits longer: on the way beside the requests, whose
   * breaker hears nothing of it. @throws as `ask` does
   */
  askAgain<T>(command: (state: WalletState) => Promise<T>, waitMs: number): Promise<T> {
    return within(waitMs, command(this.background));
  }

  private countFailure(): void {
    this.failures += 1;
    const lost = this.requestConnection.status !== 'ready';
    if (this.open || (this.failures < FAILURES_TO_OPEN && !lost)) return;
    this.open = true;
    limitMetrics.outages.inc();
    this.logger.warn('Redis is away or slow: calls are admitted on local allowances');
  }

  private async probeForEver(): Promise<void> {
    while (!this.stopped) {
      await sleep(PROBE_MS, undefined, { ref: false });
      if (!this.stopped) await this.probe();
    }
  }

  private async probe(): Promise<void> {
    try {
      const epoch = await this.epochs.read();
      if (this.open) await this.close();
      if (epoch === this.epochSeen) return;
      this.epochSeen = epoch;
      for (const listener of this.epochListeners) listener(epoch);
    } catch {
      // The breaker is opened by requests alone: a slow probe harms nobody.
    }
  }

  private async close(): Promise<void> {
    await within(this.config.redisWaitMs, this.requestConnection.ping());
    this.open = false;
    this.failures = 0;
    if (this.epochSeen !== null) this.logger.info('Redis answers again');
    for (const listener of this.healthyListeners) listener();
  }
}

/**
 * Gives up after `waitMs`. The timer alone would blame Redis for a busy event loop: an answer that has arrived meanwhile
 * is read before it counts as late.
 */
function within<T>(waitMs: number, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      setImmediate(() => reject(new Error('Redis did not answer in time')));
    }, waitMs);
    work.then(
      (answer) => {
        clearTimeout(timer);
        resolve(answer);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
