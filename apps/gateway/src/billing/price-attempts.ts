import type { OrganizationProjection, UsageLine } from '@trunkline/contracts';
import { priceUsage } from '@trunkline/pricing';
import type { AttemptTrace } from '../failover/attempt-runner.js';
import type { CatalogSnapshot } from '../pipeline/ports.js';
import type { UsageShares } from './answer-usage.js';
import type { CommittedUsage } from './committed-usage.js';

export interface PricedAttempts {
  readonly lines: UsageLine[];
  readonly costNanoUsd: bigint;
  readonly providerCostNanoUsd: bigint;
  /** What providers charge the tenant directly, by the tenant's own keys; null when none was used. */
  readonly ownKeyCostNanoUsd: bigint | null;
}

/**
 * Turns what the attempts used into lines, at the prices in force when each was dispatched. Shares are the customer's; of
 * all else our own cost is kept.
 */
export function priceAttempts(
  catalog: CatalogSnapshot,
  { pricePlanId, ownKeyFeePpm = 0 }: Pick<OrganizationProjection, 'pricePlanId' | 'ownKeyFeePpm'>,
  trail: readonly AttemptTrace[],
  shares: UsageShares,
  isCharged: boolean,
): PricedAttempts {
  const lines: UsageLine[] = [];
  let costNanoUsd = 0n;
  let providerCostNanoUsd = 0n;
  let ownKeyCostNanoUsd: bigint | null = null;
  const add = (trace: AttemptTrace, used: CommittedUsage, charged: boolean) => {
    const { offer, ownKey, sellPrice } = trace.target;
    const atMs = trace.dispatchedAtMs;
    const priced = priceUsage({
      attempt: trace.number,
      usage: used.usage,
      dispatchedMs: atMs,
      sell: catalog.priceOf(offer.id, 'sell', pricePlanId, atMs) ?? sellPrice,
      buy: catalog.priceOf(offer.id, 'buy', null, atMs),
      counted: used.counted,
      charged,
      ...(ownKey ? { ownKeyFeePpm } : {}),
    });
    lines.push(...priced.lines);
    costNanoUsd += priced.costNanoUsd;
    providerCostNanoUsd += priced.providerCostNanoUsd;
    if (ownKey) ownKeyCostNanoUsd = (ownKeyCostNanoUsd ?? 0n) + priced.ownKeyCostNanoUsd;
  };
  for (const trace of trail) {
    const share = shares.get(trace.number);
    if (share) add(trace, share, isCharged);
    const rest = share ? share.rest : trace.usage;
    if (rest) add(trace, { usage: rest, counted: false }, false);
  }
  return { lines, costNanoUsd, providerCostNanoUsd, ownKeyCostNanoUsd };
}
