import { Controller, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { chatCompletionsDoor } from '../doors/chat-completions/chat-completions-door.js';
import { ChatPipeline } from '../pipeline/pipeline.js';
import { bodyOf, callOf } from './request-call.js';

@Controller(['v1', 'api/v1'])
export class ChatCompletionsController {
  constructor(private readonly pipeline: ChatPipeline) {}

  @Post('chat/completions')
  @RouteConfig({ needsKey: true })
  complete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.pipeline.run(chatCompletionsDoor, callOf(request), bodyOf(request), reply);
  }
}
