import { Controller, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { completionsDoor } from '../doors/completions/completions-door.js';
import { nativeCompletionsDoor } from '../doors/completions/native-completions-door.js';
import { EndpointPipeline } from '../pipeline/endpoint-pipeline.js';
import { ChatPipeline } from '../pipeline/pipeline.js';
import { bodyOf, callOf } from './request-call.js';

/** Where an offer of the model has completions, they are asked as they are; elsewhere by way of chat. */
@Controller(['v1', 'api/v1'])
export class CompletionsController {
  constructor(
    private readonly chat: ChatPipeline,
    private readonly endpoints: EndpointPipeline,
  ) {}

  @Post('completions')
  @RouteConfig({ needsKey: true })
  complete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const call = callOf(request);
    const body = bodyOf(request);
    return this.endpoints.canReach(nativeCompletionsDoor, call, body)
      ? this.endpoints.run(nativeCompletionsDoor, call, body, reply)
      : this.chat.run(completionsDoor, call, body, reply);
  }
}
