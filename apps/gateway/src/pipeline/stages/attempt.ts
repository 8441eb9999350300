import { runPlan, type AttemptTrace, type HedgeRule, type RunResult } from '../../failover/attempt-runner.js';
import { timeoutsFor } from '../../failover/clocks.js';
import type { ReadyCall } from '../call.js';
import type { EngineParts, GatewayParts } from '../gateway-parts.js';
import { newAttemptId } from '../new-id.js';
import type { RequestContext } from '../request-context.js';
import { reasons, sendAttempt, type Committed } from './send-attempt.js';

/** A target of which nothing is known is slow from here on. */
const USUAL_FIRST_TOKEN_MS = 2_000;

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

/** A second target is asked once the first is slower than its own p95, or than the request says. */
function hedgeRule({ breakers, hedges }: EngineParts, call: ReadyCall): HedgeRule | null {
  const { hedge } = call;
  if (hedge === null) return null;
  hedges.note();
  return {
    delayMs: ({ key }) => hedge.afterMs ?? breakers.usualFirstTokenMs(key) ?? USUAL_FIRST_TOKEN_MS,
    take: () => hedges.take(),
  };
}
