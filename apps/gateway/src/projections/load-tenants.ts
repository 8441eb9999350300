import type {
  KeyProjection,
  MemberProjection,
  OrganizationProjection,
  PolicyFailover,
  PolicyProjection,
  ProjectProjection,
} from '@trunkline/contracts';
import type { Reader } from './gateway-database.js';
import type { BudgetRow, TenantRows } from './tenant-store.js';

/** Rows with these ids; all rows when null. */
type Ids = readonly string[] | null;

export async function loadTenants(reader: Reader): Promise<TenantRows> {
  return {
    organizations: await loadOrganizations(reader, null),
    projects: await loadProjects(reader, null),
    members: await loadMembers(reader, null),
    keys: await loadKeys(reader, null),
    policies: await loadPolicies(reader, null),
    budgets: await loadBudgets(reader, null),
  };
}

export async function loadOrganizations(
  reader: Reader,
  ids: Ids,
): Promise<Omit<OrganizationProjection, 'budgets'>[]> {
  const rows = await reader.query<{
    id: string;
    wallet_id: string;
    price_plan_id: string;
    own_key_fee_ppm: number;
    suspended: boolean;
    requests_per_minute: number | null;
    max_concurrency: number | null;
  }>(
    `SELECT o.id, a.wallet_id, a.price_plan_id, p.own_key_fee_ppm, a.suspended_at IS NOT NULL AS suspended,
            a.requests_per_minute, a.max_concurrency
       FROM organization o JOIN organization_account a ON a.organization_id = o.id
       JOIN price_plan p ON p.id = a.price_plan_id
      WHERE $1::uuid[] IS NULL OR o.id = ANY($1)`,
    [ids],
  );
  return rows.map((row) => ({
    id: row.id,
    walletId: row.wallet_id,
    pricePlanId: row.price_plan_id,
    ownKeyFeePpm: row.own_key_fee_ppm,
    suspended: row.suspended,
    limits: { requestsPerMinute: row.requests_per_minute, maxConcurrency: row.max_concurrency },
  }));
}

export async function loadProjects(reader: Reader, ids: Ids): Promise<Omit<ProjectProjection, 'budgets'>[]> {
  const rows = await reader.query<{
    id: string;
    organization_id: string;
    archived: boolean;
    keep_bodies: boolean;
    default_policy_id: string | null;
  }>(
    `SELECT id, organization_id, archived_at IS NOT NULL AS archived, keep_bodies, default_policy_id
       FROM project WHERE $1::uuid[] IS NULL OR id = ANY($1)`,
    [ids],
  );
  return rows.map((row) => ({
    id: row.id,
    organizationId: row.organization_id,
    archived: row.archived,
    keepBodies: row.keep_bodies,
    defaultPolicyId: row.default_policy_id,
  }));
}

/** A banned user's memberships are as good as gone. */
export async function loadMembers(reader: Reader, ids: Ids): Promise<Omit<MemberProjection, 'budgets'>[]> {
  const rows = await reader.query<{ id: string; organization_id: string; user_id: string }>(
    `SELECT m.id, m.organization_id, m.user_id
       FROM member m JOIN "user" u ON u.id = m.user_id
      WHERE NOT coalesce(u.banned, false) AND ($1::uuid[] IS NULL OR m.id = ANY($1))`,
    [ids],
  );
  return rows.map((row) => ({ id: row.id, organizationId: row.organization_id, userId: row.user_id }));
}

interface KeyRow {
  id: string;
  hash: string;
  organization_id: string;
  project_id: string;
  member_id: string | null;
  expires_at: Date | null;
  revoked: boolean;
  allowed_models: string[];
  policy_id: string | null;
  requests_per_minute: number | null;
  max_concurrency: number | null;
}

const KEY_COLUMNS = `id, encode(hash, 'hex') AS hash, organization_id, project_id, member_id, expires_at,
  coalesce(revoked_at, disabled_at) IS NOT NULL AS revoked, allowed_models, policy_id,
  requests_per_minute, max_concurrency`;

export async function loadKeys(reader: Reader, ids: Ids): Promise<Omit<KeyProjection, 'budgets'>[]> {
  const rows = await reader.query<KeyRow>(
    `SELECT ${KEY_COLUMNS} FROM api_key WHERE $1::uuid[] IS NULL OR id = ANY($1)`,
    [ids],
  );
  return rows.map(readKey);
}

export async function loadKeyByHash(
  reader: Reader,
  hash: string,
): Promise<Omit<KeyProjection, 'budgets'> | null> {
  const [row] = await reader.query<KeyRow>(
    `SELECT ${KEY_COLUMNS} FROM api_key WHERE hash = decode($1, 'hex')`,
    [hash],
  );
  return row ? readKey(row) : null;
}

function readKey(row: KeyRow): Omit<KeyProjection, 'budgets'> {
  return {
    id: row.id,
    hash: row.hash,
    organizationId: row.organization_id,
    projectId: row.project_id,
    memberId: row.member_id,
    expiresAtMs: row.expires_at?.getTime() ?? null,
    revoked: row.revoked,
    allowedModels: row.allowed_models,
    policyId: row.policy_id,
    limits: { requestsPerMinute: row.requests_per_minute, maxConcurrency: row.max_concurrency },
  };
}

/** Published versions alone; their documents were checked when they were saved. */
export async function loadPolicies(reader: Reader, ids: Ids): Promise<PolicyProjection[]> {
  const rows = await reader.query<{
    id: string;
    project_id: string;
    name: string;
    version_id: string;
    version: number;
    failover: PolicyFailover | null;
  }>(
    `SELECT p.id, p.project_id, p.name, v.id AS version_id, v.number AS version, v.document->'failover' AS failover
       FROM policy p JOIN policy_version v ON v.id = p.published_version_id
      WHERE p.archived_at IS NULL AND ($1::uuid[] IS NULL OR p.id = ANY($1))`,
    [ids],
  );
  return rows.map((row) => ({
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    versionId: row.version_id,
    version: row.version,
    failover: row.failover ?? {},
  }));
}

interface BudgetColumns {
  id: string;
  scope_id: string;
  period: BudgetRow['period'];
  limit_nano_usd: string;
}

export async function loadBudgets(reader: Reader, ids: Ids): Promise<BudgetRow[]> {
  const rows = await reader.query<BudgetColumns>(
    `SELECT id, scope_id, period, limit_nano_usd FROM budget
      WHERE archived_at IS NULL AND ($1::uuid[] IS NULL OR id = ANY($1))`,
    [ids],
  );
  return rows.map(readBudget);
}

export async function loadBudgetsOf(reader: Reader, scopeIds: readonly string[]): Promise<BudgetRow[]> {
  const rows = await reader.query<BudgetColumns>(
    'SELECT id, scope_id, period, limit_nano_usd FROM budget WHERE archived_at IS NULL AND scope_id = ANY($1::uuid[])',
    [scopeIds],
  );
  return rows.map(readBudget);
}

function readBudget(row: BudgetColumns): BudgetRow {
  return { id: row.id, scopeId: row.scope_id, period: row.period, limitNanoUsd: BigInt(row.limit_nano_usd) };
}
