import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GatewayConfig, readEnvironment } from '../../src/config/environment.js';

/** Settings of one gateway process in a test, with a state folder of its own unless one is given. */
export async function testGatewayConfig(options: {
  databaseUrl: string;
  redisUrl: string;
  stateDir?: string;
  masterKey?: string;
  slot?: number;
  processes?: number;
  /** Default far more than it takes, for machines with too much to do. */
  redisWaitMs?: number;
}): Promise<GatewayConfig> {
  const { slot = 0, processes = 1, redisWaitMs = 5_000 } = options;
  const stateDir = options.stateDir ?? (await mkdtemp(join(tmpdir(), 'trunkline-gateway-')));
  return readEnvironment({
    DATABASE_URL: options.databaseUrl,
    REDIS_URL: options.redisUrl,
    GATEWAY_REDIS_WAIT_MS: String(redisWaitMs),
    TRUNKLINE_MASTER_KEY: options.masterKey ?? randomBytes(32).toString('base64'),
    GATEWAY_STATE_DIR: stateDir,
    GATEWAY_SLOT: String(slot),
    GATEWAY_PROCESSES: String(processes),
    LOG_LEVEL: 'silent',
  });
}
