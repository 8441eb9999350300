import { Module } from '@nestjs/common';
import { Admission } from '../pipeline/ports.js';
import { ProjectionsModule } from '../projections/projections.module.js';
import { SpoolModule } from '../usage/spool/spool.module.js';
import { LeaseBook } from './lease-book.js';
import { RedisAdmission } from './redis-admission.js';
import { WalletLoader } from './wallet-loader.js';
import { WalletRedis } from './wallet-redis.js';
import { WalletStandings } from './wallet-standings.js';

/** Rates, concurrency, budgets and the wallet's lease. */
@Module({
  imports: [ProjectionsModule, SpoolModule],
  providers: [
    WalletRedis,
    WalletLoader,
    WalletStandings,
    LeaseBook,
    RedisAdmission,
    { provide: Admission, useExisting: RedisAdmission },
  ],
  exports: [Admission, LeaseBook, WalletLoader, WalletRedis, WalletStandings],
})
export class LimitsModule {}
