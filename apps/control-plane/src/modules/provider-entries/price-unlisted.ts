import { offerPrices } from '@trunkline/catalog';
import type { Prisma, Transaction } from '@trunkline/prisma';
import type { Trail } from '../../database/change.js';
import { invalidField } from '../../http/api-error.js';
import { writePrices } from '../price-book/index.js';
import { declaredCatalog } from './declared-catalog.js';

/**
 * Gives every name of a provider that nobody lists a price, or another one from now on.
 * @param price US dollars by the catalog's price fields
 * @throws ApiError `invalid_request` naming the price at fault
 */
export async function priceUnlisted(
  tx: Transaction,
  trail: Trail,
  providerId: string,
  price: Record<string, string>,
): Promise<void> {
  const parsed = offerPrices.safeParse(price);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalidField(['unlistedPrice', ...(issue?.path ?? [])].join('.'), issue?.message ?? 'is no price');
  }
  if (parsed.data.input === undefined || parsed.data.output === undefined)
    throw invalidField(
      'unlistedPrice',
      'Say what input and output cost: an unpriced model is refused, not free.',
    );
  const added = declaredCatalog([
    { id: providerId, unlistedModels: 'allow', defaultPrice: parsed.data, models: [] },
  ]);
  for (const { id, ...row } of added.models) {
    const data = { ...row, capabilities: row.capabilities as Prisma.InputJsonObject };
    await tx.model.upsert({ where: { id }, create: { id, ...data }, update: data });
  }
  for (const { id, ...row } of added.offers)
    await tx.offer.upsert({ where: { id }, create: { id, ...row }, update: row });
  await writePrices(tx, added.priced, new Date());
  trail.tell('catalog', '*');
  trail.tell('price', '*');
}
