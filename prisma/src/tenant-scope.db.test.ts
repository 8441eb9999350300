import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@trunkline/testing';
import { createPrismaClient } from './client.js';
import { Prisma, type PrismaClient } from './generated/client.js';
import { writeOutbox } from './outbox.js';
import { tenantQuery } from './tenant-query.js';
import { forOrganization, TenantScopeError } from './tenant-scope.js';
import { inTransaction } from './transaction.js';

let database: TestDatabase;
let prisma: PrismaClient;
let scoped: PrismaClient;
const mine = randomUUID();
const other = randomUUID();
const project = { [mine]: randomUUID(), [other]: randomUUID() };
const user = randomUUID();

beforeAll(async () => {
  database = await createTestDatabase();
  prisma = createPrismaClient({ databaseUrl: database.url, poolSize: 4, applicationName: 'test' });
  scoped = forOrganization(prisma, mine);
  await prisma.user.create({ data: { id: user, name: 'A', email: 'a@example.com' } });
  for (const id of [mine, other]) {
    await prisma.organization.create({ data: { id, name: id, slug: id } });
    await prisma.member.create({ data: { id: randomUUID(), organizationId: id, userId: user } });
    await prisma.project.create({
      data: { id: project[id] ?? '', organizationId: id, name: 'P', slug: 'p' },
    });
    await prisma.apiKey.create({ data: key(id) });
    const entry = {
      organizationId: id,
      providerId: 'acme',
      protocol: 'openai',
      baseUrl: 'http://x',
      source: 'member',
    };
    await prisma.providerEntry.create({
      data: {
        id: randomUUID(),
        ...entry,
        credentials: { create: { id: randomUUID(), ciphertext: 'c', hint: id } },
      },
    });
  }
});

afterAll(async () => {
  await prisma.$disconnect();
  await database.drop();
});

function key(organizationId: string) {
  return {
    id: randomUUID(),
    organizationId,
    projectId: project[organizationId] ?? '',
    name: organizationId,
    hash: randomBytes(32),
    prefix: 'sk-tl-ab',
    lastFour: 'abcd',
  };
}

