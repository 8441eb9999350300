import { Injectable } from '@nestjs/common';
import { AppError, toAppError } from '@trunkline/errors';
import type { FastifyReply } from 'fastify';
import type { AnswerNames, ChatDoor } from '../doors/chat-door.js';
import type { AttemptTrace } from '../failover/attempt-runner.js';
import { finalError } from '../failover/final-error.js';
import { StreamReply } from '../http/stream-reply.js';
import { EarlyKeepAlive } from '../streaming/early-keep-alive.js';
import type { ReadyCall } from './call.js';
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
    const { parts } = this;
    const principal = principalOf(context);
    const parsed = parse(door, context, body);
    const routed = route(this.tables, parts.projections.catalog(), principal, parsed, context.beganMs);
    const planned = { ...parsed, ...routed };
    const admitted = await admit(parts.admission, context, principal, planned);
    const call: ReadyCall = { ...planned, ...admitted };
    await this.answer({ context, principal, call, body, reply });
  }

  private async answer(input: Admitted): Promise<void> {
    const { parts } = this;
    const { context, call } = input;
    const reply = new StreamReply(input.reply);
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
    { context, principal, call }: Admitted,
    trail: readonly AttemptTrace[],
  ): Promise<AppError> {
    const hasLeft = context.cancellation.isCancelled;
    const error = hasLeft
      ? new AppError('client_left')
      : finalError(trail, (param, attempt) => this.clientsName(call, param, attempt));
    await settle(this.parts, {
      context,
      principal,
      call,
      trail,
      ending: hasLeft
        ? { kind: 'client_left', committed: false }
        : { kind: 'failed', failure: trail.at(-1)?.failure ?? null },
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

interface Admitted {
  readonly context: RequestContext;
  readonly principal: Principal;
  readonly call: ReadyCall;
  readonly body: Buffer;
  readonly reply: FastifyReply;
}

function relay(
  input: Omit<Admitted, 'reply'> & {
    readonly parts: GatewayParts;
    readonly reply: StreamReply;
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
