import { parseUsd } from '@trunkline/contracts';
import pg from 'pg';
import type { SeenCall } from './load-client.js';
import type { SimulatorCall } from './simulator-control.js';

/** A row of the call log, as far as these checks need it. */
export interface CallRow {
  id: string;
  client_request_id: string | null;
  cost_nano_usd: string;
  billing_reason: string;
  status: number;
}

export interface AttemptRow {
  id: string;
  call_id: string;
  outcome: string;
  prompt_tokens: string | null;
  completion_tokens: string | null;
}

/** Everything that Postgres says about calls and money. */
export interface Books {
  calls: CallRow[];
  attempts: AttemptRow[];
  wallets: { id: string; balance: bigint; ledger: bigint; charged: bigint; callCost: bigint }[];
}

export async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  return client;
}

/** Reads calls and attempts of everything made after `sinceMs`; wallets whole. */
export async function readBooks(databaseUrl: string, sinceMs: number): Promise<Books> {
  const client = await connect(databaseUrl);
  try {
    const since = new Date(sinceMs);
    const calls = await client.query<CallRow>(
      'select id, client_request_id, cost_nano_usd, billing_reason, status from "call" where created_at >= $1',
      [since],
    );
    const attempts = await client.query<AttemptRow>(
      `select a.id, a.call_id, a.outcome,
              sum(l.units) filter (where l.bucket ~ '^(input|cache_read|cache_write)') as prompt_tokens,
              sum(l.units) filter (where l.bucket ~ '^(output|reasoning)') as completion_tokens
         from attempt a
         left join call_line l on l.created_at = a.created_at and l.call_id = a.call_id and l.attempt = a.number
        where a.created_at >= $1
        group by a.id, a.call_id, a.outcome`,
      [since],
    );
    const wallets = await client.query<Record<'id' | 'balance' | 'ledger' | 'charged' | 'call_cost', string>>(
      `select w.id,
              w.credited_nano_usd - w.charged_nano_usd as balance,
              w.charged_nano_usd as charged,
              coalesce((select sum(e.amount_nano_usd) from ledger_entry e
                          join ledger_account a on a.id = e.account_id
                         where a.kind = 'wallet' and a.wallet_id = w.id), 0) as ledger,
              coalesce((select sum(c.cost_nano_usd) from "call" c where c.wallet_id = w.id), 0) as call_cost
         from wallet w`,
    );
    return {
      calls: calls.rows,
      attempts: attempts.rows,
      wallets: wallets.rows.map((row) => ({
        id: row.id,
        balance: BigInt(row.balance),
        ledger: BigInt(row.ledger),
        charged: BigInt(row.charged),
        callCost: BigInt(row.call_cost),
      })),
    };
  } finally {
    await client.end();
  }
}

/**
 * Waits until the log holds every whole answer that was seen and has stopped growing.
 * @throws after `limitMs`, with the number of missing rows
 */
export async function settledBooks(
  databaseUrl: string,
  sinceMs: number,
  seen: readonly SeenCall[],
  limitMs: number,
): Promise<Books> {
  const whole = seen.filter((call) => call.whole).map((call) => call.clientRequestId);
  const deadline = Date.now() + limitMs;
  let before = -1;
  for (;;) {
    const books = await readBooks(databaseUrl, sinceMs);
    const rows = new Set(books.calls.map((row) => row.client_request_id));
    const missing = whole.filter((id) => !rows.has(id));
    if (missing.length === 0 && books.calls.length === before) return books;
    if (Date.now() > deadline)
      throw new Error(`${missing.length} whole answers have no row after ${limitMs} ms`);
    before = books.calls.length;
    // The second reading has to be late enough for a batch that was lost and is sent again after 5 s.
    await new Promise((resolve) => setTimeout(resolve, missing.length === 0 ? 7_000 : 1_000));
  }
}

/** What disagrees between what clients saw, what the log says and what the providers saw; empty when all is right. */
export function disagreements(
  seen: readonly SeenCall[],
  books: Books,
  provider: readonly SimulatorCall[],
  kills: number,
): string[] {
  return [
    ...rowsAgainstClients(seen, books, kills),
    ...moneyAgainstLedger(books),
    ...attemptsAgainstProvider(books, provider),
  ];
}

