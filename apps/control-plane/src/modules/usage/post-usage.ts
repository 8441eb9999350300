import type { SqlConnection } from '@trunkline/prisma';
import {
  type Charge,
  type LedgerAccounts,
  postCharges,
  type PostedCharges,
  UnknownWalletError,
} from '../billing/index.js';
import { addToAttemptRollups } from './add-to-attempt-rollups.js';
import { addToRollups } from './add-to-rollups.js';
import { chargeBudgets } from './charge-budgets.js';
import { insertCalls } from './insert-calls.js';
import { markKeysUsed } from './mark-keys-used.js';
import type { UsageCall } from './read-usage-record.js';
import type { BadRecord } from './set-aside.js';

/** What became of the calls of a batch. */
export interface PostedUsage extends PostedCharges {
  posted: number;
  /** Calls that the log knew already. */
  repeated: number;
  bad: BadRecord[];
}

/**
 * Writes calls to log, ledger, budgets and rollups in the caller's transaction. Where the database refuses them, they
 * are halved until the ones that it refuses stand alone: those come back as bad, the others are written.
 * @throws what is no fault of a record: a lost connection, a time-out, a mistake in our SQL
 */
export async function postUsage(
  client: SqlConnection,
  accounts: LedgerAccounts,
  calls: readonly UsageCall[],
  spool: string,
): Promise<PostedUsage> {
  if (calls.length === 0)
    return { posted: 0, repeated: 0, bad: [], creditedWalletIds: [], overrunNanoUsd: 0n };
  await client.query('SAVEPOINT calls');
  try {
    const result = await postAll(client, accounts, calls, spool);
    await client.query('RELEASE SAVEPOINT calls');
    return result;
  } catch (error) {
    if (!isFaultOfRecord(error)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT calls');
    const [first] = calls;
    if (calls.length === 1 && first) {
      const bad = [{ number: first.number, text: first.text, error: error.message }];
      return { posted: 0, repeated: 0, bad, creditedWalletIds: [], overrunNanoUsd: 0n };
    }
    const half = Math.ceil(calls.length / 2);
    const left = await postUsage(client, accounts, calls.slice(0, half), spool);
    return joined(left, await postUsage(client, accounts, calls.slice(half), spool));
  }
}

async function postAll(
  client: SqlConnection,
  accounts: LedgerAccounts,
  calls: readonly UsageCall[],
  spool: string,
): Promise<PostedUsage> {
  const fresh = await insertCalls(client, calls, spool);
  const charges = await postCharges(client, accounts, fresh.map(chargeOf));
  await chargeBudgets(client, fresh);
  await addToRollups(client, fresh);
  await addToAttemptRollups(client, fresh);
  await markKeysUsed(client, fresh);
  return { ...charges, posted: fresh.length, repeated: calls.length - fresh.length, bad: [] };
}

/** What a call costs its customer, and us by provider. */
export function chargeOf({ record, costNanoUsd }: UsageCall): Charge {
  const providerOf = new Map(record.attempts.map((attempt) => [attempt.number, attempt.providerId]));
  const costs = new Map<string, bigint>();
  for (const line of record.lines) {
    const providerId = providerOf.get(line.attempt);
    const nanoUsd = BigInt(line.providerCostNanoUsd);
    if (providerId !== undefined && nanoUsd > 0n)
      costs.set(providerId, (costs.get(providerId) ?? 0n) + nanoUsd);
  }
  const providerCosts = [...costs].map(([providerId, nanoUsd]) => ({ providerId, nanoUsd }));
  return { callId: record.id, walletId: record.walletId, costNanoUsd, providerCosts };
}

/** Classes 22 and 23 of SQLSTATE: data that a type or a constraint refuses. */
function isFaultOfRecord(error: unknown): error is Error {
  if (error instanceof UnknownWalletError) return true;
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
}

function joined(left: PostedUsage, right: PostedUsage): PostedUsage {
  return {
    posted: left.posted + right.posted,
    repeated: left.repeated + right.repeated,
    bad: [...left.bad, ...right.bad],
    creditedWalletIds: [...new Set([...left.creditedWalletIds, ...right.creditedWalletIds])],
    overrunNanoUsd: left.overrunNanoUsd + right.overrunNanoUsd,
  };
}
