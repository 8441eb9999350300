import { Controller, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChatPipeline } from '../pipeline/pipeline.js';
import { callOf } from './request-call.js';

@Controller(['v1', 'api/v1'])
export class ChatCompletionsController {
  constructor(private readonly pipeline: ChatPipeline) {}

  @Post('chat/completions')
  @RouteConfig({ needsKey: true })
  complete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.pipeline.run(callOf(request), bodyOf(request), reply);
  }
}

/** Guarantee: the only content type parser gives a Buffer; without a body there is none. */
function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}