function rowsAgainstClients(seen: readonly SeenCall[], books: Books, kills: number): string[] {
  const found: string[] = [];
  const rowsByClientId = Map.groupBy(books.calls, (row) => row.client_request_id);
  const seenById = new Map(seen.map((call) => [call.clientRequestId, call]));
  for (const call of seen.filter((entry) => entry.whole)) {
    const rows = rowsByClientId.get(call.clientRequestId) ?? [];
    if (rows.length !== 1)
      found.push(`${call.clientRequestId} was answered whole and has ${rows.length} rows`);
    const cost = rows[0]?.cost_nano_usd;
    const told = call.cost === null ? null : parseUsd(call.cost.toFixed(9)).toString();
    if (cost !== undefined && cost !== told)
      found.push(`${call.clientRequestId} was told ${told} and charged ${cost}`);
  }
  const cutByConnection = new Map<number, number>();
  for (const row of books.calls) {
    if (row.client_request_id === null) {
      if (row.billing_reason !== 'gateway_lost') found.push(`row ${row.id} has no client and was not lost`);
      continue;
    }
    const call = seenById.get(row.client_request_id);
    if (!call) found.push(`row ${row.id} belongs to no call of these clients`);
    else if (!call.whole)
      cutByConnection.set(call.connection, (cutByConnection.get(call.connection) ?? 0) + 1);
  }
  for (const [connection, count] of cutByConnection) {
    if (count > kills)
      found.push(`connection ${connection} has ${count} rows of cut calls with ${kills} kills`);
  }
  return found;
}

function moneyAgainstLedger(books: Books): string[] {
  return books.wallets.flatMap((wallet) => [
    ...(wallet.ledger === wallet.balance
      ? []
      : [`wallet ${wallet.id}: ledger ${wallet.ledger}, balance ${wallet.balance}`]),
    ...(wallet.charged === wallet.callCost
      ? []
      : [`wallet ${wallet.id}: charged ${wallet.charged}, calls cost ${wallet.callCost}`]),
    ...(wallet.balance < 0n ? [`wallet ${wallet.id} is negative: ${wallet.balance}`] : []),
  ]);
}

function attemptsAgainstProvider(books: Books, provider: readonly SimulatorCall[]): string[] {
  const found: string[] = [];
  const lost = books.calls.filter((row) => row.billing_reason === 'gateway_lost').length;
  const byAttempt = new Map(provider.map((call) => [call.clientRequestId, call]));
  const again = provider.filter((call) => byAttempt.get(call.clientRequestId) !== call);
  for (const { clientRequestId, provider: id, fault, outcome } of again.slice(0, 5))
    found.push(`${id} saw attempt ${clientRequestId} more than once: ${fault ?? 'no fault'}, ${outcome}`);
  const logged = new Set(books.attempts.map((attempt) => attempt.id));
  if (logged.size !== books.attempts.length) found.push('an attempt stands in the log twice');
  const unlogged = provider.filter(
    (call) => call.clientRequestId === null || !logged.has(call.clientRequestId),
  );
  // A lost call may have been on its second target.
  if (unlogged.length > lost * 2)
    found.push(`${unlogged.length} calls at providers are not in the log, with ${lost} lost calls`);
  for (const attempt of books.attempts) {
    const call = byAttempt.get(attempt.id);
    if (!call) {
      if (attempt.outcome === 'success') found.push(`attempt ${attempt.id} succeeded without the provider`);
      continue;
    }
    if (attempt.outcome !== 'success' || !call.usage) continue;
    const ours = `${attempt.prompt_tokens ?? 0}/${attempt.completion_tokens ?? 0}`;
    const theirs = `${call.usage.promptTokens}/${call.usage.completionTokens}`;
    if (ours !== theirs) found.push(`attempt ${attempt.id}: ${ours} tokens, the provider counted ${theirs}`);
  }
  return found;
}
