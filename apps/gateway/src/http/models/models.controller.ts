import { Controller, Get, Header, Param, Query, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { AppError } from '@trunkline/errors';
import { nearestNames, readModelName } from '@trunkline/routing';
import type { FastifyRequest } from 'fastify';
import { Projections, type Principal } from '../../pipeline/ports.js';
import { callOf } from '../request-call.js';
import { anthropicModel, anthropicPage, type PageQuery } from './anthropic-models.js';
import { ModelList, type ServedModel } from './model-list.js';
import { modelEndpoints } from './model-endpoints.js';
import { OfferList } from './offer-list.js';
import { openAiModel } from './openai-model.js';
import { openRouterPage, type OffsetQuery } from './openrouter-models.js';

@Controller(['v1/models', 'api/v1/models'])
export class ModelsController {
  constructor(
    private readonly list: ModelList,
    private readonly projections: Projections,
    private readonly offers: OfferList,
  ) {}

  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  @RouteConfig({ needsKey: true })
  all(@Req() request: FastifyRequest, @Query() query: PageQuery & OffsetQuery) {
    const models = this.served(request);
    switch (callOf(request).dialect) {
      case 'anthropic':
        return anthropicPage(models, query);
      case 'openrouter':
        return openRouterPage(models, query);
      case 'openai':
        return { object: 'list', data: models.map(openAiModel) };
    }
  }

  @Get(':name')
  @RouteConfig({ needsKey: true })
  byName(@Req() request: FastifyRequest, @Param('name') name: string) {
    return this.print(request, name);
  }

  @Get(':author/:slug')
  @RouteConfig({ needsKey: true })
  byId(@Req() request: FastifyRequest, @Param('author') author: string, @Param('slug') slug: string) {
    return this.print(request, `${author}/${slug}`);
  }

  @Get(':author/:slug/endpoints')
  @RouteConfig({ needsKey: true })
  endpoints(@Req() request: FastifyRequest, @Param('author') author: string, @Param('slug') slug: string) {
    return this.printEndpoints(request, `${author}/${slug}`);
  }

  private async printEndpoints(request: FastifyRequest, name: string) {
    const { principal, beganMs } = callOf(request);
    const served = this.find(this.served(request), name);
    return modelEndpoints(served, await this.offers.of(principal as Principal, served.model.id, beganMs));
  }

  private print(request: FastifyRequest, name: string) {
    const served = this.find(this.served(request), name);
    return callOf(request).dialect === 'anthropic' ? anthropicModel(served) : openAiModel(served);
  }

  private served(request: FastifyRequest): readonly ServedModel[] {
    const call = callOf(request);
    const principal = call.principal as Principal;
    return this.list.for(principal, call.beganMs);
  }

  private find(models: readonly ServedModel[], name: string): ServedModel {
    const catalog = this.projections.catalog();
    const modelId = readModelName(catalog, name)?.modelId;
    const found = models.find(({ model }) => model.id === modelId);
    if (found) return found;
    const nearest = nearestNames(catalog, name, (id) => models.some(({ model }) => model.id === id));
    const hint = nearest.length > 0 ? ` Did you mean ${nearest.join(', ')}?` : '';
    throw new AppError('model_not_found', {
      publicMessage: `The model '${name.slice(0, 200)}' does not exist or you do not have access to it.${hint}`,
      param: 'model',
      ...(nearest.length > 0 ? { metadata: { nearest } } : {}),
    });
  }
}
