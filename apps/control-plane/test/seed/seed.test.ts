import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '@trunkline/observability';
import { createPrismaClient, type PrismaClient } from '@trunkline/prisma';
import { hashApiKey } from '@trunkline/secrets';
import { createTestDatabase, type TestDatabase } from '@trunkline/testing';
import { readSeedEnvironment } from '../../src/config/seed-environment.js';
import { runSeed, SEED_TIMEOUT_MS } from '../../src/seed/run-seed.js';
import { testVariables } from '../support/test-config.js';

const key = (letter: string) => `sk-tl-${letter.repeat(43)}`;
const logger = createLogger({ name: 'test', level: 'silent' });
/** As the seed's own process: it works thousands of prices out inside its transaction. */
const patient = { idleInTransactionMs: SEED_TIMEOUT_MS };

describe('the seed', () => {
  let database: TestDatabase;
  let client: PrismaClient;
  let variables: Record<string, string>;
  beforeAll(async () => {
    database = await createTestDatabase();
    client = createPrismaClient({
      databaseUrl: database.url,
      poolSize: 4,
      applicationName: 'test',
      ...patient,
    });
    variables = testVariables({
      DATABASE_URL: database.url,
      TRUNKLINE_DEMO: '1',
      SIMULATOR_URL: 'http://127.0.0.1:8090',
      DEMO_EMAIL: 'demo@trunkline.example',
      DEMO_PASSWORD: 'first password',
      DEMO_API_KEY: key('A'),
      OPERATOR_EMAIL: 'operator@trunkline.example',
      OPERATOR_PASSWORD: 'operator password',
    });
  });
  afterAll(async () => {
    await client.$disconnect();
    await database.drop();
  });

  const seed = (changed: Record<string, string> = {}) =>
    runSeed(readSeedEnvironment({ ...variables, ...changed }), client, logger);
  const revision = async () => (await client.outbox.aggregate({ _max: { revision: true } }))._max.revision;
  const demoKeys = () =>
    client.apiKey.findMany({
      where: { name: 'Demo key', revokedAt: null },
      select: { hash: true, memberId: true },
    });
  const hashOf = (text: string) => new Uint8Array(Buffer.from(hashApiKey(text), 'hex'));

  it('fills an empty database: catalog, prices on both sides, entries, operator, demo with $100 and its key', async () => {
    const result = await seed();
    expect(result.providerEntries).toBeGreaterThanOrEqual(14);
    expect(await client.model.count()).toBeGreaterThanOrEqual(250);
    const offers = await client.offer.count();
    expect(await client.priceVersion.count({ where: { side: 'buy' } })).toBeGreaterThan(offers / 2);
    expect(await client.priceVersion.count({ where: { side: 'sell', pricePlanId: 'standard' } })).toBe(
      await client.priceVersion.count({ where: { side: 'buy' } }),
    );
    const demo = await client.organization.findUniqueOrThrow({
      where: { slug: 'demo' },
      include: { account: { include: { wallet: true } }, projects: true, members: true },
    });
    expect(demo.account?.wallet.creditedNanoUsd).toBe(100_000_000_000n);
    expect(demo.projects).toMatchObject([{ isDefault: true }]);
    expect(demo.members).toMatchObject([{ role: 'owner' }]);
    expect(await demoKeys()).toEqual([{ hash: hashOf(key('A')), memberId: null }]);
    const operators = await client.user.findMany({ where: { role: 'operator' }, select: { email: true } });
    expect(operators).toEqual([{ email: 'operator@trunkline.example' }]);
    const told = await client.outbox.findMany({ distinct: ['kind'], select: { kind: true } });
    expect(told.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'catalog',
        'price',
        'provider_entry',
        'organization',
        'project',
        'member',
        'wallet',
        'api_key',
      ]),
    );
  });

  it('changes nothing the second time', async () => {
    const before = await revision();
    expect(await seed()).toEqual({ catalogRows: 0, priceVersions: 0, providerEntries: 0 });
    expect(await revision()).toBe(before);
    expect(await client.organization.count()).toBe(1);
  });

  it('makes a new version of a changed price alone', async () => {
    const price = await client.priceVersion.findFirstOrThrow({
      where: { offerId: 'openai/gpt-4o-mini@openai', side: 'sell' },
    });
    const yesterday = new Date(Date.now() - 86_400_000);
    await client.priceVersion.update({
      where: { id: price.id },
      data: { terms: { prices: { 'input.text': '1' } }, effectiveFrom: yesterday },
    });
    const before = await client.priceVersion.count();
    expect(await seed()).toMatchObject({ catalogRows: 0, priceVersions: 2 });
    expect(await client.priceVersion.count()).toBe(before + 1);
    const old = await client.priceVersion.findUniqueOrThrow({ where: { id: price.id } });
    expect(old.effectiveTo).not.toBeNull();
    expect(await client.outbox.findFirst({ orderBy: { revision: 'desc' } })).toMatchObject({
      kind: 'price',
      entityId: '*',
    });
  });

  it('puts a changed catalog row right, and retires what the catalog no longer has', async () => {
    await client.model.update({ where: { id: 'openai/gpt-4o' }, data: { name: 'Wrong', contextWindow: 1 } });
    await client.model.create({
      data: {
        ...{ id: 'nobody/gone', name: 'Gone', author: 'nobody', kind: 'chat', status: 'current' },
        ...{ inputModalities: ['text'], outputModalities: ['text'], capabilities: {} },
      },
    });
    expect(await seed()).toMatchObject({ catalogRows: 2 });
    expect(await client.model.findUnique({ where: { id: 'openai/gpt-4o' } })).toMatchObject({
      name: 'GPT-4o',
    });
    expect(await client.model.findUnique({ where: { id: 'nobody/gone' } })).toMatchObject({
      status: 'retired',
    });
  });

  it('makes lost secrets anew: the old key is revoked and the old password opens nothing', async () => {
    const user = await client.user.findUniqueOrThrow({ where: { email: 'demo@trunkline.example' } });
    const session = { id: user.id, userId: user.id, token: 't', expiresAt: new Date(Date.now() + 60_000) };
    await client.session.create({ data: session });
    await seed({ DEMO_API_KEY: key('B'), DEMO_PASSWORD: 'second password' });
    expect(await demoKeys()).toEqual([{ hash: hashOf(key('B')), memberId: null }]);
    expect(await client.session.count({ where: { userId: user.id } })).toBe(0);
    variables = { ...variables, DEMO_API_KEY: key('B'), DEMO_PASSWORD: 'second password' };
    expect(await client.wallet.findMany({ select: { creditedNanoUsd: true } })).toEqual([
      { creditedNanoUsd: 100_000_000_000n },
    ]);
  });

  it('leaves keys that people made alone', async () => {
    const project = await client.project.findFirstOrThrow();
    const member = await client.member.findFirstOrThrow();
    const { organizationId, id: projectId } = project;
    const own = { id: member.id, organizationId, projectId, memberId: member.id, name: 'Demo key' };
    await client.apiKey.create({
      data: { ...own, hash: hashOf('own'), prefix: 'sk-tl-own', lastFour: 'xxxx' },
    });
    await seed({ DEMO_API_KEY: key('C') });
    expect(await client.apiKey.findUnique({ where: { id: own.id } })).toMatchObject({ revokedAt: null });
    variables = { ...variables, DEMO_API_KEY: key('C') };
  });

  it('puts real providers in the place of simulated ones, leaves the operator’s, and goes back', async () => {
    const mine = { providerId: 'xai', protocol: 'openai', baseUrl: 'https://x.example', source: 'operator' };
    await client.providerEntry.create({ data: { id: '01a1fe1f-0000-7000-8000-00000000000f', ...mine } });
    await seed({ OPENAI_API_KEY: 'sk-real-0123456789' });
    const sources = async () =>
      (await client.providerEntry.findMany({ select: { source: true, providerId: true } })).map((row) =>
        Object.values(row).join(' '),
      );
    expect((await sources()).toSorted()).toEqual(['environment openai', 'operator xai']);
    await seed();
    expect(
      (await sources()).filter((source) => source.startsWith('simulator')).length,
    ).toBeGreaterThanOrEqual(14);
    expect(await sources()).toContain('operator xai');
  });

  it('keeps the ids of entries that did not change, and seals them anew for a new master key', async () => {
    const ids = async () =>
      (await client.providerEntry.findMany({ select: { id: true } })).map(({ id }) => id).toSorted();
    const before = await ids();
    await seed();
    expect(await ids()).toEqual(before);
    const { providerEntries } = await seed({ TRUNKLINE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64') });
    expect(providerEntries).toBeGreaterThanOrEqual(28);
  });

  it('outside the demo makes the first operator, and resets nobody’s password', async () => {
    const own = await createTestDatabase();
    const other = createPrismaClient({
      databaseUrl: own.url,
      poolSize: 4,
      applicationName: 'test',
      ...patient,
    });
    const run = (changed: Record<string, string>) =>
      runSeed(
        readSeedEnvironment({ ...variables, DATABASE_URL: own.url, TRUNKLINE_DEMO: '', ...changed }),
        other,
        logger,
      );
    await run({});
    expect(await other.user.findMany({ select: { email: true } })).toEqual([
      { email: 'operator@trunkline.example' },
    ]);
    expect(await other.providerEntry.count()).toBe(0);
    expect(await other.organization.count()).toBe(0);
    const { password } = await other.account.findFirstOrThrow();
    await run({ OPERATOR_PASSWORD: 'another password', OPERATOR_EMAIL: 'second@example.com' });
    expect(await other.account.findMany({ select: { password: true } })).toEqual([{ password }]);
    await other.$disconnect();
    await own.drop();
  });
});
