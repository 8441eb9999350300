import { Module } from '@nestjs/common';
import { PriceBookController } from './price-book.controller.js';

@Module({ controllers: [PriceBookController] })
export class PriceBookModule {}
