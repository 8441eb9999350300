import { Injectable } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { WalletSnapshots } from '../projections/wallet-snapshots.js';
import { usageMetrics } from '../usage/usage-metrics.js';
import { WalletRedis } from './wallet-redis.js';

/** What an answer said that made a load necessary. */
export interface SeenWallet {
  /** 0 for "not loaded". */
  loadedAtMs: number;
  nowMs: number;
}

/** Puts wallets into Redis as Postgres has them; one load per wallet at a time. */
@Injectable()
export class WalletLoader {
  private readonly underWay = new Map<string, Promise<boolean>>();

  constructor(
    private readonly redis: WalletRedis,
    private readonly snapshots: WalletSnapshots,
    private readonly logger: Logger,
  ) {}

  /** True when the wallet is there now, by this load or another's; false when Postgres or Redis could not be asked. */
  load(walletId: string, seen: SeenWallet): Promise<boolean> {
    let load = this.underWay.get(walletId);
    if (!load) {
      load = this.tryLoad(walletId, seen).finally(() => this.underWay.delete(walletId));
      this.underWay.set(walletId, load);
    }
    return load;
  }

  private async tryLoad(walletId: string, seen: SeenWallet): Promise<boolean> {
    try {
      const snapshot = await this.snapshots.read(walletId);
      if (!snapshot) return false;
      const { kind } = await this.redis.background.load(walletId, {
        snapshot,
        seenLoadedAtMs: seen.loadedAtMs,
        seenNowMs: seen.nowMs,
      });
      if (kind === 'loaded') usageMetrics.walletLoads.inc();
      return kind !== 'late';
    } catch (error) {
      this.logger.warn('a wallet cannot be loaded', { walletId, error });
      return false;
    }
  }
}
