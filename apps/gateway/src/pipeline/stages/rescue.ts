import type { UpstreamFailure } from '@trunkline/contracts';
import type { AnswerProgress, SentAnswer } from '@trunkline/providers';
import type { Target } from '@trunkline/routing';
import type { StreamPrinter } from '../../doors/chat-door.js';
import { OUTCOME_RULES, type OutcomeRule } from '../../failover/attempt-outcome.js';
import { runPlan, type AttemptTrace } from '../../failover/attempt-runner.js';
import type { FailedTry } from '../../failover/next-target.js';
import { continuationMode, type ContinuationMode } from '../../failover/rescue/continuation.js';
import type { ChatStream } from '../../streaming/chat-stream.js';
import type { ReadyCall } from '../call.js';
import type { GatewayParts } from '../gateway-parts.js';
import { newAttemptId } from '../new-id.js';
import type { RequestContext } from '../request-context.js';
import { sendAttempt, type Committed, type GoingOn } from './send-attempt.js';

export interface RescueInput {
  readonly parts: GatewayParts;
  readonly context: RequestContext;
  readonly call: ReadyCall;
  readonly trail: AttemptTrace[];
  readonly deadlineMs: number;
  readonly printer: StreamPrinter;
  /** What the first target said of its answer. */
  readonly broken: AnswerProgress;
  /** What the client has of it. */
  readonly sent: SentAnswer;
}

export interface Rescued {
  readonly stream: ChatStream;
  readonly trace: AttemptTrace;
  readonly dropped: Committed['dropped'];
}

/** Whether an answer that broke off like this may be gone on with. */
export function mayBeRescued(call: Pick<ReadyCall, 'rescue'>, failure: UpstreamFailure): boolean {
  const { rescue }: OutcomeRule = OUTCOME_RULES[failure.outcome];
  return call.rescue && rescue;
}

/**
 * Looks for a target that goes on with an answer that broke off. Resolves when one has something to add, or has ended
 * it well; null when nobody can.
 */
export async function rescue(input: RescueInput): Promise<Rescued | null> {
  const { parts, context, call, trail, deadlineMs, printer, broken, sent } = input;
  const modes = modesOf(call, sent, trail);
  const targets = [...modes.keys()];
  if (targets.length === 0) return null;
  const goingOnAt = (target: Target): GoingOn => {
    const mode = modes.get(target) ?? 'restart';
    return { mode, sent, printer, broken };
  };
  const result = await runPlan<Committed>({
    targets,
    clock: parts.clock,
    breakers: parts.engine.breakers,
    organizationId: context.principal?.organization.id,
    streamed: true,
    deadlineMs,
    cancellation: context.cancellation,
    trail,
    failed: failedOf(trail, targets),
    isTaken: true,
    random: Math.random,
    newId: newAttemptId,
    send: (trace, cancellation) => {
      const goingOn = goingOnAt(trace.target);
      trace.splice = { mode: goingOn.mode, atCharacters: sent.text.length, skippedCharacters: 0 };
      return sendAttempt({ parts, call, trace, deadlineMs, cancellation, goingOn });
    },
    discard: () => {},
  });
  if (result.kind === 'failed' || result.answer.answer.kind !== 'stream') return null;
  return { stream: result.answer.answer.stream, trace: result.trace, dropped: result.answer.dropped };
}

/** The plan's targets that can go on, and how. */
function modesOf(
  call: ReadyCall,
  sent: SentAnswer,
  trail: readonly AttemptTrace[],
): Map<Target, ContinuationMode> {
  const modes = new Map<Target, ContinuationMode>();
  const begun = trail.find(({ committed }) => committed)?.target.model.id;
  for (const target of call.plan.targets) {
    if (!call.rescueOtherModels && target.model.id !== begun) continue;
    const mode = continuationMode(call.request, sent, target.offer.prefill === true);
    if (mode !== null) modes.set(target, mode);
  }
  return modes;
}

/** Who was only slower than another has not failed. */
export function failedOf(trail: readonly AttemptTrace[], targets: readonly Target[]): FailedTry[] {
  return trail.flatMap(({ target, failure, lostRace }) => {
    const index = targets.indexOf(target);
    return failure === null || lostRace || index < 0 ? [] : [{ target: index, failure }];
  });
}