describe('a client scoped to an organization', () => {
  it('reads its own rows alone, whatever is asked for', async () => {
    expect((await scoped.apiKey.findMany()).map((row) => row.name)).toEqual([mine]);
    expect(await scoped.apiKey.findMany({ where: { organizationId: other } })).toEqual([]);
    expect(
      await scoped.apiKey.findMany({ where: { OR: [{ organizationId: other }, { name: other }] } }),
    ).toEqual([]);
    expect(await scoped.apiKey.count()).toBe(1);
    expect(await scoped.organization.findMany({ select: { id: true } })).toEqual([{ id: mine }]);
    expect(await scoped.project.findUnique({ where: { id: project[other] ?? '' } })).toBeNull();
    await expect(scoped.project.findUniqueOrThrow({ where: { id: project[other] ?? '' } })).rejects.toThrow();
    expect(await scoped.apiKey.groupBy({ by: ['name'], _count: true })).toHaveLength(1);
    expect((await scoped.providerCredential.findMany()).map((row) => row.hint)).toEqual([mine]);
  });

  it('keeps the conditions that it was given', async () => {
    expect(await scoped.apiKey.findMany({ where: { AND: [{ name: 'nobody' }] } })).toEqual([]);
    expect(await scoped.apiKey.count({ where: { name: mine, AND: { lastFour: 'abcd' } } })).toBe(1);
  });

  it('changes and removes its own rows alone', async () => {
    const where = { id: project[other] ?? '' };
    await expect(scoped.project.update({ where, data: { name: 'taken' } })).rejects.toThrow();
    await expect(scoped.project.delete({ where })).rejects.toThrow();
    expect(await scoped.project.updateMany({ data: { name: 'mine' } })).toEqual({ count: 1 });
    expect(await scoped.apiKey.deleteMany({ where: { name: other } })).toEqual({ count: 0 });
    await expect(
      scoped.project.upsert({
        where,
        create: { id: where.id, organizationId: mine, name: 'x', slug: 'x' },
        update: { name: 'x' },
      }),
    ).rejects.toThrow();
    expect((await prisma.project.findUniqueOrThrow({ where })).name).toBe('P');
  });

  it('makes rows of its own, and refuses to make another’s or to give one away', async () => {
    const created = await scoped.apiKey.create({ data: key(mine) });
    expect(created.organizationId).toBe(mine);
    await expect(scoped.apiKey.create({ data: key(other) })).rejects.toThrow(TenantScopeError);
    await expect(scoped.apiKey.createMany({ data: [key(mine), key(other)] })).rejects.toThrow(
      TenantScopeError,
    );
    await expect(
      scoped.apiKey.create({ data: { ...key(mine), projectId: project[other] ?? '' } }),
    ).rejects.toThrow();
    await expect(scoped.apiKey.updateMany({ data: { organizationId: other } })).rejects.toThrow(
      TenantScopeError,
    );
    await prisma.apiKey.delete({ where: { id: created.id } });
  });

  it('refuses nested writes that take hold of a row by its id', async () => {
    const taken = await prisma.apiKey.findFirstOrThrow({ where: { organizationId: other } });
    await expect(
      scoped.project.update({
        where: { id: project[mine] ?? '' },
        data: { apiKeys: { connect: { id: taken.id } } },
      }),
    ).rejects.toThrow(TenantScopeError);
    await expect(
      scoped.organization.update({
        where: { id: mine },
        data: { projects: { set: [{ id: project[other] ?? '' }] } },
      }),
    ).rejects.toThrow(TenantScopeError);
  });

  it('follows relations to shared rows but not back to others’', async () => {
    const members = await scoped.member.findMany({ include: { user: { select: { email: true } } } });
    expect(members.map((member) => member.user.email)).toEqual(['a@example.com']);
    await expect(
      scoped.member.findMany({ include: { user: { include: { members: true } } } }),
    ).rejects.toThrow(TenantScopeError);
    await expect(
      scoped.member.findMany({ select: { user: { select: { sessions: { select: { token: true } } } } } }),
    ).rejects.toThrow(TenantScopeError);
  });

  it('refuses tables of no tenant, but reads the catalog', async () => {
    await expect(scoped.session.findMany()).rejects.toThrow(TenantScopeError);
    await expect(scoped.wallet.findMany()).rejects.toThrow(TenantScopeError);
    await expect(scoped.model.deleteMany()).rejects.toThrow(TenantScopeError);
    expect(await scoped.model.findMany()).toEqual([]);
  });

  it('holds inside a transaction, and lets the outbox be written there', async () => {
    const seen = await inTransaction(scoped, async (tx) => {
      await writeOutbox(tx, 'project', project[mine] ?? '');
      return tx.project.findMany({ select: { organizationId: true } });
    });
    expect(seen).toEqual([{ organizationId: mine }]);
  });
});

describe('raw SQL for a tenant', () => {
  it('finds the tenant’s rows', async () => {
    const read = (client: PrismaClient) =>
      tenantQuery<{ name: string }>(
        client,
        mine,
        (owns) => Prisma.sql`SELECT k.name FROM api_key k WHERE ${owns('k')}`,
      );
    expect(await read(prisma)).toEqual([{ name: mine }]);
    expect(await read(scoped)).toEqual([{ name: mine }]);
  });

  it.each([
    ['a table', () => Prisma.sql`SELECT * FROM call`],
    ['an alias', () => Prisma.sql`SELECT * FROM call AS c WHERE c.status = 200`],
    [
      'a joined table',
      (owns: (alias: string) => Prisma.Sql) =>
        Prisma.sql`SELECT * FROM call c JOIN attempt a ON a.call_id = c.id WHERE ${owns('c')}`,
    ],
    [
      'a listed table',
      (owns: (alias: string) => Prisma.Sql) => Prisma.sql`SELECT * FROM call c, attempt a WHERE ${owns('c')}`,
    ],
    [
      'a sub-select',
      (owns: (alias: string) => Prisma.Sql) =>
        Prisma.sql`SELECT * FROM call c WHERE ${owns('c')} AND id IN (SELECT call_id FROM "attempt")`,
    ],
  ])('is refused when %s is not narrowed', async (_, build) => {
    await expect(tenantQuery(prisma, mine, build)).rejects.toThrow(TenantScopeError);
  });

  it('is refused on a scoped client when it does not come through tenantQuery', async () => {
    await expect(scoped.$queryRaw`SELECT 1`).rejects.toThrow(TenantScopeError);
    await expect(scoped.$executeRawUnsafe('DELETE FROM project')).rejects.toThrow(TenantScopeError);
  });
});
