import type { Catalog } from '@trunkline/catalog';
import { Prisma, type Model, type ModelName, type Offer, type Transaction } from '@trunkline/prisma';
import type { DeclaredCatalog } from '../modules/provider-entries/index.js';
import { modelRows, nameRows, offerRows } from './catalog-rows.js';
import { differences } from './differences.js';

/**
 * Makes models, offers and names those of the catalog and of the configuration file. What neither has any longer is
 * retired and kept, since the log points at it; but what an earlier file declared of a provider that this one does not
 * name stays as long as that provider is there.
 * @returns rows written
 */
export async function seedCatalog(
  tx: Transaction,
  catalog: Catalog,
  declared: DeclaredCatalog,
): Promise<number> {
  const entries = await tx.providerEntry.findMany({
    where: { organizationId: null, source: { in: ['file', 'operator'] } },
    select: { providerId: true },
  });
  const still = new Set(entries.map(({ providerId }) => providerId));
  for (const { author } of declared.models) still.delete(author);
  const before = await tx.model.findMany();
  const earlier = new Set(
    before.filter(({ family, author }) => family === null && still.has(author)).map(({ id }) => id),
  );
  const models = await writeModels(tx, before, [...modelRows(catalog), ...declared.models], earlier);
  const offers = await writeOffers(tx, [...offerRows(catalog), ...declared.offers], earlier);
  return models + offers + (await writeNames(tx, nameRows(catalog)));
}

async function writeModels(
  tx: Transaction,
  before: readonly Model[],
  wanted: readonly Model[],
  earlier: ReadonlySet<string>,
): Promise<number> {
  const { added, changed, gone } = differences(before, wanted, ({ id }) => id);
  const toData = (row: Model) => ({ ...row, capabilities: row.capabilities as Prisma.InputJsonObject });
  if (added.length > 0) await tx.model.createMany({ data: added.map(toData) });
  for (const { id, ...data } of changed.map(toData)) await tx.model.update({ where: { id }, data });
  const retired = gone
    .filter(({ id, status }) => status !== 'retired' && !earlier.has(id))
    .map(({ id }) => id);
  if (retired.length > 0)
    await tx.model.updateMany({ where: { id: { in: retired } }, data: { status: 'retired' } });
  return added.length + changed.length + retired.length;
}

async function writeOffers(
  tx: Transaction,
  wanted: readonly Offer[],
  earlier: ReadonlySet<string>,
): Promise<number> {
  const { added, changed, gone } = differences(await tx.offer.findMany(), wanted, ({ id }) => id);
  if (added.length > 0) await tx.offer.createMany({ data: added });
  for (const { id, ...data } of changed) await tx.offer.update({ where: { id }, data });
  const ended = gone
    .filter(({ status, modelId }) => status !== 'deprecated' && !earlier.has(modelId))
    .map(({ id }) => id);
  if (ended.length > 0)
    await tx.offer.updateMany({ where: { id: { in: ended } }, data: { status: 'deprecated' } });
  return added.length + changed.length + ended.length;
}

async function writeNames(tx: Transaction, wanted: readonly ModelName[]): Promise<number> {
  const { added, changed, gone } = differences(await tx.modelName.findMany(), wanted, ({ name }) => name);
  const stale = [...gone, ...changed].map(({ name }) => name);
  if (stale.length > 0) await tx.modelName.deleteMany({ where: { name: { in: stale } } });
  const fresh = [...added, ...changed].map((row) => ({
    ...row,
    sendAs: row.sendAs as Prisma.InputJsonObject,
  }));
  if (fresh.length > 0) await tx.modelName.createMany({ data: fresh });
  return fresh.length + gone.length;
}
