import { Controller, Get, Header, Query, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { AppError } from '@trunkline/errors';
import type { FastifyRequest } from 'fastify';
import { ControlPlane } from '../../upstream/control-plane.js';
import { principalOf } from '../request-call.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** What is stored about calls, keys and wallets: authenticated here, answered by the control plane behind. */
@Controller(['v1', 'api/v1'])
export class StoredController {
  constructor(private readonly controlPlane: ControlPlane) {}

  @Get('generation')
  @Header('content-type', JSON_TYPE)
  @RouteConfig({ needsKey: true })
  generation(@Req() request: FastifyRequest, @Query('id') id?: string | string[]): Promise<string> {
    if (typeof id !== 'string' || id === '') {
      throw new AppError('missing_required_parameter', {
        publicMessage: "Missing required parameter: 'id'.",
        param: 'id',
      });
    }
    return this.controlPlane.ask(
      principalOf(request),
      `/generation?id=${encodeURIComponent(id.slice(0, 200))}`,
    );
  }

  @Get('credits')
  @Header('content-type', JSON_TYPE)
  @RouteConfig({ needsKey: true })
  credits(@Req() request: FastifyRequest): Promise<string> {
    return this.controlPlane.ask(principalOf(request), '/credits');
  }

  /** `auth/key` is the older name, which clients still call. */
  @Get(['key', 'auth/key'])
  @Header('content-type', JSON_TYPE)
  @RouteConfig({ needsKey: true })
  key(@Req() request: FastifyRequest): Promise<string> {
    return this.controlPlane.ask(principalOf(request), '/key');
  }
}
