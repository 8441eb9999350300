import { Controller, Delete, Get, Header, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { AppError } from '@trunkline/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BackgroundResponses } from '../../background/background-responses.js';
import { BackgroundStore } from '../../background/background-store.js';
import { followKept } from '../../background/follow-kept.js';
import { readFollowing } from '../../background/follow-query.js';
import { KnownResponses } from '../../background/known-responses.js';
import { ResponseStore } from '../../doors/responses/response-store.js';
import { STREAM_HEADERS } from '../../pipeline/stages/relay.js';
import { callOf, principalOf } from '../request-call.js';
import { StreamReply } from '../stream-reply.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Responses that are stored, or run: authenticated here, those that ended a while ago are the control plane's to tell. */
@Controller(['v1/responses', 'api/v1/responses'])
export class StoredResponsesController {
  constructor(
    private readonly store: ResponseStore,
    private readonly background: BackgroundResponses,
    private readonly events: BackgroundStore,
    private readonly responses: KnownResponses,
  ) {}

  @Get(':id')
  @RouteConfig({ needsKey: true })
  async retrieve(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const startingAfter = readFollowing(query);
    if (startingAfter !== null) return this.follow(request, reply, id, startingAfter);
    const response = await this.responses.find(principalOf(request), id);
    void reply.header('content-type', JSON_TYPE).send(JSON.stringify(response));
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
    return this.responses.remove(principalOf(request), id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Header('content-type', JSON_TYPE)
  @RouteConfig({ needsKey: true })
  async cancel(@Req() request: FastifyRequest, @Param('id') id: string): Promise<string> {
    return JSON.stringify(await this.responses.cancel(principalOf(request), id));
  }

  private async follow(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    startingAfter: number,
  ): Promise<void> {
    const found = await this.background.find(principalOf(request), id);
    if (found.kind !== 'found') {
      await this.responses.find(principalOf(request), id);
      throw new AppError('invalid_request', {
        publicMessage:
          'The events of this response are not kept: only those of responses in the background are, and for ten minutes. Retrieve it without a stream.',
        param: 'stream',
      });
    }
    const client = callOf(request);
    const answer = new StreamReply(reply);
    answer.begin(200, { ...STREAM_HEADERS, 'x-request-id': client.id });
    await followKept({ store: this.events, callId: found.callId, startingAfter, reply: answer, client });
  }
}
