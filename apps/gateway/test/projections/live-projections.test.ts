import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROJECTION_CHANNEL } from '@trunkline/contracts';
import { createLogger } from '@trunkline/observability';
import { createApiKey, encryptSecret, mintPlaygroundToken, readMasterKeys } from '@trunkline/secrets';
import {
  createTestDatabase,
  createTestRedis,
  eventually,
  type OwnServer,
  type TestDatabase,
} from '@trunkline/testing';
import { Redis } from 'ioredis';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import type { GatewayConfig } from '../../src/config/environment.js';
import type { Principal } from '../../src/pipeline/ports.js';
import { GatewayDatabase } from '../../src/projections/gateway-database.js';
import { LiveProjections } from '../../src/projections/live-projections.js';
import { publishPolicy, putInForce } from '../support/seed-policy.js';
import { changeWithOutbox, type SeededTenant, seedTenant } from '../support/seed-tenant.js';
import { testGatewayConfig } from '../support/test-gateway-config.js';

/** Within which every change reaches a gateway. */
const PROMISED_MS = 2_000;

let database: TestDatabase;
let redis: OwnServer;
let pool: pg.Pool;
let config: GatewayConfig;
let tenant: SeededTenant;
const open: { projections: LiveProjections; database: GatewayDatabase }[] = [];
const logger = createLogger({ name: 'test', level: 'silent' });

async function start(settings = config): Promise<LiveProjections> {
  const reader = new GatewayDatabase(settings, logger);
  const projections = new LiveProjections(settings, logger, reader);
  open.push({ projections, database: reader });
  await projections.onModuleInit();
  return projections;
}

async function principalOf(projections: LiveProjections, key: string): Promise<Principal> {
  const lookup = await projections.findKey(key);
  if (lookup.kind !== 'found') throw new Error(lookup.kind);
  return lookup.principal;
}

beforeAll(async () => {
  database = await createTestDatabase();
  redis = await createTestRedis();
  pool = new pg.Pool({ connectionString: database.url, max: 4 });
  tenant = await seedTenant(pool);
  config = await testGatewayConfig({ databaseUrl: database.url, redisUrl: redis.url });
});
afterAll(async () => {
  for (const each of open) {
    await each.projections.onModuleDestroy();
    await each.database.onModuleDestroy();
  }
  await pool.end();
  await redis.stop();
  await database.drop();
});

