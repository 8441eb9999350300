import type {
  LoadAnswer,
  NotLoaded,
  RateStanding,
  RefusalReason,
  RenewAnswer,
  SettleAnswer,
  TakeAnswer,
  WalletTotals,
} from './commands.js';

/** Walks over the flat answer of a script. @throws Error when it is not what the script's header says */
class AnswerReader {
  private at = 0;
  private readonly values: readonly unknown[];

  constructor(answer: unknown) {
    if (!Array.isArray(answer)) throw new Error('the script answered with something else than a list');
    this.values = answer;
  }

  text(): string {
    const value = this.values[this.at++];
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    throw new Error('the script answered with fewer values than its header says');
  }

  number(): number {
    return Number(this.text());
  }

  amount(): bigint {
    return BigInt(this.text());
  }

  get hasMore(): boolean {
    return this.at < this.values.length;
  }
}

export function readTake(raw: unknown): TakeAnswer {
  const answer = new AnswerReader(raw);
  const kind = answer.text();
  if (kind === 'not_loaded') return notLoaded(answer);
  if (kind === 'refused') {
    const reason = answer.text() as RefusalReason;
    const retryAfterMs = optional(answer.number());
    return { kind, reason, retryAfterMs, ...standing(answer), rate: rate(answer) };
  }
  const holdNanoUsd = answer.amount();
  const worstNanoUsd = answer.amount();
  const cut = answer.number() === 1;
  const where = standing(answer);
  const requests = rate(answer);
  const freeNanoUsd = answer.amount();
  const budgetsFreeNanoUsd: bigint[] = [];
  while (answer.hasMore) budgetsFreeNanoUsd.push(answer.amount());
  return {
    kind: 'admitted',
    holdNanoUsd,
    worstNanoUsd,
    cut,
    ...where,
    rate: requests,
    freeNanoUsd,
    budgetsFreeNanoUsd,
  };
}

export function readRenew(raw: unknown): RenewAnswer {
  const answer = new AnswerReader(raw);
  if (answer.text() === 'not_loaded') return notLoaded(answer);
  const where = standing(answer);
  const freeNanoUsd = answer.amount();
  const leases: { holdNanoUsd: bigint; refused: boolean }[] = [];
  while (answer.hasMore) leases.push({ holdNanoUsd: answer.amount(), refused: answer.number() === 1 });
  return { kind: 'renewed', ...where, freeNanoUsd, leases };
}

export function readSettle(raw: unknown): SettleAnswer {
  const answer = new AnswerReader(raw);
  if (answer.text() === 'not_loaded') return notLoaded(answer);
  return { kind: 'settled', ...standing(answer), freeNanoUsd: answer.amount() };
}

export function readLoad(raw: unknown): LoadAnswer {
  const answer = new AnswerReader(raw);
  const kind = answer.text();
  return { kind: kind === 'loaded' || kind === 'late' ? kind : 'superseded', loadedAtMs: answer.number() };
}

export function readTotals(raw: unknown): WalletTotals | null {
  const [walletPairs, budgetPairs, openLeases] = raw as [string[], string[], number];
  const wallet = pairs(walletPairs);
  const loadedAt = wallet.get('loadedAt');
  if (loadedAt === undefined) return null;
  const amount = (field: string): bigint => BigInt(wallet.get(field) ?? 0);
  const applied = new Map<string, number>();
  for (const [field, value] of wallet) if (field.startsWith('s:')) applied.set(field.slice(2), Number(value));
  return {
    creditedNanoUsd: amount('credited'),
    creditedSequence: amount('creditedSequence'),
    chargedNanoUsd: amount('charged'),
    heldNanoUsd: amount('held'),
    worstNanoUsd: amount('worst'),
    freeNanoUsd: amount('credited') - amount('charged') - amount('held'),
    loadedAtMs: Number(loadedAt),
    openLeases,
    applied,
    budgets: readBudgets(pairs(budgetPairs)),
  };
}

function readBudgets(fields: ReadonlyMap<string, string>): WalletTotals['budgets'] {
  const periods = new Set([...fields.keys()].map((field) => field.slice(0, -2)));
  const amount = (field: string): bigint => BigInt(fields.get(field) ?? 0);
  return new Map(
    [...periods].map((period) => [
      period,
      {
        chargedNanoUsd: amount(`${period}:c`),
        heldNanoUsd: amount(`${period}:h`),
        worstNanoUsd: amount(`${period}:w`),
      },
    ]),
  );
}

function pairs(flat: readonly string[]): Map<string, string> {
  const map = new Map<string, string>();
  for (let at = 0; at + 1 < flat.length; at += 2) map.set(flat[at] ?? '', flat[at + 1] ?? '');
  return map;
}

function notLoaded(answer: AnswerReader): NotLoaded {
  return { kind: 'not_loaded', nowMs: answer.number() };
}

function standing(answer: AnswerReader): { nowMs: number; loadedAtMs: number; applied: number } {
  return { nowMs: answer.number(), loadedAtMs: answer.number(), applied: answer.number() };
}

function rate(answer: AnswerReader): RateStanding {
  return {
    limit: optional(answer.number()),
    remaining: optional(answer.number()),
    resetMs: optional(answer.number()),
  };
}

function optional(value: number): number | null {
  return value < 0 ? null : value;
}
