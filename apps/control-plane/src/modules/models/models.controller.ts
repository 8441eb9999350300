import { Controller } from '@nestjs/common';
import type { CatalogModel, CatalogModelDetail, ListModelsQuery } from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { CurrentMember, type MemberActor } from '../../http/actor.js';
import { Params, QueryOf, Route } from '../../http/route.js';
import { CatalogReader } from './catalog-reader.js';
import { getModel } from './get-model.js';
import { listModels } from './list-models.js';

@Controller()
export class ModelsController {
  constructor(
    private readonly database: Database,
    private readonly reader: CatalogReader,
  ) {}

  @Route('listModels')
  list(
    @CurrentMember() actor: MemberActor,
    @QueryOf('listModels') query: ListModelsQuery,
  ): Promise<{ items: CatalogModel[] }> {
    return listModels(this.database, this.reader, actor, query);
  }

  @Route('getModel')
  get(
    @CurrentMember() actor: MemberActor,
    @Params('getModel') { author, slug }: { author: string; slug: string },
  ): Promise<CatalogModelDetail> {
    return getModel(this.database, this.reader, actor, `${author}/${slug}`);
  }
}
