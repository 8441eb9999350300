import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { WalletRedis } from '../limits/wallet-redis.js';
import { LiveProjections } from '../projections/live-projections.js';
import { WalletSnapshots } from '../projections/wallet-snapshots.js';

const RETRY_MS = 1_000;

/**
 * Brings top-ups, grants and overruns to Redis when the outbox tells of them. Every gateway does; one suffices. A Redis
 * that is another one than before may have forgotten the last of them: those of late are brought again.
 */
@Injectable()
export class BringCredit implements OnModuleInit, OnModuleDestroy {
  private readonly pending = new Set<string>();
  private isBusy = false;
  private bringsOfLate = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly projections: LiveProjections,
    private readonly snapshots: WalletSnapshots,
    private readonly redis: WalletRedis,
    private readonly logger: Logger,
  ) {
    redis.onEpoch(() => {
      this.bringsOfLate = true;
    });
  }

  onModuleInit(): void {
    this.projections.onCredit((walletIds) => {
      for (const id of walletIds) this.pending.add(id);
      void this.bring();
    });
    this.timer = setInterval(() => void this.bring(), RETRY_MS);
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  private async bring(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      await this.addOfLate();
      if (this.pending.size > 0) await this.bringPending([...this.pending].slice(0, 1_000));
    } catch (error) {
      this.logger.debug('credit was not brought to Redis', { error });
    } finally {
      this.isBusy = false;
    }
  }

  private async addOfLate(): Promise<void> {
    if (!this.bringsOfLate) return;
    this.bringsOfLate = false;
    try {
      for (const id of await this.snapshots.creditedOfLate()) this.pending.add(id);
    } catch (error) {
      this.bringsOfLate = true;
      throw error;
    }
  }

  private async bringPending(walletIds: readonly string[]): Promise<void> {
    // What moves while this is under way is heard of again.
    for (const id of walletIds) this.pending.delete(id);
    try {
      for (const { walletId, creditedNanoUsd, sequence } of await this.snapshots.credits(walletIds)) {
        await this.bringOne(walletId, creditedNanoUsd, sequence);
      }
    } catch (error) {
      for (const id of walletIds) this.pending.add(id);
      throw error;
    }
  }

  private async bringOne(walletId: string, creditedNanoUsd: bigint, sequence: bigint): Promise<void> {
    try {
      await this.redis.background.credit(walletId, creditedNanoUsd, sequence);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // One wallet beyond what scripts can count must not keep the others waiting.
      this.logger.error('a wallet is too large for Redis', { walletId, error });
    }
  }
}
