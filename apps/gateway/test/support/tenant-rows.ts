import { createApiKey } from '@trunkline/secrets';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';

/** One organization with everything that a call of it needs. */
export interface TenantRows {
  organizationId: string;
  projectId: string;
  userId: string;
  memberId: string;
  walletId: string;
  keyId: string;
  key: string;
}

/** Puts a tenant into an empty test database, with credit that the ledger knows nothing of. */
export async function insertTenant(pool: pg.Pool, creditedNanoUsd = 100_000_000_000n): Promise<TenantRows> {
  const made = createApiKey();
  const tenant: TenantRows = {
    organizationId: uuidv7(),
    projectId: uuidv7(),
    userId: uuidv7(),
    memberId: uuidv7(),
    walletId: uuidv7(),
    keyId: uuidv7(),
    key: made.key,
  };
  const { organizationId, projectId, userId, memberId, walletId, keyId } = tenant;
  await pool.query(
    `INSERT INTO price_plan (id, name) VALUES ('standard', 'Standard') ON CONFLICT DO NOTHING`,
  );
  await pool.query(`INSERT INTO organization (id, name, slug) VALUES ($1, 'Acme', $2)`, [
    organizationId,
    organizationId,
  ]);
  await pool.query(`INSERT INTO "user" (id, name, email, updated_at) VALUES ($1, 'Ada', $2, now())`, [
    userId,
    `${userId}@example.test`,
  ]);
  await pool.query('INSERT INTO member (id, organization_id, user_id) VALUES ($1, $2, $3)', [
    memberId,
    organizationId,
    userId,
  ]);
  await pool.query('INSERT INTO wallet (id, credited_nano_usd, credited_sequence) VALUES ($1, $2, 1)', [
    walletId,
    creditedNanoUsd.toString(),
  ]);
  await pool.query(
    `INSERT INTO organization_account (organization_id, wallet_id, price_plan_id) VALUES ($1, $2, 'standard')`,
    [organizationId, walletId],
  );
  await pool.query(
    `INSERT INTO project (id, organization_id, name, slug) VALUES ($1, $2, 'Default', 'default')`,
    [projectId, organizationId],
  );
  await pool.query(
    `INSERT INTO api_key (id, organization_id, project_id, member_id, name, hash, prefix, last_four)
     VALUES ($1, $2, $3, $4, 'test', decode($5, 'hex'), $6, $7)`,
    [keyId, organizationId, projectId, memberId, made.hash, made.prefix, made.lastFour],
  );
  return tenant;
}

/** Commits a change together with its outbox row, as the control plane does. */
export async function changeWithOutbox(
  pool: pg.Pool,
  kind: string,
  id: string,
  sql: string,
  values: unknown[] = [],
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(sql, values);
    await client.query('INSERT INTO outbox (kind, entity_id) VALUES ($1, $2)', [kind, id]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
