import { Prisma } from './generated/client.js';
import { NARROWED, TenantScopeError } from './tenant-scope.js';
import type { Queryable } from './transaction.js';

/** Tables with an `organization_id`; of `organization`, which gets no alias, it is the `id`. */
const TENANT_TABLES = [
  ...['organization', 'organization_account', 'member', 'invitation', 'project', 'api_key', 'budget'],
  ...[
    'audit_event',
    'provider_entry',
    'call',
    'attempt',
    'call_line',
    'call_body',
    'stored_response',
    'usage_rollup',
  ],
];
const MENTION = new RegExp(
  `(?:\\bfrom|\\bjoin|\\bupdate|\\binto|,)\\s+"?(${TENANT_TABLES.join('|')})"?(?![\\w.(])(?:\\s+(?:as\\s+)?"?([a-z_]+)"?)?`,
  'gi',
);
/** Words that may follow a table's name and are no alias. */
const CLAUSE =
  /^(where|on|using|join|inner|left|right|full|cross|natural|order|group|limit|set|for|union|values|from)$/i;

/** The condition that a table's rows are the tenant's; `alias` is the table's alias, or its name where it has none. */
export type Owns = (alias: string) => Prisma.Sql;

/**
 * Raw SQL for one tenant. The statement is built with `owns(alias)`, which every tenant-owned table in it must carry;
 * one that does not is refused before it is sent.
 *
 * ```ts
 * tenantQuery<Row>(client, organizationId, (owns) => Prisma.sql`SELECT … FROM call c WHERE ${owns('c')} AND …`)
 * ```
 * @throws TenantScopeError when a tenant-owned table is not narrowed
 */
export async function tenantQuery<Row>(
  client: Queryable,
  organizationId: string,
  build: (owns: Owns) => Prisma.Sql,
): Promise<Row[]> {
  const owned = new Set<string>();
  const owns: Owns = (alias) => {
    if (!/^[a-z_]+$/.test(alias)) throw new TenantScopeError(`not an alias: ${alias}`);
    owned.add(alias);
    const column = alias === 'organization' ? 'id' : 'organization_id';
    return Prisma.sql`${Prisma.raw(`"${alias}"."${column}"`)} = ${organizationId}::uuid`;
  };
  const statement = build(owns);
  const missing = mentions(statement.sql).find((alias) => !owned.has(alias));
  if (missing !== undefined)
    throw new TenantScopeError(`raw SQL reads ${missing} without owns('${missing}')`);
  if (owned.size === 0) throw new TenantScopeError('raw SQL of a tenant names none of its tables');
  return client.$queryRaw<Row[]>(Prisma.sql`${Prisma.raw(NARROWED)} ${statement}`);
}

/** The aliases by which a statement knows tenant-owned tables. */
function mentions(sql: string): string[] {
  return [...sql.matchAll(MENTION)].map(([, table = '', alias]) =>
    alias === undefined || CLAUSE.test(alias) ? table.toLowerCase() : alias,
  );
}
