import { loadCatalog } from '@trunkline/catalog';
import type { Logger } from '@trunkline/observability';
import { type PrismaClient, type Transaction, writeOutbox } from '@trunkline/prisma';
import type { SeedConfig } from '../config/seed-environment.js';
import { STANDARD_PLAN } from '../modules/provisioning/index.js';
import { seedCatalog } from './seed-catalog.js';
import { seedDemo } from './seed-demo.js';
import { seedPerson } from './seed-person.js';
import { seedPrices } from './seed-prices.js';
import { seedProviderEntries } from './seed-provider-entries.js';
import { wantedEntries } from './wanted-entries.js';

/** Of this number alone: two seeds at the same time come one after the other. */
const SEED_LOCK = 7_350_003;
const SEED_TIMEOUT_MS = 60_000;

export interface SeedResult {
  catalogRows: number;
  priceVersions: number;
  providerEntries: number;
}

/** Makes the database equal to catalog and environment. A second run changes nothing. */
export async function runSeed(config: SeedConfig, client: PrismaClient, logger: Logger): Promise<SeedResult> {
  const { controlPlane } = config;
  const result = await client.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(${SEED_LOCK})::text`;
      return seedPlatform(tx, config);
    },
    { timeout: SEED_TIMEOUT_MS },
  );
  const { operator, demo } = config;
  // Outside the demo the environment makes the first operator and no other, and resets nobody's password.
  const isOperatorWanted =
    controlPlane.demo || (await client.user.count({ where: { role: 'operator' } })) === 0;
  if (operator && isOperatorWanted) {
    await seedPerson({ controlPlane, client, logger }, { ...operator, name: 'Operator', operator: true });
  }
  if (demo) {
    const { email, password } = demo;
    const person = { email, password, name: 'Demo', operator: false };
    const userId = await seedPerson({ controlPlane, client, logger }, person);
    await seedDemo(client, { userId, apiKey: demo.apiKey });
  }
  return result;
}

async function seedPlatform(tx: Transaction, config: SeedConfig): Promise<SeedResult> {
  const catalog = loadCatalog();
  const { masterKeys, simulator } = config.controlPlane;
  await tx.pricePlan.createMany({ data: [{ id: STANDARD_PLAN, name: 'Standard' }], skipDuplicates: true });
  const catalogRows = await seedCatalog(tx, catalog);
  const priceVersions = await seedPrices(tx, catalog, new Date());
  const entries = wantedEntries(catalog, config.variables, simulator?.url ?? null);
  if (catalogRows > 0) await writeOutbox(tx, 'catalog', '*');
  if (priceVersions > 0) await writeOutbox(tx, 'price', '*');
  const providerEntries = await seedProviderEntries(tx, masterKeys, entries);
  return { catalogRows, priceVersions, providerEntries };
}
