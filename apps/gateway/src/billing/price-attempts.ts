import type { OrganizationProjection, UsageLine } from '@trunkline/contracts';
import { priceUsage } from '@trunkline/pricing';
import type { AttemptTrace } from '../failover/attempt-runner.js';
import type { CatalogSnapshot } from '../pipeline/ports.js';
import type { CommittedUsage } from './committed-usage.js';

export interface PricedAttempts {
  readonly lines: UsageLine[];
  readonly costNanoUsd: bigint;
  readonly providerCostNanoUsd: bigint;
  /** What providers charge the tenant directly, by the tenant's own keys; null when none was used. */
  readonly ownKeyCostNanoUsd: bigint | null;
}

/**
 * Turns what the attempts used into lines, at the prices in force when each was dispatched. Only the committed one is
 * the customer's; of the others our own cost is kept.
 */
export function priceAttempts(
  catalog: CatalogSnapshot,
  { pricePlanId, ownKeyFeePpm = 0 }: Pick<OrganizationProjection, 'pricePlanId' | 'ownKeyFeePpm'>,
  trail: readonly AttemptTrace[],
  committed: CommittedUsage | null,
  isCharged: boolean,
): PricedAttempts {
  const lines: UsageLine[] = [];
  let costNanoUsd = 0n;
  let providerCostNanoUsd = 0n;
  let ownKeyCostNanoUsd: bigint | null = null;
  for (const trace of trail) {
    const used = trace.committed ? committed : trace.usage && { usage: trace.usage, counted: false };
    if (!used) continue;
    const { offer, ownKey, sellPrice } = trace.target;
    const atMs = trace.dispatchedAtMs;
    const priced = priceUsage({
      attempt: trace.number,
      usage: used.usage,
      dispatchedMs: atMs,
      sell: catalog.priceOf(offer.id, 'sell', pricePlanId, atMs) ?? sellPrice,
      buy: catalog.priceOf(offer.id, 'buy', null, atMs),
      counted: used.counted,
      charged: trace.committed && isCharged,
      ...(ownKey ? { ownKeyFeePpm } : {}),
    });
    lines.push(...priced.lines);
    costNanoUsd += priced.costNanoUsd;
    providerCostNanoUsd += priced.providerCostNanoUsd;
    if (ownKey) ownKeyCostNanoUsd = (ownKeyCostNanoUsd ?? 0n) + priced.ownKeyCostNanoUsd;
  }
  return { lines, costNanoUsd, providerCostNanoUsd, ownKeyCostNanoUsd };
}
