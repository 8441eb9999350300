import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import type { RenewLease } from '@trunkline/wallet-state';
import { Allowances } from './allowances.js';
import { HeldLease, type HeldLeaseInput } from './held-lease.js';
import { limitMetrics } from './limit-metrics.js';
import { OutputHistory } from './output-history.js';
import { WalletRedis } from './wallet-redis.js';

const RENEW_EVERY_MS = 10_000;
const LEASES_PER_COMMAND = 50;

/** The leases of this process: renewed every 10 s, raised when a call outgrows its hold, closed when it ends. */
@Injectable()
export class LeaseBook implements OnModuleInit, OnModuleDestroy {
  readonly allowances = new Allowances();
  readonly history = new OutputHistory();
  private readonly leases = new Map<string, HeldLease>();
  private readonly openByScope = new Map<string, number>();
  private readonly raising = new Set<HeldLease>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly redis: WalletRedis,
    private readonly logger: Logger,
  ) {
    // Redis may be an empty one: it learns of open leases before their time is over.
    redis.onEpoch(() => void this.renewAll());
    // It learns what was admitted without it.
    redis.onHealthy(() => void this.renewAll());
  }

  onModuleInit(): void {
    this.timer = setInterval(() => {
      void this.renewAll();
      this.allowances.forgetOld(Date.now());
    }, RENEW_EVERY_MS);
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  open(input: HeldLeaseInput): HeldLease {
    const lease = new HeldLease(input, (raised) => this.raise(raised));
    this.leases.set(lease.callId, lease);
    for (const { id } of lease.scopes) this.openByScope.set(id, this.openOf(id) + 1);
    limitMetrics.openLeases.set(this.leases.size);
    return lease;
  }

  /** Calls that are not settled yet. */
  get unsettled(): number {
    return this.leases.size;
  }

  /** Calls of a scope that this process has open. */
  openOf(scopeId: string): number {
    return this.openByScope.get(scopeId) ?? 0;
  }

  /**
   * The call has ended and is not renewed any more; settling its record removes the hold.
   * @returns the lease, or null when it was closed before
   */
  close(callId: string): HeldLease | null {
    const lease = this.leases.get(callId);
    if (!lease) return null;
    lease.isClosed = true;
    this.leases.delete(callId);
    for (const { id } of lease.scopes) {
      const open = this.openOf(id) - 1;
      if (open > 0) this.openByScope.set(id, open);
      else this.openByScope.delete(id);
    }
    limitMetrics.openLeases.set(this.leases.size);
    return lease;
  }

  /** Renews every open lease: a Redis that forgot some of them makes them again. */
  async renewAll(): Promise<void> {
    const byWallet = Map.groupBy(this.leases.values(), (lease) => lease.walletId);
    const commands: Promise<void>[] = [];
    for (const [walletId, leases] of byWallet) {
      for (let at = 0; at < leases.length; at += LEASES_PER_COMMAND) {
        commands.push(this.renew(walletId, leases.slice(at, at + LEASES_PER_COMMAND)));
      }
    }
    await Promise.all(commands);
  }

  private raise(lease: HeldLease): void {
    if (this.raising.has(lease)) return;
    this.raising.add(lease);
    void this.renew(lease.walletId, [lease]).finally(() => {
      this.raising.delete(lease);
      // The call went on meanwhile.
      if (!lease.isClosed && lease.needNanoUsd > lease.holdNanoUsd && this.redis.healthy) this.raise(lease);
    });
  }

  private async renew(walletId: string, leases: readonly HeldLease[]): Promise<void> {
    const [first] = leases;
    if (!first) return;
    try {
      const answer = await this.redis.background.renew(walletId, first.owner, leases.map(renewal));
      if (answer.kind === 'not_loaded') return this.growLocally(leases);
      for (const [n, lease] of leases.entries()) {
        const renewed = answer.leases[n];
        if (!renewed) continue;
        lease.granted(renewed.holdNanoUsd);
        if (renewed.refused) lease.refused();
      }
    } catch (error) {
      this.logger.debug('leases were not renewed', { walletId, error });
      this.growLocally(leases);
    }
  }

  /** Redis cannot be asked: what a call needs beyond its hold is drawn from the local allowance. */
  private growLocally(leases: readonly HeldLease[]): void {
    for (const lease of leases) {
      const more = lease.needNanoUsd - lease.holdNanoUsd;
      if (more <= 0n || lease.isClosed) continue;
      const accounts = [
        lease.walletId,
        ...lease.budgets.map(({ id, periodStartMs }) => `${id}:${periodStartMs}`),
      ];
      if (this.allowances.draw(lease.walletId, accounts, more, Date.now())) lease.granted(lease.needNanoUsd);
      else lease.refused();
    }
  }
}

function renewal(lease: HeldLease): RenewLease {
  return {
    leaseId: lease.callId,
    holdNanoUsd: lease.holdNanoUsd,
    needNanoUsd: lease.needNanoUsd,
    wantNanoUsd: lease.wantNanoUsd,
    worstNanoUsd: lease.worstNanoUsd,
    scopes: lease.scopes,
    budgets: lease.walletBudgets,
  };
}
