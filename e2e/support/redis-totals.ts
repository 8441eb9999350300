import { WalletState } from '@trunkline/wallet-state';
import { Redis } from 'ioredis';

export interface RedisTotals {
  charged: bigint;
  held: bigint;
  balance: bigint;
}

/** What Redis says of every wallet that is loaded there, by wallet id. */
export async function redisTotals(redisUrl: string): Promise<Map<string, RedisTotals>> {
  const redis = new Redis(redisUrl);
  try {
    const state = new WalletState(redis);
    const found = new Map<string, RedisTotals>();
    for (const key of await redis.keys('{w:*}:wallet')) {
      const id = key.slice('{w:'.length, -'}:wallet'.length);
      const totals = await state.totals(id);
      if (!totals) continue;
      const { creditedNanoUsd, chargedNanoUsd, heldNanoUsd } = totals;
      found.set(id, {
        charged: chargedNanoUsd,
        held: heldNanoUsd,
        balance: creditedNanoUsd - chargedNanoUsd,
      });
    }
    return found;
  } finally {
    redis.disconnect();
  }
}
