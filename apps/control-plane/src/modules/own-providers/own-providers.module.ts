import { Module } from '@nestjs/common';
import { OwnProvidersController } from './own-providers.controller.js';

@Module({ controllers: [OwnProvidersController] })
export class OwnProvidersModule {}
