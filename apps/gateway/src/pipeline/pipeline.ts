import { Injectable } from '@nestjs/common';
import { AppError, toAppError } from '@trunkline/errors';
import type { FastifyReply } from 'fastify';
import type { CallEnding } from '../billing/who-pays.js';
import type { AnswerNames, ChatDoor } from '../doors/chat-door.js';
import type { AttemptTrace } from '../failover/attempt-runner.js';
import type { CancelReason } from '../failover/cancellation.js';
import { finalError } from '../failover/final-error.js';
import { StreamReply } from '../http/stream-reply.js';
import { EarlyKeepAlive } from '../streaming/early-keep-alive.js';
import type { AnswerSink } from './answer-sink.js';
import type { ParsedCall, ReadyCall, RoutedCall } from './call.js';
import { GatewayParts } from './gateway-parts.js';
import type { Principal } from './ports.js';
import type { RequestContext } from './request-context.js';
import { RouteTables } from './route-tables.js';
import { admit } from './stages/admit.js';
import { attempt } from './stages/attempt.js';
import { parse } from './stages/parse.js';
import { relayStream, relayWhole, STREAM_HEADERS } from './stages/relay.js';
import { route } from './stages/route.js';
import type { Committed } from './stages/send-attempt.js';
import { settle } from './stages/settle.js';

/** The way of a chat call: parse, route, admit, attempt, relay, settle. *Identify* and *authenticate* ran before. */
@Injectable()
export class ChatPipeline {
  constructor(
    private readonly parts: GatewayParts,
    private readonly tables: RouteTables,
  ) {}

  /**
   * Answers the request. Resolves when the answer's last bytes are with the socket and the call is settled.
   * @throws AppError as long as nothing was sent
   */
  async run(door: ChatDoor, context: RequestContext, body: Buffer, reply: FastifyReply): Promise<void> {
    const admitted = await this.admit(this.plan(door, context, body));
    await this.answer(admitted, new StreamReply(reply));
  }

  /** Reads the request and finds who may answer it. @throws AppError 400, 403 or 404 */
  plan(door: ChatDoor, context: RequestContext, body: Buffer): PlannedCall {
    const principal = principalOf(context);
    const parsed = parse(door, context, body);
    const catalog = this.parts.projections.catalog();
    const routed = route(this.tables, catalog, principal, parsed, context.beganMs);
    return { context, principal, call: { ...parsed, ...routed }, body };
  }

  /** Takes the lease. What was admitted has to be answered. @throws AppError 402, 429 or 503 */
  async admit(planned: PlannedCall): Promise<AnswerableCall> {
    const { context, principal, call } = planned;
    const admitted = await admit(this.parts.admission, context, principal, call);
    return { ...planned, call: { ...call, ...admitted } };
  }

  /**
   * Resolves when the answer is with the sink and the call is settled.
   * @throws AppError as long as the sink has nothing of it
   */
  async answer(input: AnswerableCall, reply: AnswerSink): Promise<void> {
    const { parts } = this;
    const { context, call } = input;
    const printer = call.stream && call.keepAliveEarly ? call.client.newPrinter() : null;
    const early =
      printer && new EarlyKeepAlive({ reply, printer, clock: parts.clock, headers: earlyHeaders(context) });
    const result = await attempt(parts, context, call).finally(() => early?.stop());
    if (result.kind === 'committed') {
      const { trail, trace: committed, answer, deadlineMs } = result;
      return relay({ ...input, reply, parts, trail, committed, answer, deadlineMs });
    }
    const error = await this.refuse(input, result.trail);
    if (!printer || !reply.hasBegun || context.cancellation.isCancelled) throw error;
    // The status is out: the client asked for it.
    reply.end(printer.fail(error, namesOfNothing(context, call)));
  }

  /** No attempt had an answer: the record first, then the error. */
  private async refuse(
    { context, principal, call }: AnswerableCall,
    trail: readonly AttemptTrace[],
  ): Promise<AppError> {
    const cancelled = context.cancellation.reason;
    const error = cancelled
      ? new AppError(cancelled)
      : finalError(trail, (param, attempt) => this.clientsName(call, param, attempt));
    await settle(this.parts, {
      context,
      principal,
      call,
      trail,
      ending: endingOf(cancelled, trail),
      answer: null,
      dropped: [],
      status: error.status,
      errorCode: error.code,
    });
    return error;
  }

  /** A field that an attempt's failure blames, in the words of the client; its own protocol's words are those already. */
  private clientsName({ client }: ReadyCall, param: string, { target }: AttemptTrace): string {
    const chat = this.parts.engine.adapters.chatOf(target.entry, target.offer, client.protocol);
    return chat?.protocol === client.protocol ? param : (client.fieldOf?.(param) ?? param);
  }
}

/** A call whose plan is known. */
export interface PlannedCall {
  readonly context: RequestContext;
  readonly principal: Principal;
  readonly call: ParsedCall & RoutedCall;
  readonly body: Buffer;
}

/** A call that holds its lease. */
export interface AnswerableCall extends PlannedCall {
  readonly call: ReadyCall;
}

function endingOf(cancelled: CancelReason | null, trail: readonly AttemptTrace[]): CallEnding {
  switch (cancelled) {
    case null:
      return { kind: 'failed', failure: trail.at(-1)?.failure ?? null };
    case 'client_left':
      return { kind: 'client_left', committed: false };
    case 'gateway_lost':
      return { kind: 'gateway_lost' };
  }
}

function relay(
  input: AnswerableCall & {
    readonly parts: GatewayParts;
    readonly reply: AnswerSink;
    readonly trail: AttemptTrace[];
    readonly committed: AttemptTrace;
    readonly answer: Committed;
    readonly deadlineMs: number;
  },
): Promise<void> {
  const { answer, principal, body } = input;
  const call = { ...input, dropped: answer.dropped, keptRequest: principal.project.keepBodies ? body : null };
  return answer.answer.kind === 'stream'
    ? relayStream(call, answer.answer.stream)
    : relayWhole(call, answer.answer.whole);
}

/** Who will answer is not known yet. */
function earlyHeaders({ id }: RequestContext): Record<string, string> {
  return { ...STREAM_HEADERS, 'x-request-id': id };
}

function namesOfNothing({ id, beganMs }: RequestContext, { requested }: ReadyCall): AnswerNames {
  return { id, requestId: id, createdSeconds: Math.floor(beganMs / 1000), model: requested[0] ?? '' };
}

function principalOf(context: RequestContext): Principal {
  if (!context.principal) throw toAppError(new Error('the request was not authenticated'));
  return context.principal;
}
