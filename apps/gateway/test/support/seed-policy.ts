import type { PolicyFailover } from '@trunkline/contracts';
import type pg from 'pg';
import { uuidv7 } from 'uuidv7';
import type { Tenant } from './seed-organization.js';

type Queries = Pick<pg.Pool, 'query'>;
type Owner = Pick<Tenant, 'organizationId' | 'projectId' | 'keyId'>;

export interface PolicyWish {
  /** Whose calls it is for: all of the tenant's project (when missing), or those of its key. */
  readonly of?: 'project' | 'key';
}

export interface PublishedVersion {
  readonly policyId: string;
  readonly versionId: string;
  readonly version: number;
}

/** Publishes a further version of a tenant's policy, in a database that a gateway follows; the first makes the policy. */
export async function publishPolicy(
  client: Queries,
  tenant: Owner,
  failover: PolicyFailover,
  { of = 'project' }: PolicyWish = {},
): Promise<PublishedVersion> {
  const { organizationId, projectId } = tenant;
  const { rows } = await client.query<{ id: string }>(
    'select id from policy where project_id = $1 and name = $2',
    [projectId, `of ${of}`],
  );
  const policyId = rows[0]?.id ?? uuidv7();
  if (rows.length === 0)
    await client.query('insert into policy (id, organization_id, project_id, name) values ($1, $2, $3, $4)', [
      policyId,
      organizationId,
      projectId,
      `of ${of}`,
    ]);
  const versionId = uuidv7();
  const inserted = await client.query<{ number: number }>(
    `insert into policy_version (id, organization_id, policy_id, number, document)
     select $1, $2, $3, coalesce(max(number), 0) + 1, $4 from policy_version where policy_id = $3 returning number`,
    [versionId, organizationId, policyId, JSON.stringify({ failover })],
  );
  const published = { policyId, versionId, version: inserted.rows[0]?.number ?? 0 };
  await putInForce(client, published);
  if (of === 'key') {
    await client.query('update api_key set policy_id = $1 where id = $2', [policyId, tenant.keyId]);
    await tell(client, 'api_key', tenant.keyId);
  } else {
    await client.query('update project set default_policy_id = $1 where id = $2', [policyId, projectId]);
    await tell(client, 'project', projectId);
  }
  return published;
}

/** Publishes or rolls back to a version that there is. */
export async function putInForce(client: Queries, { policyId, versionId }: PublishedVersion): Promise<void> {
  await client.query('update policy set published_version_id = $1, published_at = now() where id = $2', [
    versionId,
    policyId,
  ]);
  await tell(client, 'policy', policyId);
}

async function tell(client: Queries, kind: 'policy' | 'api_key' | 'project', id: string): Promise<void> {
  await client.query('insert into outbox (kind, entity_id) values ($1, $2)', [kind, id]);
}
