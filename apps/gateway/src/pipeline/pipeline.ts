import { Injectable } from '@nestjs/common';
import { AppError, toAppError } from '@trunkline/errors';
import type { FastifyReply } from 'fastify';
import type { ChatDoor } from '../doors/chat-door.js';
import type { AttemptTrace } from '../failover/attempt-runner.js';
import { finalError } from '../failover/final-error.js';
import type { ReadyCall } from './call.js';
import { GatewayParts } from './gateway-parts.js';
import type { Principal } from './ports.js';
import type { RequestContext } from './request-context.js';
import { RouteTables } from './route-tables.js';
import { admit } from './stages/admit.js';
import { attempt, type Committed } from './stages/attempt.js';
import { parse } from './stages/parse.js';
import { relayStream, relayWhole } from './stages/relay.js';
import { route } from './stages/route.js';
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
    const result = await attempt(parts, context, call);
    if (result.kind === 'failed') return this.refuse(input, result.trail);
    const committed = result.trail.find((trace) => trace.committed);
    if (!committed) throw new AppError('internal_error');
    await relay({ ...input, parts, trail: result.trail, committed, answer: result.answer });
  }

  /** No attempt had an answer: the record first, then the error. */
  private async refuse(
    { context, principal, call }: Admitted,
    trail: readonly AttemptTrace[],
  ): Promise<void> {
    const hasLeft = context.cancellation.isCancelled;
    const error = hasLeft ? new AppError('client_left') : finalError(trail);
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
    throw error;
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
  input: Admitted & {
    readonly parts: GatewayParts;
    readonly trail: readonly AttemptTrace[];
    readonly committed: AttemptTrace;
    readonly answer: Committed;
  },
): Promise<void> {
  const { answer, principal, body } = input;
  const call = { ...input, dropped: answer.dropped, keptRequest: principal.project.keepBodies ? body : null };
  return answer.answer.kind === 'stream'
    ? relayStream(call, answer.answer.stream)
    : relayWhole(call, answer.answer.whole);
}

function principalOf(context: RequestContext): Principal {
  if (!context.principal) throw toAppError(new Error('the request was not authenticated'));
  return context.principal;
}
