import { AppError, CODE_OF_OUTCOME } from '@trunkline/errors';
import type { UpstreamFailure } from '@trunkline/contracts';
import { HoldGrowth } from '../../billing/hold-growth.js';
import { KeptAnswer } from '../../billing/kept-answer.js';
import { usageObject } from '../../billing/usage-object.js';
import type { CallEnding } from '../../billing/who-pays.js';
import type { AnswerFacts, AnswerNames, WholeAnswer } from '../../doors/chat-door.js';
import { waitedFor } from '../../failover/breakers/fair-wait.js';
import type { AttemptTrace } from '../../failover/attempt-runner.js';
import type { CancelReason } from '../../failover/cancellation.js';
import { answerHeaders } from '../../streaming/answer-headers.js';
import { additionsOf } from '../../streaming/answer-additions.js';
import { ChatRelay } from '../../streaming/chat-relay.js';
import type { ChatStream } from '../../streaming/chat-stream.js';
import { DeliveredAnswer } from '../../streaming/delivered-answer.js';
import type { ReadyCall } from '../call.js';
import type { GatewayParts } from '../gateway-parts.js';
import type { Principal } from '../ports.js';
import type { AnswerSink } from '../answer-sink.js';
import { cleanFailure } from '../clean-failure.js';
import type { RequestContext } from '../request-context.js';
import { mayBeRescued, rescue } from './rescue.js';
import { settle, type CommittedAnswer, type SettledCall } from './settle.js';

export interface RelayCall {
  readonly parts: GatewayParts;
  readonly context: RequestContext;
  readonly principal: Principal;
  readonly call: ReadyCall;
  /** Grows while an answer is rescued. */
  readonly trail: AttemptTrace[];
  readonly committed: AttemptTrace;
  /** When the total clock runs out. */
  readonly deadlineMs: number;
  readonly dropped: readonly string[];
  /** The request's body, where the project keeps bodies. */
  readonly keptRequest: Buffer | null;
  readonly reply: AnswerSink;
}

/** Of every stream. */
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
};

/** Sends a plain answer. It is settled before it goes out. */
export async function relayWhole(input: RelayCall, whole: WholeAnswer): Promise<void> {
  const { parts, context, call, trail, committed, reply } = input;
  parts.engine.breakers.succeeded(committed.target.key);
  const hasLeft = context.cancellation.isCancelled;
  const dropped = joined(input.dropped, call.client.lostIn(whole));
  const answer: CommittedAnswer = {
    id: whole.answer.id,
    parts: [{ attempt: committed.number, written: whole, isWhole: !hasLeft }],
    finishReason: whole.finishReason,
    nativeFinishReason: whole.nativeFinishReason,
  };
  const settled = await settle(parts, {
    context,
    principal: input.principal,
    call,
    trail,
    // The whole answer was there and nobody to take it: the client left before the commit.
    ending: hasLeft ? { kind: 'client_left', committed: false } : { kind: 'finished' },
    answer,
    dropped,
    status: hasLeft ? 499 : 200,
    errorCode: hasLeft ? 'client_left' : null,
    ...(input.keptRequest
      ? { kept: { request: input.keptRequest, answer: Buffer.from(JSON.stringify(whole.answer)) } }
      : {}),
  });
  if (hasLeft) return;
  parts.engine.speeds.note(committed.target.key, (committed.endedMs ?? 0) - committed.startedMs, 0, 0);
  const names = namesOf(context, whole.answer, committed);
  const facts = factsOf({ ...input, dropped }, settled, names, answer.finishReason, null);
  reply.sendWhole(
    200,
    {
      ...answerHeaders({
        requestId: context.id,
        target: committed.target,
        attempts: trail.length,
        limits: call.limits,
      }),
      'x-trunkline-cost': String(facts.usageObject.cost),
      'x-trunkline-overhead-ms': (settled.overheadUs / 1000).toFixed(1),
      'content-type': 'application/json; charset=utf-8',
    },
    call.client.printWhole(whole, facts),
  );
}

