import type { PieceContinuation } from '../../doors/endpoint-door.js';
import { runPlan, type AttemptTrace } from '../../failover/attempt-runner.js';
import type { EndpointStream } from '../../streaming/endpoint-stream.js';
import type { ReadyEndpointCall } from '../endpoint-call.js';
import type { GatewayParts } from '../gateway-parts.js';
import { newAttemptId } from '../new-id.js';
import type { RequestContext } from '../request-context.js';
import { sendEndpoint, type CommittedEndpoint } from './attempt-endpoint.js';
import { failedOf } from './rescue.js';

export interface RescueEndpointInput<Request, Answer> {
  readonly parts: GatewayParts;
  readonly context: RequestContext;
  readonly call: ReadyEndpointCall<Request, Answer>;
  readonly trail: AttemptTrace[];
  readonly committed: AttemptTrace;
  readonly deadlineMs: number;
}

export interface RescuedEndpoint {
  readonly stream: EndpointStream;
  readonly trace: AttemptTrace;
  readonly dropped: readonly string[];
}

/** Looks for a target that goes on with an answer in pieces that broke off; null when nobody can. */
export async function rescueEndpoint<Request, Answer>(
  { parts, context, call, trail, committed, deadlineMs }: RescueEndpointInput<Request, Answer>,
  { request, splice }: PieceContinuation<Request>,
): Promise<RescuedEndpoint | null> {
  const begun = committed.target.model.id;
  const targets = call.plan.targets.filter(({ model }) => call.rescueOtherModels || model.id === begun);
  const result = await runPlan<CommittedEndpoint<Answer>>({
    targets,
    organizationId: context.principal?.organization.id,
    clock: parts.clock,
    breakers: parts.engine.breakers,
    streamed: false,
    deadlineMs,
    cancellation: context.cancellation,
    trail,
    failed: failedOf(trail, targets),
    isTaken: true,
    random: Math.random,
    newId: newAttemptId,
    send: (trace, cancellation) => {
      trace.splice = splice;
      return sendEndpoint({ parts, call, request, trace, deadlineMs, cancellation });
    },
    discard: () => {},
  });
  if (result.kind === 'failed' || result.answer.kind !== 'stream') return null;
  return { stream: result.answer.stream, trace: result.trace, dropped: result.answer.dropped };
}
