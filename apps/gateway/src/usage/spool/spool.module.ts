import { Module } from '@nestjs/common';
import { ProjectionsModule } from '../../projections/projections.module.js';
import { NodeSpools } from './node-spools.js';

/** The node's spools of records. */
@Module({ imports: [ProjectionsModule], providers: [NodeSpools], exports: [NodeSpools] })
export class SpoolModule {}
