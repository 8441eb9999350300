import { Controller } from '@nestjs/common';
import type { ChangePricesInput, PriceOverride, PriceChangeResult } from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { type Actor, CurrentActor } from '../../http/actor.js';
import { BodyOf, Route } from '../../http/route.js';
import { changePrices } from './change-prices.js';
import { listPriceOverrides } from './list-price-overrides.js';

@Controller()
export class PriceBookController {
  constructor(private readonly database: Database) {}

  @Route('listPriceOverrides')
  list(): Promise<{ items: PriceOverride[] }> {
    return listPriceOverrides(this.database);
  }

  @Route('changePrices')
  change(
    @CurrentActor() actor: Actor,
    @BodyOf('changePrices') input: ChangePricesInput,
  ): Promise<PriceChangeResult> {
    return changePrices(this.database, actor, input);
  }
}
