import { Module } from '@nestjs/common';
import { JobsController } from './jobs.controller.js';
import { ProviderEntriesController } from './provider-entries.controller.js';
import { QueueInspector } from './queue-inspector.js';
import { TenantsController } from './tenants.controller.js';

@Module({
  controllers: [TenantsController, ProviderEntriesController, JobsController],
  providers: [QueueInspector],
})
export class OperatorModule {}
