/** The same few wallets are named with every call. */
const keysOf = new Map<string, readonly string[]>();
const MAX_KEPT = 10_000;

/**
 * The keys of a wallet, in the order of the scripts' KEYS. They share the hash tag `{w:<wallet id>}`: one slot of a
 * cluster, so that one script reaches them all.
 */
export function walletKeys(walletId: string): readonly string[] {
  const known = keysOf.get(walletId);
  if (known) return known;
  if (keysOf.size >= MAX_KEPT) keysOf.clear();
  const keys = printKeys(walletId);
  keysOf.set(walletId, keys);
  return keys;
}

function printKeys(walletId: string): string[] {
  const tag = `{w:${walletId}}`;
  return [`${tag}:wallet`, `${tag}:leases`, `${tag}:expiry`, `${tag}:budgets`, `${tag}:open`, `${tag}:rates`];
}

/** Finds the keys of leases that may be swept. */
export const EXPIRY_KEYS = '{w:*}:expiry';

/** The wallet of an `expiry` key. */
export function walletOfExpiryKey(key: string): string | null {
  return /^\{w:(.+)\}:expiry$/.exec(key)?.[1] ?? null;
}
