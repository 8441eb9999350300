import type { Redis } from 'ioredis';
import { EXPIRY_KEYS, walletOfExpiryKey } from './wallet-keys.js';
import { WalletState } from './wallet-state.js';

/**
 * Goes over all wallets with open leases and releases the holds that nobody renewed. It never charges.
 * @returns how many leases were released
 * @throws what the connection throws; what was swept until then stays so
 */
export async function sweepLeases(redis: Redis): Promise<number> {
  const state = new WalletState(redis);
  let released = 0;
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', EXPIRY_KEYS, 'COUNT', 1_000);
    cursor = next;
    for (const key of keys) {
      const walletId = walletOfExpiryKey(key);
      if (walletId) released += await state.sweep(walletId);
    }
  } while (cursor !== '0');
  return released;
}
