/** How the set-up of a test run tells its addresses to the test files' processes. */
export const runVariables = {
  root: 'TRUNKLINE_TEST_ROOT',
  stateDir: 'TRUNKLINE_TEST_STATE_DIR',
  postgresUrl: 'TRUNKLINE_TEST_POSTGRES_URL',
  redisProgram: 'TRUNKLINE_TEST_REDIS_PROGRAM',
} as const;

/** The migrated database that every test database is a copy of. */
export const templateDatabase = 'trunkline_template';

/**
 * Reads one of them.
 *
 * @throws when the test file is not in the project that has services
 */
export function runVariable(name: keyof typeof runVariables): string {
  const value = process.env[runVariables[name]];
  if (value) return value;
  throw new Error(
    'no services here: name the file *.db.test.ts, or put it below apps/*/test, so that it runs in the Jest project "database"',
  );
}
