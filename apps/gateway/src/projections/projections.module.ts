import { Module } from '@nestjs/common';
import { Projections } from '../pipeline/ports.js';
import { ConfirmedPositions } from './confirmed-positions.js';
import { GatewayDatabase } from './gateway-database.js';
import { LiveProjections } from './live-projections.js';
import { WalletSnapshots } from './wallet-snapshots.js';

/** What the control plane publishes. The only module of the gateway that reads Postgres. */
@Module({
  providers: [
    GatewayDatabase,
    ConfirmedPositions,
    WalletSnapshots,
    LiveProjections,
    { provide: Projections, useExisting: LiveProjections },
  ],
  exports: [Projections, LiveProjections, ConfirmedPositions, WalletSnapshots],
})
export class ProjectionsModule {}
