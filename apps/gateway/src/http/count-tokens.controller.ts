import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { countTokensDoor } from '../doors/messages/messages-door.js';
import { TokenCounter } from '../doors/token-counter.js';
import { betasOf, bodyOf, callOf } from './request-call.js';

@Controller(['v1', 'api/v1'])
export class CountTokensController {
  constructor(private readonly counter: TokenCounter) {}

  @Post('messages/count_tokens')
  @HttpCode(200)
  @RouteConfig({ needsKey: true })
  async count(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ input_tokens: number }> {
    const call = callOf(request);
    call.betas = betasOf(request);
    const { tokens, countedBy } = await this.counter.count(countTokensDoor, call, bodyOf(request));
    void reply.headers({
      'x-request-id': call.id,
      'request-id': call.id,
      'x-trunkline-counted-by': countedBy,
    });
    return { input_tokens: tokens };
  }
}
