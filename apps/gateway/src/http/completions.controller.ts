import { Controller, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { completionsDoor } from '../doors/completions/completions-door.js';
import { ChatPipeline } from '../pipeline/pipeline.js';
import { bodyOf, callOf } from './request-call.js';

@Controller(['v1', 'api/v1'])
export class CompletionsController {
  constructor(private readonly pipeline: ChatPipeline) {}

  @Post('completions')
  @RouteConfig({ needsKey: true })
  complete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.pipeline.run(completionsDoor, callOf(request), bodyOf(request), reply);
  }
}
