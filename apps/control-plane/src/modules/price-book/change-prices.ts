import { offerPrices } from '@trunkline/catalog';
import type { ChangePricesInput, PriceChangeResult } from '@trunkline/contracts/control-plane';
import type { Prisma } from '@trunkline/prisma';
import { changeAsOperator } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { Actor } from '../../http/actor.js';
import { ApiError, invalidField } from '../../http/api-error.js';
import { catalogOffer } from './catalog-offer.js';
import { stated } from './list-price-overrides.js';
import { priceDifferences, type SetBefore } from './price-differences.js';
import { type PricedOffer, writePrices } from './write-prices.js';

type Change = ChangePricesInput['changes'][number];

/**
 * Sets what providers charge, from now or a later moment on, or takes it back to what the catalog says; sell prices of
 * every plan follow. Without `apply` it tells what would change. Versions of the past stay as they are.
 * @throws ApiError `invalid_request` naming the change that cannot be
 */
export async function changePrices(
  database: Database,
  actor: Actor,
  { changes, apply }: ChangePricesInput,
): Promise<PriceChangeResult> {
  if (!actor.operator) throw new ApiError('forbidden', 'Only operators may do this.');
  const now = new Date();
  const offers = changes.map((change, index) => requireChange(changes, change, index, now));
  const before = await database.client.priceOverride.findMany({
    where: { offerId: { in: changes.map(({ offerId }) => offerId) } },
  });
  const old = new Map(before.map((row) => [row.offerId, row]));
  const differences = changes.flatMap((change, index) => {
    const row = old.get(change.offerId);
    requireNoGap(change, row, index, now);
    const priced = offers[index];
    return priced ? priceDifferences(change, priced.offer, row, now) : [];
  });
  if (!apply) return { changes: differences, applied: false };
  await changeAsOperator(database, actor, async (tx, trail) => {
    for (const change of changes) {
      const { offerId, prices } = change;
      const effectiveFrom = change.effectiveFrom ? new Date(change.effectiveFrom) : now;
      if (prices === null) {
        await tx.priceOverride.deleteMany({ where: { offerId } });
      } else {
        const data = { prices: prices as Prisma.InputJsonObject, effectiveFrom };
        await tx.priceOverride.upsert({ where: { offerId }, create: { offerId, ...data }, update: data });
      }
      const after = { prices, effectiveFrom: effectiveFrom.toISOString() };
      const row = old.get(offerId);
      const priced = {
        ...{ targetKind: 'offer', targetId: offerId },
        before: { prices: row ? stated(row.prices) : null },
      };
      trail.audit({ action: 'price.change', ...priced, after });
    }
    await writePrices(tx, offers, now);
    trail.tell('price', '*');
  });
  return { changes: differences, applied: true };
}

function requireChange(changes: readonly Change[], change: Change, index: number, now: Date): PricedOffer {
  const at = `changes.${index}`;
  const { offerId, prices, effectiveFrom } = change;
  if (changes.findIndex((other) => other.offerId === offerId) < index)
    throw invalidField(`${at}.offerId`, 'This offer stands here twice.');
  const offer = catalogOffer(offerId);
  if (!offer) throw invalidField(`${at}.offerId`, 'The catalog has no such offer.');
  const parsed = offerPrices.safeParse(prices ?? {});
  const [issue] = parsed.success ? [] : parsed.error.issues;
  if (issue) throw invalidField([at, 'prices', ...issue.path].join('.'), issue.message);
  if (prices !== null && Object.keys(prices).length === 0)
    throw invalidField(`${at}.prices`, 'Say at least one price, or null to go back to the catalog’s.');
  if (effectiveFrom && Date.parse(effectiveFrom) < now.getTime() - CLOCK_SKEW_MS)
    throw invalidField(`${at}.effectiveFrom`, 'What was charged before now cannot be rewritten.');
  if (prices === null && effectiveFrom)
    throw invalidField(`${at}.effectiveFrom`, 'Prices go back to the catalog’s at once, and not later on.');
  return { id: offerId, offer };
}

/** An offer has one price of an operator's: a later one would end that in force before its own time comes. */
function requireNoGap(
  { offerId, effectiveFrom }: Change,
  before: SetBefore | undefined,
  index: number,
  now: Date,
): void {
  if (!before || before.effectiveFrom > now || !effectiveFrom || new Date(effectiveFrom) <= now) return;
  throw invalidField(
    `changes.${index}.effectiveFrom`,
    `A price of ${offerId} that was set here holds now and would end at once, until this one begins. Set it when it begins.`,
  );
}

/** An operator's clock may be a little behind ours. */
const CLOCK_SKEW_MS = 60_000;
