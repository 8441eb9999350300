import { Controller, Delete, Get, Header, Param, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { AppError } from '@trunkline/errors';
import type { FastifyRequest } from 'fastify';
import { ResponseStore } from '../../doors/responses/response-store.js';
import { principalOf } from '../request-call.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Responses that are stored: authenticated here, answered by the control plane behind. */
@Controller(['v1/responses', 'api/v1/responses'])
export class StoredResponsesController {
  constructor(private readonly store: ResponseStore) {}

  @Get(':id')
  @Header('content-type', JSON_TYPE)
  @RouteConfig({ needsKey: true })
  async retrieve(@Req() request: FastifyRequest, @Param('id') id: string): Promise<string> {
    const { response } = await this.store.find(principalOf(request), id);
    return JSON.stringify(response);
  }

  @Get(':id/input_items')
  @Header('content-type', JSON_TYPE)
  @RouteConfig({ needsKey: true })
  inputItems(@Req() request: FastifyRequest, @Param('id') id: string): Promise<string> {
    const at = request.url.indexOf('?');
    return this.store.inputItems(principalOf(request), id, at < 0 ? '' : request.url.slice(at));
  }

  @Delete(':id')
  @Header('content-type', JSON_TYPE)
  @RouteConfig({ needsKey: true })
  remove(@Req() request: FastifyRequest, @Param('id') id: string): Promise<string> {
    return this.store.delete(principalOf(request), id);
  }

  /** None is answered in the background, so that there is none to cancel. */
  @Post(':id/cancel')
  @RouteConfig({ needsKey: true })
  async cancel(@Req() request: FastifyRequest, @Param('id') id: string): Promise<never> {
    await this.store.find(principalOf(request), id);
    throw new AppError('invalid_request', {
      publicMessage: 'Only responses that are given in the background can be cancelled.',
    });
  }
}
