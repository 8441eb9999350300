import { Controller, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { responsesDoor } from '../doors/responses/responses-door.js';
import { ChatPipeline } from '../pipeline/pipeline.js';
import { bodyOf, callOf } from './request-call.js';

@Controller(['v1', 'api/v1'])
export class ResponsesController {
  constructor(private readonly pipeline: ChatPipeline) {}

  @Post('responses')
  @RouteConfig({ needsKey: true })
  create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.pipeline.run(
      responsesDoor({ earlier: [], keep: null }),
      callOf(request),
      bodyOf(request),
      reply,
    );
  }
}