/** Forwards a stream to its end, and further streams that go on where one broke off. Settled before its last frames. */
export async function relayStream(input: RelayCall, stream: ChatStream): Promise<void> {
  const { parts, context, call, committed } = input;
  const { reply } = input;
  const { printer, progress: broken } = stream;
  const kept = input.keptRequest ? new KeptAnswer() : null;
  const delivered = new DeliveredAnswer(stream);
  let outOfBudget = false;
  const growth = new HoldGrowth(call.lease, committed.target, () => {
    outOfBudget = true;
    relay.stop();
  });
  reply.begin(200, {
    ...STREAM_HEADERS,
    ...answerHeaders({
      requestId: context.id,
      target: committed.target,
      attempts: input.trail.length,
      limits: call.limits,
    }),
  });
  const relay = new ChatRelay({
    printer,
    reply,
    clock: parts.clock,
    onProgress: () => growth.note(delivered.characters),
    tap: kept && ((bytes) => kept.add(bytes)),
  });
  const forget = context.cancellation.onCancel(() => relay.stop());
  let last = stream;
  let dropped = input.dropped;
  const forward = async (one: ChatStream) => {
    const end = await relay.forward(one);
    return { ...end, failure: end.failure && cleanFailure(parts, one.trace.target, end.failure) };
  };
  let { failure, clock } = await forward(stream);
  noteHealth(input, stream, failure, clock);
  while (failure && mayBeRescued(call, failure) && !outOfBudget && !context.cancellation.isCancelled) {
    const { sent } = delivered;
    const rescued = await rescue({ ...input, printer, broken, sent });
    if (!rescued) break;
    last = rescued.stream;
    dropped = joined(dropped, rescued.dropped);
    delivered.continueWith(last);
    growth.moveTo(rescued.trace.target, delivered.characters);
    ({ failure, clock } = await forward(last));
    noteHealth(input, last, failure, clock);
  }
  relay.close();
  forget();
  dropped = joined(dropped, printer.lost);
  const ending = endingOf(failure, outOfBudget, context.cancellation.reason);
  const error = errorOf(ending, failure, last.trace);
  const names = namesOf(
    context,
    { id: broken.id, created: broken.createdSeconds, model: broken.model },
    committed,
  );
  const { finishReason, nativeFinishReason } = last.progress;
  const settled = await settle(parts, {
    ...input,
    ending,
    answer: { id: broken.id, finishReason, nativeFinishReason, parts: delivered.parts(failure === null) },
    dropped,
    status: 200,
    errorCode: error?.code ?? null,
    ...(kept && input.keptRequest
      ? { kept: { request: input.keptRequest, answer: keptStream(call, kept, names, finishReason) } }
      : {}),
  });
  if (ending.kind === 'client_left') return reply.destroy();
  if (error) return reply.end(printer.fail(error, names));
  const facts = factsOf({ ...input, dropped }, settled, names, finishReason, settled.overheadUs);
  reply.end(printer.close(facts));
}

function joined(names: readonly string[], more: readonly string[]): readonly string[] {
  return more.length === 0 ? names : [...new Set([...names, ...more])];
}

/** What upstreams leave out is ours. */
function namesOf(
  context: RequestContext,
  said: { id: string | null; created: number | null; model: string | null },
  committed: AttemptTrace,
): AnswerNames {
  return {
    id: said.id || context.id,
    requestId: context.id,
    createdSeconds: said.created || Math.floor(context.beganMs / 1000),
    model: said.model || committed.target.providerModel,
  };
}

/** @param overheadUs null where a header says it */
function factsOf(
  { principal, trail, committed, dropped }: RelayCall,
  settled: SettledCall,
  names: AnswerNames,
  finishReason: string | null,
  overheadUs: number | null,
): AnswerFacts {
  return {
    ...names,
    finishReason,
    usage: settled.usage,
    usageObject: usageObject(settled.usage, settled),
    additions: additionsOf({
      trail,
      committed,
      dropped,
      isRescued: settled.isRescued,
      overheadUs,
      policy: principal.policy,
    }),
  };
}

function keptStream(
  call: ReadyCall,
  kept: KeptAnswer,
  names: AnswerNames,
  finishReason: string | null,
): Buffer {
  return Buffer.from(JSON.stringify(call.client.assemble(kept.text(), { ...names, finishReason })));
}

function endingOf(
  failure: UpstreamFailure | null,
  outOfBudget: boolean,
  cancelled: CancelReason | null,
): CallEnding {
  if (outOfBudget) return { kind: 'out_of_budget' };
  if (failure === null) return { kind: 'finished' };
  // It left while the answer came, or while another target was looked for.
  if (cancelled === null) return { kind: 'cut' };
  return cancelled === 'gateway_lost' ? { kind: cancelled } : { kind: cancelled, committed: true };
}

/** What the end of a stream says about its target. */
function noteHealth(
  { parts: { engine, clock: time }, call }: RelayCall,
  { trace, progress }: ChatStream,
  failure: UpstreamFailure | null,
  clock: AttemptTrace['clock'],
): void {
  const { key } = trace.target;
  trace.failure = failure;
  trace.clock = clock;
  if (failure) return engine.breakers.failed(key, failure, time.now(), waitedFor(clock, call.timeouts));
  engine.breakers.succeeded(key);
  const { firstTokenMs, startedMs, endedMs } = trace;
  if (firstTokenMs === null || endedMs === null) return;
  const tokens = progress.usage?.['output.text'] ?? 0;
  engine.speeds.note(key, firstTokenMs - startedMs, tokens, endedMs - firstTokenMs);
}

function errorOf(
  ending: CallEnding,
  failure: UpstreamFailure | null,
  { target }: AttemptTrace,
): AppError | null {
  switch (ending.kind) {
    case 'finished':
      return null;
    case 'out_of_budget':
      return new AppError('budget_exceeded', {
        publicMessage: 'The answer has used up what the wallet or a budget allows.',
      });
    case 'client_left':
    case 'gateway_lost':
      return new AppError(ending.kind);
    case 'cut':
    case 'failed':
      return new AppError(failure ? CODE_OF_OUTCOME[failure.outcome] : 'provider_truncated', {
        metadata: {
          provider: target.offer.providerId,
          provider_code: failure?.providerCode ?? null,
        },
      });
  }
}
