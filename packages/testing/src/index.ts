export { freePort } from '@trunkline/local-services';
export { freePorts } from './free-ports.js';
export { eventually } from './eventually.js';
export type { OwnServer } from './outage.js';
export { startProcess, type TestProcess, type TestProcessOptions } from './start-process.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
export { createTestPostgres } from './test-postgres.js';
export { createTestRedis } from './test-redis.js';
export { configurationTable, printedPart } from './printed-configuration.js';
