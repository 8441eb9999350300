export { createPrismaClient } from './client.js';
export * from './generated/client.js';
export { migrate, type MigrateOptions } from './migrate.js';
export { writeOutbox } from './outbox.js';
export {
  createPool,
  MAX_DATABASE_WAIT_MS,
  type PoolOptions,
  type SqlConnection,
  type SqlPool,
} from './pool.js';
export { tenantQuery, type Owns } from './tenant-query.js';
export { forOrganization, TenantScopeError } from './tenant-scope.js';
export { inTransaction, type Queryable, type Transaction } from './transaction.js';
