import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.js';
import { createPool, MAX_DATABASE_WAIT_MS, type PoolOptions } from './pool.js';

/**
 * A Prisma client over a pool whose every wait ends (see {@link createPool}). `$disconnect()` closes the pool too.
 */
export function createPrismaClient(options: PoolOptions): PrismaClient {
  const adapter = new PrismaPg(createPool(options), { disposeExternalPool: true });
  return new PrismaClient({
    adapter,
    transactionOptions: { maxWait: MAX_DATABASE_WAIT_MS, timeout: MAX_DATABASE_WAIT_MS },
    errorFormat: 'minimal',
  });
}