describe('LiveProjections', () => {
  it('knows a key with its organization, project, member and budgets', async () => {
    const projections = await start();
    await changeWithOutbox(
      pool,
      'budget',
      'b0000000-0000-7000-8000-000000000001',
      `INSERT INTO budget (id, organization_id, scope, scope_id, period, limit_nano_usd)
       VALUES ('b0000000-0000-7000-8000-000000000001', $1, 'key', $2, 'month', 5000)`,
      [tenant.organizationId, tenant.keyId],
    );
    await eventually(
      async () => {
        const principal = await principalOf(projections, tenant.key);
        expect(principal).toMatchObject({
          organization: {
            id: tenant.organizationId,
            walletId: tenant.walletId,
            pricePlanId: 'standard',
            suspended: false,
          },
          project: { id: tenant.projectId, archived: false },
          member: { id: tenant.memberId },
          key: { id: tenant.keyId, revoked: false, budgets: [{ period: 'month', limitNanoUsd: 5000n }] },
        });
      },
      { timeoutMs: PROMISED_MS },
    );
    expect(projections.notReady()).toEqual([]);
  });

  it('hears of a revoked key, a suspended organization and a banned member within a second', async () => {
    const projections = await start();
    const other = await seedTenant(pool);
    await principalOf(projections, other.key);
    await changeWithOutbox(
      pool,
      'api_key',
      other.keyId,
      'UPDATE api_key SET revoked_at = now() WHERE id = $1',
      [other.keyId],
    );
    await changeWithOutbox(
      pool,
      'organization',
      other.organizationId,
      'UPDATE organization_account SET suspended_at = now() WHERE organization_id = $1',
      [other.organizationId],
    );
    await pool.query('UPDATE "user" SET banned = true WHERE id = $1', [other.userId]);
    await eventually(
      async () => {
        const principal = await principalOf(projections, other.key);
        expect([principal.key?.revoked, principal.organization.suspended, principal.member]).toEqual([
          true,
          true,
          null,
        ]);
      },
      { timeoutMs: 1_000 },
    );
  });

  it('looks a missing key up once, and keeps "unknown" until its creation is heard of', async () => {
    const projections = await start();
    const made = createApiKey();
    expect(await projections.findKey(made.key)).toEqual({ kind: 'unknown' });
    expect(projections.findKey(made.key)).toEqual({ kind: 'unknown' });
    const keyId = uuidv7();
    await changeWithOutbox(
      pool,
      'api_key',
      keyId,
      `INSERT INTO api_key (id, organization_id, project_id, name, hash, prefix, last_four)
       VALUES ($1, $2, $3, 'new', decode($4, 'hex'), $5, $6)`,
      [keyId, tenant.organizationId, tenant.projectId, made.hash, made.prefix, made.lastFour],
    );
    await eventually(async () => expect((await principalOf(projections, made.key)).key?.id).toBe(keyId), {
      timeoutMs: PROMISED_MS,
    });
  });

  it('finds a key before its outbox row was read', async () => {
    const projections = await start();
    const other = await seedTenant(pool);
    expect((await principalOf(projections, other.key)).organization.id).toBe(other.organizationId);
  });

  it('knows the policy in force of a key that it looks up, and hears of each that is published', async () => {
    const projections = await start();
    const other = await seedTenant(pool);
    const first = await publishPolicy(pool, other, { totalMs: 1_000 });
    const inForce = async () => (await principalOf(projections, other.key)).policy;
    expect(await inForce()).toMatchObject({ versionId: first.versionId, failover: { totalMs: 1_000 } });
    await publishPolicy(pool, other, { totalMs: 2_000 });
    await eventually(async () => expect((await inForce())?.failover).toEqual({ totalMs: 2_000 }), {
      timeoutMs: PROMISED_MS,
    });
    await publishPolicy(pool, other, { totalMs: 3_000 }, { of: 'key' });
    await eventually(async () => expect((await inForce())?.name).toBe('of key'), { timeoutMs: PROMISED_MS });
    await changeWithOutbox(
      pool,
      'api_key',
      other.keyId,
      'UPDATE api_key SET policy_id = NULL WHERE id = $1',
      [other.keyId],
    );
    await putInForce(pool, first);
    await eventually(async () => expect((await inForce())?.version).toBe(1), { timeoutMs: PROMISED_MS });
  });

  it('asks Postgres for no more than 50 unknown keys a second', async () => {
    const projections = await start();
    const keys = Array.from({ length: 80 }, () => createApiKey().key);
    const began = performance.now();
    const lookups = keys.map(async (key) => projections.findKey(key));
    const meanwhile = ((performance.now() - began) / 1_000) * 50;
    const answers = await Promise.all(lookups);
    const unknown = answers.filter((answer) => answer.kind === 'unknown').length;
    expect(unknown).toBeGreaterThanOrEqual(50);
    expect(unknown).toBeLessThanOrEqual(51 + Math.floor(meanwhile));
    expect(answers.filter((answer) => answer.kind === 'unavailable')).toHaveLength(80 - unknown);
  });

  it('knows a playground token without a look-up, until its member is gone', async () => {
    const projections = await start();
    const other = await seedTenant(pool);
    const keys = readMasterKeys(config.masterKey);
    const claims = {
      organizationId: other.organizationId,
      projectId: other.projectId,
      memberId: other.memberId,
    };
    const token = mintPlaygroundToken(claims, keys, Date.now());
    await changeWithOutbox(pool, 'project', other.projectId, 'SELECT 1');
    await changeWithOutbox(pool, 'organization', other.organizationId, 'SELECT 1');
    await eventually(() =>
      expect(projections.findPlayground(token)).toMatchObject({
        kind: 'found',
        principal: { key: null, member: { id: other.memberId } },
      }),
    );
    expect(
      projections.findPlayground(
        mintPlaygroundToken({ ...claims, organizationId: tenant.organizationId }, keys, Date.now()),
      ),
    ).toEqual({ kind: 'unknown' });
    await pool.query('DELETE FROM member WHERE id = $1', [other.memberId]);
    await eventually(() => expect(projections.findPlayground(token)).toEqual({ kind: 'unknown' }), {
      timeoutMs: PROMISED_MS,
    });
  });

  it('swaps catalog, prices and credentials, and leaves the snapshot that a call holds as it was', async () => {
    const projections = await start();
    const before = projections.catalog();
    const entryId = uuidv7();
    const credentialId = uuidv7();
    await pool.query(
      `INSERT INTO model (id, name, author, kind, status, input_modalities, output_modalities, capabilities)
       VALUES ('acme/one', 'One', 'acme', 'chat', 'active', '{text}', '{text}', '{"tools": true}')`,
    );
    await pool.query(
      `INSERT INTO offer (id, model_id, provider_id, provider_model, endpoints, billing, status)
       VALUES ('acme/one@acme', 'acme/one', 'acme', 'one', '{chat,teleport}', 'paygo', 'active')`,
    );
    for (const [from, to, price] of [
      ['2026-01-01', '2026-06-01', '1'],
      ['2026-06-01', null, '2'],
    ]) {
      await pool.query(
        `INSERT INTO price_version (id, offer_id, side, price_plan_id, effective_from, effective_to, terms)
         VALUES ($1, 'acme/one@acme', 'sell', 'standard', $2, $3, $4)`,
        [uuidv7(), from, to, JSON.stringify({ prices: { 'input.text': price } })],
      );
    }
    await pool.query(
      `INSERT INTO provider_entry (id, provider_id, protocol, base_url, source, updated_at)
       VALUES ($1, 'acme', 'openai', 'http://localhost', 'operator', now())`,
      [entryId],
    );
    await pool.query(
      `INSERT INTO provider_credential (id, entry_id, ciphertext, hint) VALUES ($1, $2, $3, '')`,
      [credentialId, entryId, encryptSecret('sk-acme', readMasterKeys(config.masterKey), credentialId)],
    );
    await pool.query(
      `INSERT INTO outbox (kind, entity_id) VALUES ('catalog', '*'), ('price', '*'), ('provider_entry', $1)`,
      [entryId],
    );
    await eventually(
      () => {
        const now = projections.catalog();
        expect(now.models.get('acme/one')?.capabilities).toEqual({ tools: true });
        expect(now.offersByModel.get('acme/one')?.[0]?.endpoints).toEqual(['chat']);
        expect(now.entries.get('acme')?.[0]?.credentials[0]?.id).toBe(credentialId);
        expect(
          now.priceOf('acme/one@acme', 'sell', 'standard', Date.parse('2026-07-01'))?.terms.prices[
            'input.text'
          ],
        ).toBe('2');
        expect(now.priceOf('acme/one@acme', 'buy', null, Date.now())).toBeNull();
      },
      { timeoutMs: PROMISED_MS },
    );
    expect(projections.credential(credentialId)).toBe('sk-acme');
    expect(before.models.size).toBe(0);
    const unreadable = await start(
      await testGatewayConfig({ databaseUrl: database.url, redisUrl: redis.url }),
    );
    expect(unreadable.credential(credentialId)).toBeNull();
  });

  it('hears of a change in milliseconds when a worker publishes its revision', async () => {
    const publisher = new Redis(redis.url);
    const listeners = async () => Number((await publisher.pubsub('NUMSUB', PROJECTION_CHANNEL))[1]);
    const before = await listeners();
    const projections = await start();
    await eventually(async () => expect(await listeners()).toBe(before + 1));
    const other = await seedTenant(pool);
    await principalOf(projections, other.key);
    await changeWithOutbox(
      pool,
      'api_key',
      other.keyId,
      'UPDATE api_key SET revoked_at = now() WHERE id = $1',
      [other.keyId],
    );
    const { rows } = await pool.query<{ revision: string }>('SELECT max(revision) AS revision FROM outbox');
    const message = { kind: 'api_key', id: other.keyId, revision: rows[0]?.revision };
    await publisher.publish(PROJECTION_CHANNEL, JSON.stringify(message));
    // Sooner than the next reading would be.
    await eventually(
      async () => expect((await principalOf(projections, other.key)).key?.revoked).toBe(true),
      { timeoutMs: 450, everyMs: 5 },
    );
    publisher.disconnect();
  });

  it('tells of wallets whose credit moved', async () => {
    const projections = await start();
    const heard: string[] = [];
    projections.onCredit((wallets) => heard.push(...wallets));
    await changeWithOutbox(
      pool,
      'wallet',
      tenant.walletId,
      'UPDATE wallet SET credited_sequence = 2 WHERE id = $1',
      [tenant.walletId],
    );
    await eventually(() => expect(heard).toContain(tenant.walletId), { timeoutMs: PROMISED_MS });
  });

  it('starts and serves from disk while Postgres is away, without a secret in the file', async () => {
    const { versionId } = await publishPolicy(pool, tenant, { totalMs: 1_000 });
    await start();
    const path = join(config.node.stateDir, 'projections.json');
    await eventually(async () => expect(await readFile(path, 'utf8')).toContain(versionId));
    await eventually(async () => expect(await readFile(path, 'utf8')).toContain(tenant.keyId));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain(tenant.key);
    expect(text).not.toContain('sk-acme');

    const away = await testGatewayConfig({
      databaseUrl: 'postgresql://nobody@127.0.0.1:1/none',
      redisUrl: redis.url,
      stateDir: config.node.stateDir,
      masterKey: config.masterKey,
    });
    const projections = await start(away);
    expect(projections.notReady()).toEqual([]);
    expect((await principalOf(projections, tenant.key)).key?.budgets).toMatchObject([
      { limitNanoUsd: 5000n },
    ]);
    expect((await principalOf(projections, tenant.key)).policy).toMatchObject({ versionId });
    expect(projections.catalog().models.size).toBe(1);
    expect(await projections.findKey(createApiKey().key)).toEqual({ kind: 'unavailable' });
  });

  it('is not ready, and says unavailable, with neither Postgres nor a snapshot', async () => {
    const nowhere = await testGatewayConfig({
      databaseUrl: 'postgresql://nobody@127.0.0.1:1/none',
      redisUrl: redis.url,
    });
    const projections = await start(nowhere);
    expect(projections.notReady()).toHaveLength(1);
    expect(projections.findKey(tenant.key)).toEqual({ kind: 'unavailable' });
  });
});
