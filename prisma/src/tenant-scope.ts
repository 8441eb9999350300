import { Prisma, type PrismaClient } from './generated/client.js';

/**
 * Tenant isolation in one place. A verb that works for an organization gets `forOrganization(client, id)` and can
 * neither read, change nor make what is another's: each operation on a tenant-owned table is narrowed here.
 */

type Where = Record<string, unknown>;

interface Ownership {
  /** Narrows to the organization's rows. */
  where: (organizationId: string) => Where;
  /** Column that a new row gets; null where rows are only made through their parent. */
  createdWith: string | null;
}

const byColumn: Ownership = {
  where: (organizationId) => ({ organizationId }),
  createdWith: 'organizationId',
};
const byParent = (parent: string): Ownership => ({
  where: (organizationId) => ({ [parent]: { organizationId } }),
  createdWith: null,
});

const OWNED: Partial<Record<Prisma.ModelName, Ownership>> = {
  Organization: { where: (id) => ({ id }), createdWith: 'id' },
  OrganizationAccount: byColumn,
  Member: byColumn,
  Invitation: byColumn,
  Project: byColumn,
  ApiKey: byColumn,
  Policy: byColumn,
  PolicyVersion: byColumn,
  Budget: byColumn,
  BudgetCharge: byParent('budget'),
  AuditEvent: byColumn,
  ProviderEntry: byColumn,
  ProviderCredential: byParent('entry'),
  Call: byColumn,
  Attempt: byColumn,
  CallLine: byColumn,
  CallBody: byColumn,
  StoredResponse: byColumn,
  UsageRollup: byColumn,
};

/** The catalog is everybody's to read. */
const SHARED_READ_ONLY: ReadonlySet<string> = new Set<Prisma.ModelName>(['Model', 'Offer', 'ModelName']);

const READS = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'count',
  'aggregate',
  'groupBy',
]);

/** Relations to rows that several tenants share, and the relations that lead from there back to tenants' rows. */
const SHARED_RELATIONS = new Set(['user', 'inviter', 'wallet', 'pricePlan']);
const RELATIONS_BACK = new Set([
  ...['sessions', 'accounts', 'members', 'invitations', 'twoFactors'],
  ...['organizations', 'priceVersions', '_count'],
]);
/** Relations of tenants' rows among themselves: where a write may nest. */
const OWN_RELATIONS = new Set([
  ...['organization', 'account', 'members', 'invitations', 'projects', 'project', 'apiKeys'],
  ...['policies', 'policy', 'defaultPolicy', 'defaultOf', 'versions', 'published', 'publishedOf'],
  ...['budgets', 'budget', 'charges', 'providerEntries', 'entry', 'credentials'],
]);
/** Nested writes that could take hold of another tenant's row by its id. */
const FOREIGN_HOLDS = new Set(['connect', 'connectOrCreate', 'set']);

/** Thrown for an operation that the scope cannot narrow: a mistake in our code, not in a request. */
export class TenantScopeError extends Error {
  override name = 'TenantScopeError';
}

/**
 * Narrows a client (or transaction) to one organization's rows. Reads, changes and deletions find only them; new rows
 * get its id, and one that names another's is refused. Tables that belong to no tenant are refused, but for reading the
 * catalog; raw SQL goes through {@link tenantQuery}.
 * @throws TenantScopeError from an operation that cannot be narrowed
 */
export function forOrganization(client: PrismaClient, organizationId: string): PrismaClient {
  const scoped = client.$extends({
    name: 'tenant-scope',
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          return query(narrow({ model, operation, args: asObject(args), organizationId }) as typeof args);
        },
      },
      $queryRaw({ args, query }) {
        if (!args.sql.startsWith(NARROWED)) refuseRaw();
        return query(args);
      },
      $executeRaw: refuseRaw,
      $queryRawUnsafe: refuseRaw,
      $executeRawUnsafe: refuseRaw,
    },
  });
  return asClient(scoped);
}

/** An extension of queries alone changes no type: what verbs see is an ordinary client. */
function asClient(extended: unknown): PrismaClient {
  return extended as PrismaClient;
}

/** How a statement begins that `tenantQuery` has checked. */
export const NARROWED = '/* narrowed to a tenant */';

type Arguments = Record<string, unknown>;

