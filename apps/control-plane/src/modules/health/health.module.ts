import { Module } from '@nestjs/common';
import { FleetBreakers } from './fleet-breakers.js';
import { HealthController } from './health.controller.js';
import { StatusReader } from './status-reader.js';

@Module({ controllers: [HealthController], providers: [StatusReader, FleetBreakers] })
export class HealthModule {}
