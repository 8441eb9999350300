/** The lesser of $0.50 and 2 % of the free sum may be spent unseen, per process and outage. */
const MOST_NANO_USD = 500_000_000n;
const SHARE = 50n;
/** A wallet unseen for longer is not served while Redis is away. */
const KNOWN_FOR_MS = 600_000;
const RECENT_MS = 1_000;

/** What a process last heard of a wallet: free sums by account, the wallet itself under its id. */
interface KnownWallet {
  seenMs: number;
  free: Map<string, bigint>;
  /** What is left of the allowance of each account; null while none was drawn from. */
  left: Map<string, bigint> | null;
  drawnMs: number;
}

/** An amount that was drawn from the allowances of some accounts. */
export interface Draw {
  walletId: string;
  accounts: readonly string[];
  amountNanoUsd: bigint;
}

/**
 * What a process may admit by itself while Redis cannot be asked: once per outage, drawn by forecast and corrected by
 * cost. An account is the wallet or a budget's period on the call's path.
 */
export class Allowances {
  private readonly wallets = new Map<string, KnownWallet>();

  /** Tells what is free, as Redis said. */
  note(
    walletId: string,
    free: Iterable<readonly [account: string, freeNanoUsd: bigint]>,
    nowMs: number,
  ): void {
    let known = this.wallets.get(walletId);
    if (!known)
      this.wallets.set(walletId, (known = { seenMs: nowMs, free: new Map(), left: null, drawnMs: 0 }));
    known.seenMs = nowMs;
    for (const [account, amount] of free) known.free.set(account, amount);
  }

  knows(walletId: string, nowMs: number): boolean {
    const known = this.wallets.get(walletId);
    return known !== undefined && nowMs - known.seenMs <= KNOWN_FOR_MS;
  }

  /** Takes the amount from every account, or from none: null when one of them has not enough. */
  draw(walletId: string, accounts: readonly string[], amountNanoUsd: bigint, nowMs: number): Draw | null {
    const known = this.wallets.get(walletId);
    if (!known || nowMs - known.seenMs > KNOWN_FOR_MS) return null;
    const left = (known.left ??= new Map());
    known.drawnMs = nowMs;
    for (const account of accounts) {
      if (!left.has(account))
        left.set(account, allowanceOf(known.free.get(account) ?? known.free.get(walletId) ?? 0n));
    }
    // What costs nothing is served however little is left.
    if (amountNanoUsd > 0n && accounts.some((account) => (left.get(account) ?? 0n) < amountNanoUsd))
      return null;
    const draw = { walletId, accounts, amountNanoUsd };
    this.move(draw, -amountNanoUsd);
    return draw;
  }

  /** The call that drew has ended: its cost counts in place of its forecast. */
  correct(draw: Draw, costNanoUsd: bigint): void {
    this.move(draw, draw.amountNanoUsd - costNanoUsd);
  }

  /** Redis has what this process knows of the wallet: the outage is over, unless something was drawn just now. */
  renew(walletId: string, nowMs: number): void {
    const known = this.wallets.get(walletId);
    if (known && nowMs - known.drawnMs > RECENT_MS) known.left = null;
  }

  forgetOld(nowMs: number): void {
    for (const [walletId, known] of this.wallets)
      if (nowMs - known.seenMs > KNOWN_FOR_MS) this.wallets.delete(walletId);
  }

  private move(draw: Draw, byNanoUsd: bigint): void {
    const left = this.wallets.get(draw.walletId)?.left;
    if (!left) return;
    for (const account of draw.accounts) left.set(account, (left.get(account) ?? 0n) + byNanoUsd);
  }
}

function allowanceOf(freeNanoUsd: bigint): bigint {
  if (freeNanoUsd <= 0n) return 0n;
  const share = freeNanoUsd / SHARE;
  return share < MOST_NANO_USD ? share : MOST_NANO_USD;
}
