import { Module } from '@nestjs/common';
import { UsageStore } from '../modules/usage/index.js';
import { BodiesWorker } from './bodies.worker.js';
import { HealthPublisher } from './health-publisher.js';
import { LeaseSweeper } from './lease-sweeper.js';
import { OrganizationProvisioner } from './organization-provisioner.js';
import { OutboxFollower } from './outbox-follower.js';
import { PartitionMaker } from './partition-maker.js';
import { ProjectionPublisher } from './projection-publisher.js';
import { QueueConsumers } from './queue-consumers.js';
import { QueueWatch } from './queue-watch.js';
import { StatusServer } from './status-server.js';
import { UsageBatchesWorker } from './usage-batches.worker.js';
import { WorkerPool } from './worker-pool.js';

@Module({
  providers: [
    WorkerPool,
    { provide: UsageStore, inject: [WorkerPool], useFactory: ({ pool }: WorkerPool) => new UsageStore(pool) },
    UsageBatchesWorker,
    BodiesWorker,
    QueueConsumers,
    ProjectionPublisher,
    OrganizationProvisioner,
    OutboxFollower,
    PartitionMaker,
    LeaseSweeper,
    HealthPublisher,
    QueueWatch,
    StatusServer,
  ],
})
export class WorkersModule {}
