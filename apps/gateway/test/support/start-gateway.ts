import { mkdtemp, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PolicyFailover } from '@trunkline/contracts';
import { startSimulator, type RunningSimulator } from '@trunkline/provider-simulator';
import {
  createTestDatabase,
  createTestRedis,
  eventually,
  freePorts,
  type OwnServer,
} from '@trunkline/testing';
import pg from 'pg';
import { readEnvironment } from '../../src/config/environment.js';
import { startGateway as startProcess, type RunningGateway } from '../../src/start-gateway.js';
import { type EntryWish, insertEntry, insertUnlistedPrice } from './seed-entry.js';
import { publishPolicy, putInForce, type PolicyWish, type PublishedVersion } from './seed-policy.js';
import { newMasterKey, seedPlatform, type SeededEntry } from './seed-platform.js';
import { ShippedRecords } from './shipped-records.js';
import { seedOrganization, type Tenant, type TenantOptions } from './seed-organization.js';

export interface TestGateway {
  /** Without a slash at its end. */
  readonly url: string;
  readonly adminUrl: string;
  /** One per slot. */
  readonly gateways: readonly RunningGateway[];
  /** The environment of slot 0, for a further process at the same Postgres and Redis. */
  readonly environment: Readonly<Record<string, string>>;
  readonly simulator: RunningSimulator;
  readonly redis: OwnServer;
  /** What it has shipped. */
  readonly records: ShippedRecords;
  /** A tenant with $100. */
  readonly tenant: Tenant;
  /** Another one; its first call may take the gateway a look-up. */
  addTenant(options?: TenantOptions): Promise<Tenant>;
  /** Another provider entry; the gateway hears of it within a second. */
  addEntry(wish: EntryWish): Promise<string>;
  /** Gives every unlisted name of a provider a price. */
  priceUnlisted(providerId: string): Promise<void>;
  /** Puts a further version of a tenant's policy in force; the gateway hears of it within a second. */
  publishPolicy(tenant: Tenant, failover: PolicyFailover, wish?: PolicyWish): Promise<PublishedVersion>;
  /** Puts a version in force again. */
  rollBack(to: PublishedVersion): Promise<void>;
  /** Forgets what tests before have made it think of providers, in every slot. */
  closeBreakers(): Promise<void>;
  /** Ends the gateway alone, as SIGTERM would. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestGatewayOptions {
  readonly providers?: readonly string[];
  readonly models?: readonly string[];
  /** What stands behind a provider's address at the simulator; default `/v1`. */
  readonly paths?: Readonly<Record<string, string>>;
  /** What else a provider's entry has. */
  readonly entries?: Readonly<Record<string, SeededEntry>>;
  readonly tenant?: TenantOptions;
  readonly env?: Record<string, string>;
  /** Gateways of this node that share a port; default one. Here they share a process of the system as well. */
  readonly processes?: number;
  /** Each of them has a port of its own, so that a test can say which one it asks. */
  readonly ownPorts?: boolean;
}

/** A gateway in this process, with a real Postgres and Redis and the simulator behind it. */
export async function startGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const masterKey = newMasterKey();
  const [database, redis, simulator, stateDir] = await Promise.all([
    createTestDatabase(),
    createTestRedis(),
    startSimulator({ pace: { firstTokenMs: 0, gapMs: 0, plainMs: 0 } }),
    mkdtemp(join(tmpdir(), 'trunkline-gateway-')),
  ]);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await seedPlatform(client, {
    simulatorUrl: simulator.url,
    masterKey,
    ...(options.providers ? { providers: options.providers } : {}),
    ...(options.models ? { models: options.models } : {}),
    ...(options.paths ? { paths: options.paths } : {}),
    ...(options.entries ? { entries: options.entries } : {}),
  });
  const tenant = await seedOrganization(client, options.tenant);
  const processes = options.processes ?? 1;
  const port = processes > 1 && !options.ownPorts ? await freePorts(1) : 0;
  const adminPortBase = processes > 1 ? await freePorts(processes) : 0;
  const gateways: RunningGateway[] = [];
  const environments: Record<string, string>[] = [];
  const release = async () => {
    await client.end();
    await Promise.all([simulator.close(), redis.stop(), database.drop()]);
    await rm(stateDir, { recursive: true, force: true });
  };
  try {
    for (let slot = 0; slot < processes; slot += 1) {
      const environment = {
        NODE_ENV: 'test',
        LOG_LEVEL: 'error',
        GATEWAY_PORT: String(port),
        GATEWAY_ADMIN_PORT_BASE: String(adminPortBase),
        GATEWAY_PROCESSES: String(processes),
        GATEWAY_SLOT: String(slot),
        GATEWAY_STATE_DIR: stateDir,
        GATEWAY_DRAIN_SECONDS: '5',
        // A machine with too much to do keeps Redis waiting for longer than a call otherwise would wait for it.
        GATEWAY_REDIS_WAIT_MS: '5000',
        DATABASE_URL: database.url,
        REDIS_URL: redis.url,
        TRUNKLINE_MASTER_KEY: masterKey,
        ...options.env,
      };
      environments.push(environment);
      gateways.push(await startProcess(readEnvironment(environment)));
    }
    await warmUp(`http://127.0.0.1:${gateways[0]?.port}`, tenant);
  } catch (error) {
    // Whoever asked has nothing to stop, and a test run would not end.
    await Promise.allSettled(gateways.map((gateway) => gateway.stop()));
    await release();
    throw error;
  }
  const records = new ShippedRecords(redis.url, client);
  const drain = once(async () => {
    // A drain waits until its records are confirmed.
    let isDrained = false;
    const confirming = (async () => {
      while (!isDrained) {
        await records.take();
        await sleep(50);
      }
    })();
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    isDrained = true;
    await confirming;
  });
  const url = `http://127.0.0.1:${gateways[0]?.port}`;
  return {
    url,
    adminUrl: `http://127.0.0.1:${gateways[0]?.adminPort}`,
    gateways,
    environment: environments[0] ?? {},
    simulator,
    redis,
    records,
    tenant,
    addTenant: (wishes) => seedOrganization(client, wishes),
    addEntry: (wish) => insertEntry(client, masterKey, wish),
    priceUnlisted: (providerId) => insertUnlistedPrice(client, providerId),
    publishPolicy: (owner, failover, wish) => publishPolicy(client, owner, failover, wish),
    rollBack: (to) => putInForce(client, to),
    closeBreakers: async () => {
      for (const { adminPort } of gateways)
        await fetch(`http://127.0.0.1:${adminPort}/breakers`, { method: 'DELETE' });
    },
    drain,
    stop: async () => {
      await drain();
      records.close();
      await release();
    },
  };
}

/**
 * Brings the wallet to Redis and opens the connections: on a machine with too much to do the very first call of a wallet
 * may find Redis slower than a call waits for it.
 */
async function warmUp(url: string, tenant: Tenant): Promise<void> {
  const headers = { authorization: `Bearer ${tenant.key}` };
  const messages = [{ role: 'user', content: '[[sim text="up"]]' }];
  const warm = async () => {
    const models = await fetch(`${url}/v1/models`, { headers });
    if (!models.ok) throw new Error(await models.text());
    const { data } = (await models.json()) as { data: { id: string }[] };
    const body = JSON.stringify({ model: data[0]?.id, messages });
    const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body });
    if (response.status === 503) throw new Error(await response.text());
  };
  await eventually(warm, { timeoutMs: 60_000 });
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => (running ??= work());
}
