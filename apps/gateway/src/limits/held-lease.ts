import type { WalletBudget, WalletScope } from '@trunkline/wallet-state';
import type { Lease } from '../pipeline/ports.js';
import type { Draw } from './allowances.js';

export interface HeldLeaseInput {
  callId: string;
  walletId: string;
  /** Spool of the process that admitted the call. */
  owner: string;
  holdNanoUsd: bigint;
  worstNanoUsd: bigint;
  scopes: readonly WalletScope[];
  budgets: readonly WalletBudget[];
  historyKey: string;
  /** What was drawn from local allowances, where Redis could not be asked. */
  draw: Draw | null;
}

/** A call's hold as its process knows it. */
export class HeldLease implements Lease {
  readonly callId: string;
  readonly walletId: string;
  readonly owner: string;
  readonly worstNanoUsd: bigint;
  readonly scopes: readonly WalletScope[];
  readonly walletBudgets: readonly WalletBudget[];
  readonly budgets: { id: string; periodStartMs: number }[];
  readonly historyKey: string;
  readonly draw: Draw | null;
  holdNanoUsd: bigint;
  /** More than the hold when the call has outgrown it. */
  needNanoUsd: bigint;
  isClosed = false;
  private onRefused: (() => void) | null = null;

  constructor(
    input: HeldLeaseInput,
    private readonly raise: (lease: HeldLease) => void,
  ) {
    this.callId = input.callId;
    this.walletId = input.walletId;
    this.owner = input.owner;
    this.worstNanoUsd = input.worstNanoUsd;
    this.scopes = input.scopes;
    this.walletBudgets = input.budgets;
    this.budgets = input.budgets.map(({ id, periodStartMs }) => ({ id, periodStartMs }));
    this.historyKey = input.historyKey;
    this.draw = input.draw;
    this.holdNanoUsd = this.needNanoUsd = input.holdNanoUsd;
  }

  outgrow(costSoFarNanoUsd: bigint, onRefused: () => void): void {
    if (costSoFarNanoUsd <= this.needNanoUsd || this.isClosed) return;
    this.needNanoUsd = costSoFarNanoUsd;
    this.onRefused = onRefused;
    this.raise(this);
  }

  /** What it would like to hold: the worst case while it is above, else a quarter more than it has come to. */
  get wantNanoUsd(): bigint {
    if (this.needNanoUsd <= this.holdNanoUsd) return this.holdNanoUsd;
    const more = this.needNanoUsd + this.needNanoUsd / 4n;
    return more < this.worstNanoUsd ? this.worstNanoUsd : more;
  }

  granted(holdNanoUsd: bigint): void {
    this.holdNanoUsd = holdNanoUsd;
    if (this.needNanoUsd < holdNanoUsd) this.needNanoUsd = holdNanoUsd;
  }

  /** Ends the stream: once, and never of a call that has ended by itself. */
  refused(): void {
    const { onRefused } = this;
    this.onRefused = null;
    this.needNanoUsd = this.holdNanoUsd;
    if (!this.isClosed) onRefused?.();
  }
}
