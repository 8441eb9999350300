export { freePorts } from '@trunkline/local-services';
export { eventually } from './eventually.js';
export { freezeProcesses } from './freeze-processes.js';
export type { OwnServer } from './outage.js';
export { startProcess, type TestProcess, type TestProcessOptions } from './start-process.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
export { createTestPostgres } from './test-postgres.js';
export { createTestRedis } from './test-redis.js';
export { configurationTable, printedPart } from './printed-configuration.js';
