import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { WalletRedis } from '../limits/wallet-redis.js';
import { LiveProjections } from '../projections/live-projections.js';
import { WalletSnapshots } from '../projections/wallet-snapshots.js';

const RETRY_MS = 1_000;

/** Brings top-ups, grants and overruns to Redis when the outbox tells of them. Every gateway does; one suffices. */
@Injectable()
export class BringCredit implements OnModuleInit, OnModuleDestroy {
  private readonly pending = new Set<string>();
  private isBusy = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly projections: LiveProjections,
    private readonly snapshots: WalletSnapshots,
    private readonly redis: WalletRedis,
    private readonly logger: Logger,
  ) {}

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
    if (this.isBusy || this.pending.size === 0) return;
    this.isBusy = true;
    try {
      const walletIds = [...this.pending].slice(0, 1_000);
      for (const { walletId, creditedNanoUsd, sequence } of await this.snapshots.credits(walletIds)) {
        await this.redis.background.credit(walletId, creditedNanoUsd, sequence);
      }
      for (const id of walletIds) this.pending.delete(id);
    } catch (error) {
      this.logger.debug('credit was not brought to Redis', { error });
    } finally {
      this.isBusy = false;
    }
  }
}
