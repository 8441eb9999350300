import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { createPool } from '@trunkline/prisma';
import { createApiKey, hashApiKey } from '@trunkline/secrets';
import type { BenchProcesses } from '../processes/bench-process.js';
import type { BenchServices } from './services.js';
import type { Simulator } from './simulator.js';

/** What the platform's processes share. */
export interface PlatformFacts {
  /** Common variables of all parts. */
  readonly env: Record<string, string>;
  readonly apiKey: string;
  /** A pinned model whose provider is the source of stamped chunks. */
  readonly stampedModel: string;
  /** The same of a provider that speaks Messages. */
  readonly stampedClaude: string;
}

type Pool = ReturnType<typeof createPool>;

// In nano-USD: a million dollars, so that no run ends for want of money.
const CREDIT_NANO_USD = 1_000_000_000_000_000n;

/** Migrates and seeds as `npm start` does, then gives the demo organization much credit and one provider our source. */
export async function prepareDatabase(
  root: string,
  processes: BenchProcesses,
  services: BenchServices,
  pool: Pool,
  upstreams: { simulator: Simulator; sourcePort: number },
): Promise<PlatformFacts> {
  const { key: apiKey } = createApiKey();
  const env = {
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redisUrl,
    TRUNKLINE_MASTER_KEY: randomBytes(32).toString('base64'),
    TRUNKLINE_DEMO: '1',
    SIMULATOR_URL: upstreams.simulator.url,
    SIMULATOR_TOKEN: upstreams.simulator.token,
    LOG_LEVEL: 'warn',
  };
  await finish(processes, { name: 'migrate', args: [join(root, 'prisma', 'dist', 'migrate-cli.js')], env });
  const people = {
    DEMO_EMAIL: 'demo@bench.test',
    DEMO_PASSWORD: randomUUID(),
    DEMO_API_KEY: apiKey,
    OPERATOR_EMAIL: 'operator@bench.test',
    OPERATOR_PASSWORD: randomUUID(),
  };
  const seed = join(root, 'apps', 'control-plane', 'dist', 'seed.js');
  await finish(processes, { name: 'seed', args: [seed], env: { ...env, ...people } });
  await grantCredit(pool, apiKey);
  const pointAt = (providerId: string) => pointAtSource(pool, providerId, upstreams.sourcePort);
  return { env, apiKey, stampedModel: await pointAt('groq'), stampedClaude: await pointAt('anthropic') };
}

async function finish(
  processes: BenchProcesses,
  command: Parameters<BenchProcesses['start']>[0],
): Promise<void> {
  const started = await processes.start(command);
  const code = await started.exited;
  if (code !== 0)
    throw new Error(
      `${command.name} ended with ${code}; its log ends with:\n${processes.logOf(command.name)}`,
    );
}

async function grantCredit(pool: Pool, apiKey: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const wallets = await client.query<{ wallet_id: string }>(
      `SELECT a.wallet_id FROM api_key k JOIN organization_account a USING (organization_id)
        WHERE k.hash = decode($1, 'hex')`,
      [hashApiKey(apiKey)],
    );
    const walletId = wallets.rows[0]?.wallet_id;
    if (walletId === undefined) throw new Error('the seed made no organization for the key');
    const granted = await client.query<{ id: string; sequence: string }>(
      `INSERT INTO ledger_transaction (id, kind, source_id) VALUES ($1, 'grant', 'bench') RETURNING id, sequence`,
      [randomUUID()],
    );
    const { id, sequence } = granted.rows[0] ?? {};
    await client.query(
      `INSERT INTO ledger_entry (transaction_id, number, account_id, amount_nano_usd)
       SELECT $1::uuid, CASE kind WHEN 'wallet' THEN 2 ELSE 1 END, id,
              CASE kind WHEN 'wallet' THEN $2::bigint ELSE -$2::bigint END
         FROM ledger_account WHERE wallet_id = $3::uuid OR kind = 'promotions'`,
      [id, CREDIT_NANO_USD.toString(), walletId],
    );
    await client.query(
      'UPDATE wallet SET credited_nano_usd = credited_nano_usd + $1, credited_sequence = $2 WHERE id = $3',
      [CREDIT_NANO_USD.toString(), sequence, walletId],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

async function pointAtSource(pool: Pool, providerId: string, sourcePort: number): Promise<string> {
  await pool.query('UPDATE provider_entry SET base_url = $1 WHERE provider_id = $2', [
    `http://127.0.0.1:${sourcePort}/v1`,
    providerId,
  ]);
  const offers = await pool.query<{ model_id: string }>(
    `SELECT model_id FROM offer
      WHERE provider_id = $1 AND status = 'active' AND billing = 'paygo' AND endpoints && $2
      ORDER BY model_id LIKE '%haiku-4%' DESC, model_id LIMIT 1`,
    [providerId, ['chat', 'messages']],
  );
  const modelId = offers.rows[0]?.model_id;
  if (modelId === undefined) throw new Error(`the catalog has no offer of ${providerId}`);
  return `${providerId}:${modelId}`;
}