interface Operation {
  model: Prisma.ModelName;
  operation: string;
  args: Arguments;
  organizationId: string;
}

function refuseRaw(): never {
  throw new TenantScopeError('raw SQL for a tenant goes through tenantQuery');
}

function narrow({ model, operation, args, organizationId }: Operation): Arguments {
  checkSelection(args);
  const owned = OWNED[model];
  if (!owned) {
    if (model === 'Outbox' && operation === 'create') return args;
    if (SHARED_READ_ONLY.has(model) && READS.has(operation)) return args;
    throw new TenantScopeError(
      `${model}.${operation} belongs to no tenant: use the unscoped client and say why`,
    );
  }
  const where = () => ({
    ...asObject(args['where']),
    AND: [owned.where(organizationId), ...conditions(args['where'])],
  });
  const data = (value: unknown) => ownData(value, owned, organizationId, model);
  switch (operation) {
    case 'create':
      return { ...args, data: data(args['data']) };
    case 'createMany':
    case 'createManyAndReturn':
      return { ...args, data: [args['data']].flat().map(data) };
    case 'upsert':
      return {
        ...args,
        where: where(),
        create: data(args['create']),
        update: changedData(args['update'], owned, organizationId),
      };
    case 'update':
    case 'updateMany':
    case 'updateManyAndReturn':
      return { ...args, where: where(), data: changedData(args['data'], owned, organizationId) };
    case 'delete':
    case 'deleteMany':
      return { ...args, where: where() };
    default:
      if (!READS.has(operation))
        throw new TenantScopeError(`${model}.${operation} is not known to the tenant scope`);
      return { ...args, where: where() };
  }
}

function conditions(where: unknown): unknown[] {
  const and = asObject(where)['AND'];
  return and === undefined ? [] : [and].flat();
}

function ownData(value: unknown, owned: Ownership, organizationId: string, model: string): Arguments {
  const data = asObject(value);
  if (owned.createdWith === null) {
    throw new TenantScopeError(`${model} rows are made through their parent, whose tenant is known`);
  }
  checkNestedWrites(data);
  const given = data[owned.createdWith];
  if (given !== undefined && given !== organizationId)
    throw new TenantScopeError(`${model} of another organization`);
  return { ...data, [owned.createdWith]: organizationId };
}

function changedData(value: unknown, owned: Ownership, organizationId: string): Arguments {
  const data = asObject(value);
  checkNestedWrites(data);
  const column = owned.createdWith;
  const given = column === null ? undefined : data[column];
  if (given !== undefined && given !== organizationId)
    throw new TenantScopeError('a row cannot change its tenant');
  return data;
}

function checkNestedWrites(data: Arguments): void {
  for (const [field, value] of Object.entries(data)) {
    if (!OWN_RELATIONS.has(field) && !SHARED_RELATIONS.has(field)) continue;
    for (const [name, inner] of plainObjects(value).flatMap(Object.entries<unknown>)) {
      if (FOREIGN_HOLDS.has(name))
        throw new TenantScopeError(`${field}.${name} could take hold of another tenant's row`);
      for (const row of plainObjects(inner)) checkNestedWrites(asObject(row['data'] ?? row));
    }
  }
}

function checkSelection(args: Arguments): void {
  for (const clause of ['include', 'select']) {
    for (const [relation, value] of Object.entries(asObject(args[clause]))) {
      const nested = asObject(value);
      if (SHARED_RELATIONS.has(relation)) checkShared(relation, nested);
      else checkSelection(nested);
    }
  }
}

function checkShared(relation: string, nested: Arguments): void {
  for (const clause of ['include', 'select']) {
    const back = Object.keys(asObject(nested[clause])).find((name) => RELATIONS_BACK.has(name));
    if (back) throw new TenantScopeError(`${relation}.${back} leads to rows that could be another tenant's`);
  }
}

function asObject(value: unknown): Arguments {
  return plainObjects(value)[0] ?? {};
}

function plainObjects(value: unknown): Arguments[] {
  // Dates, bytes and the like have a prototype above `Object.prototype`.
  const isPlain = (item: unknown): item is Arguments =>
    typeof item === 'object' &&
    item !== null &&
    Object.getPrototypeOf(Object.getPrototypeOf(item) ?? {}) === null;
  return [value].flat().filter(isPlain);
}
