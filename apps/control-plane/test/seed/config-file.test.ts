import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '@trunkline/observability';
import { createPrismaClient, type PrismaClient } from '@trunkline/prisma';
import { decryptSecret } from '@trunkline/secrets';
import { createTestDatabase, type TestDatabase } from '@trunkline/testing';
import { readSeedEnvironment } from '../../src/config/seed-environment.js';
import { runSeed, SEED_TIMEOUT_MS } from '../../src/seed/run-seed.js';
import { testVariables } from '../support/test-config.js';

const logger = createLogger({ name: 'test', level: 'silent' });
/** As the seed's own process: it works thousands of prices out inside its transaction. */
const patient = { idleInTransactionMs: SEED_TIMEOUT_MS };

const ACME = `
  - id: acme
    protocol: openai
    baseUrl: http://10.0.0.5:8000/v1/
    apiKeys: ["\${ACME_KEY_1}", "\${ACME_KEY_2}"]
    unlistedModels: allow
    defaultPrice: { input: "0.50", output: "1.50" }
    models:
      - { name: tiny, price: { input: "0.10", output: "0.20" }, contextWindow: 8000 }
      - { name: small }
`;

describe('the seed with a configuration file', () => {
  let database: TestDatabase;
  let client: PrismaClient;
  let folder: string;
  let variables: Record<string, string>;
  beforeAll(async () => {
    database = await createTestDatabase();
    client = createPrismaClient({
      databaseUrl: database.url,
      poolSize: 4,
      applicationName: 'test',
      ...patient,
    });
    folder = await mkdtemp(join(tmpdir(), 'trunkline-config-'));
    variables = testVariables({
      DATABASE_URL: database.url,
      TRUNKLINE_CONFIG: join(folder, 'trunkline.yaml'),
      ACME_KEY_1: 'acme-secret-one',
      ACME_KEY_2: 'acme-secret-two',
      ACME_KEY_3: 'acme-secret-three',
    });
  });
  afterAll(async () => {
    await client.$disconnect();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const seed = async (yaml: string, changed: Record<string, string> = {}) => {
    await writeFile(join(folder, 'trunkline.yaml'), yaml);
    return runSeed(readSeedEnvironment({ ...variables, ...changed }), client, logger);
  };
  const entryOf = (providerId: string) =>
    client.providerEntry.findFirst({ where: { providerId }, include: { credentials: true } });
  const keysOf = async (providerId: string) => {
    const { masterKeys } = readSeedEnvironment(variables).controlPlane;
    const credentials = (await entryOf(providerId))?.credentials ?? [];
    return credentials.map(({ id, ciphertext }) => decryptSecret(ciphertext, masterKeys, id)).toSorted();
  };
  const pricesOf = (offerId: string) =>
    client.priceVersion.findMany({
      where: { offerId },
      orderBy: [{ side: 'asc' }, { effectiveFrom: 'asc' }],
    });

  it('makes its providers entries with pools, its models rows, and a price for every name', async () => {
    expect(await seed(`providers:${ACME}`)).toMatchObject({ providerEntries: 1 });
    expect(await entryOf('acme')).toMatchObject({
      protocol: 'openai',
      baseUrl: 'http://10.0.0.5:8000/v1',
      source: 'file',
      unlistedModels: true,
      organizationId: null,
    });
    expect(await keysOf('acme')).toEqual(['acme-secret-one', 'acme-secret-two']);
    expect(await client.model.findUnique({ where: { id: 'acme/tiny' } })).toMatchObject({
      contextWindow: 8000,
      status: 'current',
    });
    const [buy, sell] = await pricesOf('acme/*@acme');
    expect(buy?.terms).toMatchObject({ prices: { 'input.text': '500000000', 'output.text': '1500000000' } });
    expect(sell).toMatchObject({ side: 'sell', pricePlanId: 'standard' });
    const [tiny] = await pricesOf('acme/tiny@acme');
    expect(tiny?.terms).toMatchObject({ prices: { 'input.text': '100000000' } });
    const [small] = await pricesOf('acme/small@acme');
    expect(small?.terms).toMatchObject({ prices: { 'input.text': '500000000' } });
  });

  it('changes nothing the second time', async () => {
    expect(await seed(`providers:${ACME}`)).toEqual({
      catalogRows: 0,
      priceVersions: 0,
      providerEntries: 0,
    });
  });

  it('changes an entry in place: the credential of a key that stays is the same, and so is the entry', async () => {
    const before = await entryOf('acme');
    const changed = ACME.replace('ACME_KEY_2', 'ACME_KEY_3').replace('"0.50"', '"0.60"');
    expect(await seed(`providers:${changed}`)).toMatchObject({ providerEntries: 1, priceVersions: 8 });
    const after = await entryOf('acme');
    expect(after?.id).toBe(before?.id);
    expect(await keysOf('acme')).toEqual(['acme-secret-one', 'acme-secret-three']);
    const stayed = after?.credentials.filter(({ id }) => before?.credentials.some((old) => old.id === id));
    expect(stayed).toHaveLength(1);
    const versions = await pricesOf('acme/*@acme');
    expect(versions.map(({ effectiveTo }) => effectiveTo === null)).toEqual([false, true, false, true]);
  });

  it('lets a known provider leave out what the catalog knows, and goes before the environment', async () => {
    const yaml = `providers:\n  - { id: groq, apiKey: "\${ACME_KEY_1}" }${ACME}`;
    await seed(yaml, { GROQ_API_KEY: 'gsk-environment' });
    expect(await client.providerEntry.count({ where: { providerId: 'groq' } })).toBe(1);
    expect(await entryOf('groq')).toMatchObject({
      baseUrl: 'https://api.groq.com/openai/v1',
      source: 'file',
    });
    expect(await keysOf('groq')).toEqual(['acme-secret-one']);
  });

  it('deletes nothing: what it no longer declares is left to the operators, callable as before', async () => {
    const before = await entryOf('acme');
    await seed('providers: []');
    expect(await entryOf('acme')).toMatchObject({ id: before?.id, source: 'operator', unlistedModels: true });
    expect(await client.model.findUnique({ where: { id: 'acme/tiny' } })).toMatchObject({
      status: 'current',
    });
    await seed(`providers:${ACME}`);
    expect(await entryOf('acme')).toMatchObject({ id: before?.id, source: 'file' });
    expect(await client.providerEntry.count({ where: { providerId: 'acme' } })).toBe(1);
  });

  it.each([
    [
      'an unknown protocol',
      '{ id: acme, protocol: telex, baseUrl: "http://x/v1" }',
      'providers[0].protocol must be one of',
    ],
    [
      'an unknown provider without an address',
      '{ id: acme, protocol: openai }',
      'providers[0].baseUrl is needed',
    ],
    [
      'an unknown provider without a protocol',
      '{ id: acme, baseUrl: "http://x/v1" }',
      'providers[0].protocol is needed',
    ],
    [
      'another protocol than the known one',
      '{ id: anthropic, protocol: openai, apiKey: k }',
      'providers[0].protocol',
    ],
    ['a known provider without a key', '{ id: openai }', 'providers[0].apiKey is needed for OpenAI'],
    ['an address with an unknown part', '{ id: azure-openai, apiKey: k }', 'providers[0].baseUrl is needed'],
    [
      'a model that the catalog lists',
      '{ id: openai, apiKey: k, models: [{ name: gpt-4o, price: { input: "1", output: "1" } }] }',
      'providers[0].models has gpt-4o',
    ],
  ])('writes nothing for %s', async (_, provider, message) => {
    const before = await client.providerEntry.findMany({ orderBy: { id: 'asc' } });
    await expect(seed(`providers: [${provider}]`)).rejects.toThrow(message);
    expect(await client.providerEntry.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
  });

  it('writes nothing for a variable that is not set', async () => {
    await expect(seed('providers: [{ id: groq, apiKey: "${NOBODY}" }]')).rejects.toThrow(
      'providers[0].apiKey the environment variable NOBODY is not set',
    );
  });
});
