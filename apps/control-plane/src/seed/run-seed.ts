import { loadCatalog } from '@trunkline/catalog';
import { type DeclaredProvider, readConfigFile } from '@trunkline/config-file';
import type { Logger } from '@trunkline/observability';
import { type PrismaClient, type Transaction, writeOutbox } from '@trunkline/prisma';
import type { SeedConfig } from '../config/seed-environment.js';
import { pricedOffers, writePrices } from '../modules/price-book/index.js';
import { declaredCatalog } from '../modules/provider-entries/index.js';
import { STANDARD_PLAN } from '../modules/provisioning/index.js';
import { withCredentialFiles } from './credential-files.js';
import { declaredEntries } from './declared-entries.js';
import { seedCatalog } from './seed-catalog.js';
import { seedDemo } from './seed-demo.js';
import { seedPerson } from './seed-person.js';
import { seedProviderEntries } from './seed-provider-entries.js';
import { wantedEntries } from './wanted-entries.js';

/** Of this number alone: two seeds at the same time come one after the other. */
const SEED_LOCK = 7_350_003;
/** Longest transaction of the seed. */
export const SEED_TIMEOUT_MS = 120_000;

export interface SeedResult {
  catalogRows: number;
  priceVersions: number;
  providerEntries: number;
}

/**
 * Makes the database equal to catalog, environment and configuration file. A second run changes nothing.
 * @throws ConfigFileError before anything is written, when the file cannot be used
 */
export async function runSeed(config: SeedConfig, client: PrismaClient, logger: Logger): Promise<SeedResult> {
  const { controlPlane } = config;
  const declared =
    config.file === null ? [] : (await readConfigFile(config.file, config.variables)).providers;
  const variables = await withCredentialFiles(loadCatalog(), config.variables);
  const result = await client.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(${SEED_LOCK})::text`;
      return seedPlatform(tx, { ...config, variables }, declared);
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

async function seedPlatform(
  tx: Transaction,
  config: SeedConfig,
  providers: readonly DeclaredProvider[],
): Promise<SeedResult> {
  const catalog = loadCatalog();
  const { masterKeys, simulator } = config.controlPlane;
  const { file, variables } = config;
  const ofFile = declaredEntries(catalog, providers, variables, file ?? '');
  const entries = wantedEntries(catalog, variables, simulator?.url ?? null, ofFile);
  const declared = declaredCatalog(providers);
  await tx.pricePlan.createMany({ data: [{ id: STANDARD_PLAN, name: 'Standard' }], skipDuplicates: true });
  const catalogRows = await seedCatalog(tx, catalog, declared);
  const offers = [...pricedOffers(catalog), ...declared.priced];
  const priceVersions = await writePrices(tx, offers, new Date());
  if (catalogRows > 0) await writeOutbox(tx, 'catalog', '*');
  if (priceVersions > 0) await writeOutbox(tx, 'price', '*');
  const providerEntries = await seedProviderEntries(tx, masterKeys, entries);
  return { catalogRows, priceVersions, providerEntries };
}
