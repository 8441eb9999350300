import { createApiKey } from '@trunkline/secrets';
import type pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { PRICE_PLAN } from './seed-platform.js';

export interface TenantOptions {
  readonly creditUsd?: number;
  readonly requestsPerMinute?: number;
  readonly maxConcurrency?: number;
  readonly keepBodies?: boolean;
  readonly suspended?: boolean;
  readonly archived?: boolean;
  readonly key?: {
    readonly expiresAt?: Date;
    readonly revoked?: boolean;
    readonly allowedModels?: readonly string[];
    readonly requestsPerMinute?: number;
  };
}

export interface Tenant {
  readonly organizationId: string;
  readonly projectId: string;
  readonly walletId: string;
  readonly keyId: string;
  /** The whole key. */
  readonly key: string;
}

/** An organization with a funded wallet, a project and a key. */
export async function seedOrganization(client: pg.Client, options: TenantOptions = {}): Promise<Tenant> {
  const ids = { organization: uuidv7(), project: uuidv7(), wallet: uuidv7(), key: uuidv7() };
  const key = createApiKey();
  const creditNanoUsd = BigInt(Math.round((options.creditUsd ?? 100) * 1e9));
  await client.query('insert into organization (id, name, slug) values ($1, $2, $2)', [
    ids.organization,
    `org-${ids.organization}`,
  ]);
  await client.query('insert into wallet (id, credited_nano_usd, credited_sequence) values ($1, $2, 1)', [
    ids.wallet,
    creditNanoUsd.toString(),
  ]);
  await client.query(
    `insert into organization_account (organization_id, wallet_id, price_plan_id, requests_per_minute, max_concurrency, suspended_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      ids.organization,
      ids.wallet,
      PRICE_PLAN,
      options.requestsPerMinute ?? null,
      options.maxConcurrency ?? null,
      options.suspended ? new Date() : null,
    ],
  );
  await client.query(
    'insert into project (id, organization_id, name, slug, is_default, keep_bodies, archived_at) values ($1, $2, $3, $3, true, $4, $5)',
    [
      ids.project,
      ids.organization,
      'default',
      options.keepBodies ?? false,
      options.archived ? new Date() : null,
    ],
  );
  await client.query(
    `insert into api_key (id, organization_id, project_id, name, hash, prefix, last_four, expires_at, revoked_at,
                          allowed_models, requests_per_minute)
     values ($1, $2, $3, 'test', decode($4, 'hex'), $5, $6, $7, $8, $9, $10)`,
    [
      ids.key,
      ids.organization,
      ids.project,
      key.hash,
      key.prefix,
      key.lastFour,
      options.key?.expiresAt ?? null,
      options.key?.revoked ? new Date() : null,
      options.key?.allowedModels ?? [],
      options.key?.requestsPerMinute ?? null,
    ],
  );
  return {
    organizationId: ids.organization,
    projectId: ids.project,
    walletId: ids.wallet,
    keyId: ids.key,
    key: key.key,
  };
}
