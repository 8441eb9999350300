import { Controller, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { messagesDoor } from '../doors/messages/messages-door.js';
import { ChatPipeline } from '../pipeline/pipeline.js';
import { betasOf, bodyOf, callOf } from './request-call.js';
import { nameRequest } from './stream-reply.js';

@Controller(['v1', 'api/v1'])
export class MessagesController {
  constructor(private readonly pipeline: ChatPipeline) {}

  @Post('messages')
  @RouteConfig({ needsKey: true })
  create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const call = callOf(request);
    call.betas = betasOf(request);
    nameRequest(reply, call.id);
    return this.pipeline.run(messagesDoor, call, bodyOf(request), reply);
  }
}
