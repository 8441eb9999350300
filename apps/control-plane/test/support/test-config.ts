import { randomBytes } from 'node:crypto';
import { type ControlPlaneConfig, readEnvironment } from '../../src/config/environment.js';

/** A configuration whose Postgres and Redis are the test's own. */
export function testConfig(variables: Record<string, string>): ControlPlaneConfig {
  return readEnvironment(testVariables(variables));
}

export function testVariables(variables: Record<string, string>): Record<string, string> {
  return {
    LOG_LEVEL: 'silent',
    REDIS_URL: 'redis://127.0.0.1:1',
    TRUNKLINE_MASTER_KEY: randomBytes(32).toString('base64'),
    ...variables,
  };
}
