import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { itemsAfter, parseJsonBody, type ResponseItem, type StoredResponse } from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BackgroundResponses } from '../../background/background-responses.js';
import { BackgroundRunner } from '../../background/background-runner.js';
import { followLive } from '../../background/follow-live.js';
import { isRunning } from '../../background/response-status.js';
import type { BackgroundWish, ChatDoor } from '../../doors/chat-door.js';
import { MAX_STORED_BYTES, ResponseStore } from '../../doors/responses/response-store.js';
import { responsesDoor, type ResponseKeeping } from '../../doors/responses/responses-door.js';
import { namedIds } from '../../doors/responses/read/put-items.js';
import { TokenCounter } from '../../doors/token-counter.js';
import { ChatPipeline, type PlannedCall } from '../../pipeline/pipeline.js';
import type { Principal } from '../../pipeline/ports.js';
import type { RequestContext } from '../../pipeline/request-context.js';
import { STREAM_HEADERS } from '../../pipeline/stages/relay.js';
import { limitHeaders } from '../../streaming/answer-headers.js';
import { bodyOf, callOf, principalOf } from '../request-call.js';
import { StreamReply } from '../stream-reply.js';

const FIELD = 'previous_response_id';
/** As many as are looked up at once. */
const MAX_NAMED = 100;
const NOTHING: ReadonlyMap<string, ResponseItem> = new Map();

@Controller(['v1', 'api/v1'])
export class ResponsesController {
  constructor(
    private readonly pipeline: ChatPipeline,
    private readonly store: ResponseStore,
    private readonly counter: TokenCounter,
    private readonly runner: BackgroundRunner,
    private readonly background: BackgroundResponses,
  ) {}

  @Post('responses')
  @RouteConfig({ needsKey: true })
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const context = callOf(request);
    const body = bodyOf(request);
    const door = await this.doorFor(context, principalOf(request), body);
    const planned = this.pipeline.plan(door, context, body);
    const { background } = planned.call.client;
    if (background) return this.begin(planned, background, reply);
    return this.pipeline.answer(await this.pipeline.admit(planned), new StreamReply(reply));
  }

  /** What the same request would be as a prompt. */
  @Post('responses/input_tokens')
  @HttpCode(200)
  @RouteConfig({ needsKey: true })
  async count(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ object: string; input_tokens: number }> {
    const context = callOf(request);
    const body = bodyOf(request);
    const door = await this.doorFor(context, principalOf(request), body);
    const { tokens, countedBy } = await this.counter.count(door, context, body);
    void reply.header('x-trunkline-counted-by', countedBy);
    return { object: 'response.input_tokens', input_tokens: tokens };
  }

  /** Tells at once what is known, or the events as they come; the call goes on without its client. */
  private async begin(planned: PlannedCall, wish: BackgroundWish, reply: FastifyReply): Promise<void> {
    const { running, limits, run } = await this.runner.start(planned, wish);
    const answer = new StreamReply(reply);
    const headers = { 'x-request-id': planned.context.id, ...limitHeaders(limits) };
    if (wish.isFollowed) {
      answer.begin(200, { ...STREAM_HEADERS, ...headers });
      followLive(running.log, answer, planned.context);
    } else {
      const type = { 'content-type': 'application/json; charset=utf-8' };
      answer.sendWhole(200, { ...type, ...headers }, JSON.stringify(wish.begun.response));
    }
    run();
  }

  /** Looks up what the request builds on; most build on nothing that is stored. */
  private async doorFor(context: RequestContext, principal: Principal, body: Buffer): Promise<ChatDoor> {
    const { previous, ids } = storedNames(body);
    const { keepBodies } = principal.project;
    if (previous !== null && !keepBodies) {
      throw new AppError('invalid_value', {
        publicMessage: `Invalid value for '${FIELD}': no responses are stored, since this project keeps no requests and answers. Switch that on, or send the earlier items in 'input'.`,
        param: FIELD,
      });
    }
    const [earlier, named] = await Promise.all([
      previous === null ? [] : this.find(principal, previous).then(itemsAfter),
      ids.length > 0 && keepBodies ? this.store.findItems(principal, ids) : NOTHING,
    ]);
    return responsesDoor({ earlier, named, keep: this.keeper(context, principal, body) });
  }

  private async find(principal: Principal, id: string): Promise<StoredResponse> {
    const own = await this.background.find(principal, id);
    const stored = await this.findStored(principal, id);
    // How it ended may be on its way to where it is stored.
    const response = own.kind === 'found' ? own.response : stored.response;
    const { status } = response;
    if (isRunning(status) || status === 'failed' || status === 'cancelled') {
      throw new AppError('invalid_value', {
        publicMessage: `Invalid value for '${FIELD}': that response is ${status}, so that none can follow it.`,
        param: FIELD,
      });
    }
    return { ...stored, response };
  }

  private async findStored(principal: Principal, id: string): Promise<StoredResponse> {
    try {
      return await this.store.find(principal, id);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
      throw new AppError('not_found', {
        publicMessage: `Previous response with id '${id.slice(0, 100)}' not found.`,
        param: FIELD,
      });
    }
  }

  private keeper(context: RequestContext, principal: Principal, body: Buffer): ResponseKeeping['keep'] {
    if (!principal.project.keepBodies)
      return 'this project keeps no requests and answers, so that nobody could ask for it later. Switch that on, or stream the response';
    if (body.length > MAX_STORED_BYTES) return 'the request is too large to be stored';
    return (stored) => this.store.keep(principal, context.id, stored);
  }
}

/** Looks before it parses: most requests name nothing that is stored. */
function storedNames(body: Buffer): { previous: string | null; ids: string[] } {
  const nothing = { previous: null, ids: [] };
  if (!body.includes(`"${FIELD}"`) && !body.includes('"item_reference"')) return nothing;
  const parsed = parseJsonBody(body);
  if (!parsed.ok || parsed.value === null || typeof parsed.value !== 'object') return nothing;
  const { [FIELD]: id, input } = parsed.value as Record<string, unknown>;
  const ids = [...new Set(namedIds(input))];
  if (ids.length > MAX_NAMED) {
    throw new AppError('invalid_value', {
      publicMessage: `Invalid value for 'input': it names more than ${MAX_NAMED} items by their ids.`,
      param: 'input',
    });
  }
  return { previous: typeof id === 'string' && id !== '' ? id : null, ids };
}
