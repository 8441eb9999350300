import { Controller, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { embeddingsDoor } from '../doors/embeddings/embeddings-door.js';
import type { EndpointDoor } from '../doors/endpoint-door.js';
import { imageEditsDoor, imageGenerationsDoor, imageVariationsDoor } from '../doors/images/images-door.js';
import { moderationsDoor } from '../doors/moderations/moderations-door.js';
import { rerankDoor } from '../doors/rerank/rerank-door.js';
import { speechDoor } from '../doors/speech/speech-door.js';
import { transcriptionsDoor, translationsDoor } from '../doors/transcriptions/transcriptions-door.js';
import { EndpointPipeline } from '../pipeline/endpoint-pipeline.js';
import { FormBody } from './forms/form-body.js';
import { bodyOf, callOf } from './request-call.js';

const JSON_ROUTE = { needsKey: true };
const FORM_ROUTE = { needsKey: true, takesForm: true };

/** The endpoints beside chat. */
@Controller(['v1', 'api/v1'])
export class EndpointsController {
  constructor(private readonly pipeline: EndpointPipeline) {}

  @Post('embeddings')
  @RouteConfig(JSON_ROUTE)
  embed(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.run(embeddingsDoor, request, reply);
  }

  @Post('rerank')
  @RouteConfig(JSON_ROUTE)
  rerank(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.run(rerankDoor, request, reply);
  }

  @Post('moderations')
  @RouteConfig(JSON_ROUTE)
  moderate(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.run(moderationsDoor, request, reply);
  }

  @Post('images/generations')
  @RouteConfig(JSON_ROUTE)
  draw(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.run(imageGenerationsDoor, request, reply);
  }

  @Post('images/edits')
  @RouteConfig(FORM_ROUTE)
  edit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.run(imageEditsDoor, request, reply);
  }

  @Post('images/variations')
  @RouteConfig(FORM_ROUTE)
  vary(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.run(imageVariationsDoor, request, reply);
  }

  @Post('audio/speech')
  @RouteConfig(JSON_ROUTE)
  speak(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.run(speechDoor, request, reply);
  }

  @Post('audio/transcriptions')
  @RouteConfig(FORM_ROUTE)
  transcribe(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.run(transcriptionsDoor, request, reply);
  }

  @Post('audio/translations')
  @RouteConfig(FORM_ROUTE)
  translate(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.run(translationsDoor, request, reply);
  }

  private run<Request, Answer>(
    door: EndpointDoor<Request, Answer>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const body = request.body instanceof FormBody ? request.body : bodyOf(request);
    return this.pipeline.run(door, callOf(request), body, reply);
  }
}
