import { Controller } from '@nestjs/common';
import type {
  ChangePricesInput,
  ListPriceVersionsQuery,
  PriceChangeResult,
  PriceOverride,
  PriceVersionRow,
} from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { type Actor, CurrentActor } from '../../http/actor.js';
import { BodyOf, QueryOf, Route } from '../../http/route.js';
import { changePrices } from './change-prices.js';
import { listPriceOverrides } from './list-price-overrides.js';
import { listPriceVersions } from './list-price-versions.js';

@Controller()
export class PriceBookController {
  constructor(private readonly database: Database) {}

  @Route('listPriceOverrides')
  list(): Promise<{ items: PriceOverride[] }> {
    return listPriceOverrides(this.database);
  }

  @Route('listPriceVersions')
  versions(
    @QueryOf('listPriceVersions') { offerId }: ListPriceVersionsQuery,
  ): Promise<{ items: PriceVersionRow[] }> {
    return listPriceVersions(this.database, offerId);
  }

  @Route('changePrices')
  change(
    @CurrentActor() actor: Actor,
    @BodyOf('changePrices') input: ChangePricesInput,
  ): Promise<PriceChangeResult> {
    return changePrices(this.database, actor, input);
  }
}
