import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { Settlement } from '../pipeline/ports.js';
import { ProjectionsModule } from '../projections/projections.module.js';
import { BringCredit } from './bring-credit.js';
import { KeptBodies } from './kept-bodies.js';
import { SpoolModule } from './spool/spool.module.js';
import { SpooledSettlement } from './spooled-settlement.js';
import { WalletSettler } from './wallet-settler.js';

/** Records of calls: spool, settlement, shipping. */
@Module({
  imports: [ProjectionsModule, LimitsModule, SpoolModule],
  providers: [
    WalletSettler,
    BringCredit,
    KeptBodies,
    SpooledSettlement,
    { provide: Settlement, useExisting: SpooledSettlement },
  ],
  exports: [Settlement, KeptBodies],
})
export class UsageModule {}
