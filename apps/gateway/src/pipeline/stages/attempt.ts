import { runPlan, type AttemptTrace, type RunResult } from '../../failover/attempt-runner.js';
import { timeoutsFor } from '../../failover/clocks.js';
import type { ReadyCall } from '../call.js';
import type { GatewayParts } from '../gateway-parts.js';
import { hedgeRule } from '../hedge-rule.js';
import { newAttemptId } from '../new-id.js';
import type { RequestContext } from '../request-context.js';
import { reasons, sendAttempt, type Committed } from './send-attempt.js';

export type Attempted = RunResult<Committed> & {
  readonly trail: AttemptTrace[];
  /** When the total clock runs out. */
  readonly deadlineMs: number;
};

/** Asks targets in the order of the plan until one has something for the client. */
export async function attempt(
  parts: GatewayParts,
  context: RequestContext,
  call: ReadyCall,
): Promise<Attempted> {
  const [first] = call.plan.targets;
  const kind = { stream: call.stream, reasons: first ? reasons(first) : false };
  const deadlineMs = context.startedMs + timeoutsFor(kind, call.timeouts).totalMs;
  const trail: AttemptTrace[] = [];
  const result = await runPlan({
    targets: call.plan.targets,
    clock: parts.clock,
    breakers: parts.engine.breakers,
    organizationId: context.principal?.organization.id,
    streamed: call.stream,
    deadlineMs,
    cancellation: context.cancellation,
    trail,
    random: Math.random,
    newId: newAttemptId,
    send: (trace, cancellation) =>
      sendAttempt({ parts, call, trace, deadlineMs, cancellation, goingOn: null }),
    discard: ({ answer }) => {
      if (answer.kind === 'stream') answer.stream.cancel();
    },
    hedge: hedgeRule(parts.engine, call),
  });
  if (result.kind === 'committed') result.trace.committed = true;
  return { ...result, trail, deadlineMs };
}
