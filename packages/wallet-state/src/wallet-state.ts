import type { NanoUsd } from '@trunkline/contracts';
import type { Redis } from 'ioredis';
import { exactAmount, periodField } from './amounts.js';
import type {
  LoadAnswer,
  LoadCommand,
  RenewAnswer,
  RenewLease,
  SettleAnswer,
  SettleRecord,
  TakeAnswer,
  TakeCommand,
  WalletTotals,
} from './commands.js';
import { readLoad, readRenew, readSettle, readTake, readTotals } from './read-answers.js';
import { Script } from './script.js';
import { walletKeys } from './wallet-keys.js';

/** A lease may be swept so long after it was last renewed. */
export const LEASE_MS = 30_000;
/** How old what a load was asked for may be when it runs. */
export const MAX_LOAD_AGE_MS = 5_000;
/** Budget periods that began longer ago are forgotten by the sweep. */
const FORGET_PERIODS_MS = 62 * 24 * 3_600_000;

const scripts = {
  take: new Script('take'),
  renew: new Script('renew'),
  cancel: new Script('cancel'),
  settle: new Script('settle'),
  load: new Script('load'),
  credit: new Script('credit'),
  sweep: new Script('sweep'),
  totals: new Script('totals'),
};

/**
 * What Redis knows of wallets, as typed commands over one connection. Each is one script and idempotent, since a
 * command that timed out may still run later. The scripts' headers say what they guarantee.
 * Every method throws what the connection throws (time-outs, closed connections), and RangeError for an amount from
 * 2⁵³ nano-USD up.
 */
export class WalletState {
  constructor(private readonly redis: Redis) {}

  /** Admits a call over rates, concurrency, budgets and wallet, and holds what it may cost. Idempotent by lease id. */
  async take(walletId: string, command: TakeCommand): Promise<TakeAnswer> {
    const values: (string | number)[] = [
      command.leaseId,
      command.owner,
      exactAmount(command.forecastNanoUsd),
      exactAmount(command.worstNanoUsd),
      exactAmount(command.leastNanoUsd),
      LEASE_MS,
      command.scopes.length,
    ];
    for (const scope of command.scopes) {
      values.push(scope.id, scope.requestsPerMinute ?? -1, scope.maxConcurrency ?? -1);
    }
    values.push(command.budgets.length);
    for (const budget of command.budgets) values.push(periodField(budget), exactAmount(budget.limitNanoUsd));
    return readTake(await scripts.take.run(this.redis, walletKeys(walletId), values));
  }

  /** Renews leases of one owner, makes those again that are gone, and raises those that need more. */
  async renew(walletId: string, owner: string, leases: readonly RenewLease[]): Promise<RenewAnswer> {
    const values: (string | number)[] = [owner, LEASE_MS, leases.length];
    for (const lease of leases) {
      values.push(
        lease.leaseId,
        exactAmount(lease.holdNanoUsd),
        exactAmount(lease.needNanoUsd),
        exactAmount(lease.wantNanoUsd),
        exactAmount(lease.worstNanoUsd),
        lease.scopes.length,
      );
      for (const scope of lease.scopes) values.push(scope.id);
      values.push(lease.budgets.length);
      for (const budget of lease.budgets) values.push(periodField(budget), exactAmount(budget.limitNanoUsd));
    }
    return readRenew(await scripts.renew.run(this.redis, walletKeys(walletId), values));
  }

  /** Takes a lease away without charging; true when there was one. */
  async cancel(walletId: string, leaseId: string): Promise<boolean> {
    return (await scripts.cancel.run(this.redis, walletKeys(walletId), [leaseId])) === 1;
  }

  /** Applies a spool's records in order, each once, and removes their leases. Without records it only looks. */
  async settle(walletId: string, spool: string, records: readonly SettleRecord[]): Promise<SettleAnswer> {
    const values: (string | number)[] = [spool, records.length];
    for (const record of records) {
      values.push(
        record.before,
        record.number,
        exactAmount(record.costNanoUsd),
        record.leaseId,
        record.budgets.length,
      );
      for (const budget of record.budgets) values.push(periodField(budget));
    }
    return readSettle(await scripts.settle.run(this.redis, walletKeys(walletId), values));
  }

  /** Puts a snapshot of Postgres there, unless another load came first or it comes too late. */
  async load(walletId: string, command: LoadCommand): Promise<LoadAnswer> {
    const { snapshot } = command;
    const values: (string | number)[] = [
      command.seenLoadedAtMs,
      command.seenNowMs,
      MAX_LOAD_AGE_MS,
      exactAmount(snapshot.creditedNanoUsd),
      snapshot.creditedSequence.toString(),
      exactAmount(snapshot.chargedNanoUsd),
      snapshot.spools.length,
    ];
    for (const spool of snapshot.spools) values.push(spool.id, spool.position);
    values.push(snapshot.budgets.length);
    for (const budget of snapshot.budgets)
      values.push(periodField(budget), exactAmount(budget.chargedNanoUsd));
    return readLoad(await scripts.load.run(this.redis, walletKeys(walletId), values));
  }

  /** Brings the sum that the ledger credited; an older one is ignored. */
  async credit(
    walletId: string,
    creditedNanoUsd: NanoUsd,
    sequence: bigint,
  ): Promise<'credited' | 'older' | 'not_loaded'> {
    const values = [exactAmount(creditedNanoUsd), sequence.toString()];
    const answer = await scripts.credit.run(this.redis, walletKeys(walletId), values);
    return answer === 'credited' || answer === 'older' ? answer : 'not_loaded';
  }

  /** Releases the holds of leases that nobody renewed; answers how many (at most `limit`). Never charges. */
  async sweep(walletId: string, limit = 1_000, nowMs = Date.now()): Promise<number> {
    const released = await scripts.sweep.run(this.redis, walletKeys(walletId), [
      limit,
      nowMs - FORGET_PERIODS_MS,
    ]);
    return Number(released);
  }

  /** Reads the whole wallet at one moment; null when it is not loaded. */
  async totals(walletId: string): Promise<WalletTotals | null> {
    return readTotals(await scripts.totals.run(this.redis, walletKeys(walletId), []));
  }
}
