import { Module } from '@nestjs/common';
import { SimulatorClient } from './simulator-client.js';
import { SimulatorController } from './simulator.controller.js';

@Module({ controllers: [SimulatorController], providers: [SimulatorClient] })
export class SimulatorModule {}
