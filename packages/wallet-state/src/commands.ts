import type { NanoUsd } from '@trunkline/contracts';

/** A tenant's limits of requests, for one organization or key. */
export interface WalletScope {
  id: string;
  requestsPerMinute: number | null;
  maxConcurrency: number | null;
}

/** A budget on the call's path, with the period that was fixed at admission. */
export interface BudgetPeriodRef {
  id: string;
  /** Unix milliseconds; 0 for `total`. */
  periodStartMs: number;
}

export interface WalletBudget extends BudgetPeriodRef {
  limitNanoUsd: NanoUsd;
}

export interface TakeCommand {
  /** The request id. */
  leaseId: string;
  /** Spool of the owner. */
  owner: string;
  forecastNanoUsd: NanoUsd;
  worstNanoUsd: NanoUsd;
  /** The least that is worth a dispatch: prompt and the fewest output tokens. */
  leastNanoUsd: NanoUsd;
  scopes: readonly WalletScope[];
  budgets: readonly WalletBudget[];
}

/** Where a wallet stands: what every answer brings back. Times are Redis' own, in milliseconds. */
export interface WalletStanding {
  nowMs: number;
  /** Differs after each load. */
  loadedAtMs: number;
  /** Number of the asking spool's last record applied. */
  applied: number;
}

/** Requests of the tightest rate; null without one. */
export interface RateStanding {
  limit: number | null;
  remaining: number | null;
  resetMs: number | null;
}

export interface NotLoaded {
  kind: 'not_loaded';
  nowMs: number;
}

export type RefusalReason =
  | 'rate_limited'
  | 'concurrency_limited'
  | 'insufficient_credit'
  | 'budget_exceeded';

export type TakeAnswer =
  | NotLoaded
  | ({
      kind: 'refused';
      reason: RefusalReason;
      retryAfterMs: number | null;
      rate: RateStanding;
    } & WalletStanding)
  | ({
      kind: 'admitted';
      holdNanoUsd: NanoUsd;
      worstNanoUsd: NanoUsd;
      /** The hold is all that was free, and less than the worst case: the token limit has to be cut to it. */
      cut: boolean;
      rate: RateStanding;
      /** Free sum of the wallet after this hold. */
      freeNanoUsd: NanoUsd;
      /** The same of each budget, in the order of the command. */
      budgetsFreeNanoUsd: NanoUsd[];
    } & WalletStanding);

export interface RenewLease {
  leaseId: string;
  /** What its owner knows that it holds. */
  holdNanoUsd: NanoUsd;
  /** What it has to hold; more than `holdNanoUsd` asks for a raise. */
  needNanoUsd: NanoUsd;
  /** What it would like to hold; at least `needNanoUsd`. */
  wantNanoUsd: NanoUsd;
  worstNanoUsd: NanoUsd;
  scopes: readonly { id: string }[];
  budgets: readonly WalletBudget[];
}

export type RenewAnswer =
  | NotLoaded
  | ({
      kind: 'renewed';
      freeNanoUsd: NanoUsd;
      /** In the order of the command. */
      leases: { holdNanoUsd: NanoUsd; refused: boolean }[];
    } & WalletStanding);

export interface SettleRecord {
  /** Number of this wallet's record before it in the same spool. */
  before: number;
  number: number;
  costNanoUsd: NanoUsd;
  leaseId: string;
  budgets: readonly BudgetPeriodRef[];
}

export type SettleAnswer = NotLoaded | ({ kind: 'settled'; freeNanoUsd: NanoUsd } & WalletStanding);

/** A wallet as one snapshot of Postgres shows it. */
export interface WalletSnapshot {
  creditedNanoUsd: NanoUsd;
  creditedSequence: bigint;
  chargedNanoUsd: NanoUsd;
  /** The confirmed number of every spool. */
  spools: readonly { id: string; position: number }[];
  /** What the current periods of its budgets were charged. */
  budgets: readonly (BudgetPeriodRef & { chargedNanoUsd: NanoUsd })[];
}

export interface LoadCommand {
  snapshot: WalletSnapshot;
  /** What the answer said that made the loader load: 0 for "not loaded". */
  seenLoadedAtMs: number;
  /** Redis' time in that answer. */
  seenNowMs: number;
}

/** `superseded`: another load came first. `late`: it ran more than 5 s after it was asked for. */
export interface LoadAnswer {
  kind: 'loaded' | 'superseded' | 'late';
  loadedAtMs: number;
}

export interface WalletTotals {
  creditedNanoUsd: NanoUsd;
  creditedSequence: bigint;
  chargedNanoUsd: NanoUsd;
  heldNanoUsd: NanoUsd;
  worstNanoUsd: NanoUsd;
  freeNanoUsd: NanoUsd;
  loadedAtMs: number;
  openLeases: number;
  /** Number of the last record applied, by spool. */
  applied: ReadonlyMap<string, number>;
  /** By `<budget id>:<period start>`. */
  budgets: ReadonlyMap<string, { chargedNanoUsd: NanoUsd; heldNanoUsd: NanoUsd; worstNanoUsd: NanoUsd }>;
}
