import { Module } from '@nestjs/common';
import { CatalogReader } from './catalog-reader.js';
import { ModelsController } from './models.controller.js';

@Module({ controllers: [ModelsController], providers: [CatalogReader] })
export class ModelsModule {}
