import { Injectable } from '@nestjs/common';
import { AppError, toAppError } from '@trunkline/errors';
import type { FastifyReply } from 'fastify';
import type { EndpointDoor } from '../doors/endpoint-door.js';
import { finalError } from '../failover/final-error.js';
import { FormBody } from '../http/forms/form-body.js';
import { StreamReply } from '../http/stream-reply.js';
import type { ReadyEndpointCall } from './endpoint-call.js';
import { GatewayParts } from './gateway-parts.js';
import type { Principal } from './ports.js';
import type { RequestContext } from './request-context.js';
import { RouteTables } from './route-tables.js';
import { admit } from './stages/admit.js';
import { attemptEndpoint, type AttemptedEndpoint } from './stages/attempt-endpoint.js';
import { parseEndpoint } from './stages/parse-endpoint.js';
import { relayPieces, relayWholeEndpoint } from './stages/relay-endpoint.js';
import { planEndpoint, routeEndpoint } from './stages/route-endpoint.js';
import { settleEndpoint } from './stages/settle-endpoint.js';

/**
 * The way of a call beside chat: the same stages, engine, leases and records, for requests and answers of another form.
 */
@Injectable()
export class EndpointPipeline {
  constructor(
    private readonly parts: GatewayParts,
    private readonly tables: RouteTables,
  ) {}

  /**
   * Whether every model that is asked for has a target with the endpoint itself.
   * @throws AppError 400 for a request that is not valid
   */
  canReach<Request, Answer>(
    door: EndpointDoor<Request, Answer>,
    context: RequestContext,
    body: Buffer | FormBody,
  ): boolean {
    const { projections } = this.parts;
    const principal = principalOf(context);
    const parsed = parseEndpoint(door, context, body);
    const planned = planEndpoint(this.tables, projections.catalog(), principal, parsed, context.beganMs);
    if (planned.kind !== 'planned') return false;
    const reached = new Set(planned.plan.targets.map(({ model }) => model.id));
    return reached.size >= parsed.requested.length;
  }

  /**
   * Answers the request. Resolves when the answer's last bytes are with the socket and the call is settled.
   * @throws AppError as long as nothing was sent
   */
  async run<Request, Answer>(
    door: EndpointDoor<Request, Answer>,
    context: RequestContext,
    body: Buffer | FormBody,
    reply: FastifyReply,
  ): Promise<void> {
    const { parts } = this;
    const principal = principalOf(context);
    const parsed = parseEndpoint(door, context, body);
    const routed = routeEndpoint(
      this.tables,
      parts.projections.catalog(),
      principal,
      parsed,
      context.beganMs,
    );
    const planned = { ...parsed, ...routed };
    const call = { ...planned, ...(await admit(parts.admission, context, principal, planned)) };
    const result = await attemptEndpoint(parts, context, principal, call);
    if (result.kind === 'failed') return this.refuse(context, principal, call, result);
    const { trail, trace: committed, answer, deadlineMs } = result;
    const relay = {
      parts,
      context,
      principal,
      call,
      trail,
      committed,
      deadlineMs,
      dropped: answer.dropped,
      keptRequest: principal.project.keepBodies ? keptRequest(body) : null,
      reply: new StreamReply(reply),
    };
    return answer.kind === 'stream' ? relayPieces(relay, answer.stream) : relayWholeEndpoint(relay, answer);
  }

  /** No attempt had an answer: the record first, then the error. */
  private async refuse<Request, Answer>(
    context: RequestContext,
    principal: Principal,
    call: ReadyEndpointCall<Request, Answer>,
    { trail }: Pick<AttemptedEndpoint<Answer>, 'trail'>,
  ): Promise<void> {
    const hasLeft = context.cancellation.isCancelled;
    const error = hasLeft ? new AppError('client_left') : finalError(trail);
    await settleEndpoint(this.parts, {
      context,
      principal,
      call,
      trail,
      ending: hasLeft
        ? { kind: 'client_left', committed: false }
        : { kind: 'failed', failure: trail.at(-1)?.failure ?? null },
      committed: null,
      dropped: [],
      status: error.status,
      errorCode: error.code,
    });
    throw error;
  }
}

function principalOf({ principal }: RequestContext): Principal {
  if (!principal) throw toAppError(new Error('the request was not authenticated'));
  return principal;
}

/** Of a form its text, and what its files are; never their bytes. */
function keptRequest(body: Buffer | FormBody): Buffer {
  return body instanceof FormBody ? Buffer.from(JSON.stringify(body.fields)) : body;
}
