import { AppError, CODE_OF_OUTCOME } from '@trunkline/errors';
import type { UpstreamFailure } from '@trunkline/contracts';
import type { AnswerProgress } from '@trunkline/providers';
import type { FastifyReply } from 'fastify';
import { HoldGrowth } from '../../billing/hold-growth.js';
import { KeptAnswer } from '../../billing/kept-answer.js';
import { usageObject } from '../../billing/usage-object.js';
import type { CallEnding } from '../../billing/who-pays.js';
import type { AnswerFacts, AnswerNames, WholeAnswer } from '../../doors/chat-door.js';
import type { AttemptTrace } from '../../failover/attempt-runner.js';
import { sendWhole, StreamReply } from '../../http/stream-reply.js';
import { answerHeaders } from '../../streaming/answer-headers.js';
import { additionsOf } from '../../streaming/answer-additions.js';
import { ChatRelay } from '../../streaming/chat-relay.js';
import type { ChatStream } from '../../streaming/chat-stream.js';
import type { ReadyCall } from '../call.js';
import type { GatewayParts } from '../gateway-parts.js';
import type { Principal } from '../ports.js';
import type { RequestContext } from '../request-context.js';
import { settle, type CommittedAnswer, type SettledCall } from './settle.js';

export interface RelayCall {
  readonly parts: GatewayParts;
  readonly context: RequestContext;
  readonly principal: Principal;
  readonly call: ReadyCall;
  readonly trail: readonly AttemptTrace[];
  readonly committed: AttemptTrace;
  readonly dropped: readonly string[];
  /** The request's body, where the project keeps bodies. */
  readonly keptRequest: Buffer | null;
  readonly reply: FastifyReply;
}

/** Sends a plain answer. It is settled before it goes out. */
export async function relayWhole(input: RelayCall, whole: WholeAnswer): Promise<void> {
  const { parts, context, call, trail, committed, reply } = input;
  parts.engine.breakers.succeeded(committed.target.key);
  const hasLeft = context.cancellation.isCancelled;
  const answer: CommittedAnswer = {
    id: whole.answer.id,
    usage: whole.usage,
    outputText: whole.outputText,
    reasoningText: whole.reasoningText,
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
    dropped: input.dropped,
    status: hasLeft ? 499 : 200,
    errorCode: hasLeft ? 'client_left' : null,
    ...(input.keptRequest
      ? { kept: { request: input.keptRequest, answer: Buffer.from(JSON.stringify(whole.answer)) } }
      : {}),
  });
  if (hasLeft) return;
  parts.engine.speeds.note(committed.target.key, (committed.endedMs ?? 0) - committed.startedMs, 0, 0);
  const names = namesOf(context, whole.answer, committed);
  const facts = factsOf(input, settled, names, answer.finishReason, null);
  sendWhole(
    reply,
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

/** Forwards a stream to its end. It is settled before its last frames go out. */
export async function relayStream(input: RelayCall, stream: ChatStream): Promise<void> {
  const { parts, context, call, trail, committed } = input;
  const reply = new StreamReply(input.reply);
  const kept = input.keptRequest ? new KeptAnswer() : null;
  let outOfBudget = false;
  const growth = new HoldGrowth(call.lease, committed.target, () => {
    outOfBudget = true;
    stream.cancel();
  });
  reply.begin(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    ...answerHeaders({
      requestId: context.id,
      target: committed.target,
      attempts: trail.length,
      limits: call.limits,
    }),
  });
  const relay = new ChatRelay({
    stream,
    reply,
    clock: parts.clock,
    onProgress: () => growth.note(stream.progress.outputText.length + stream.progress.reasoningText.length),
    tap: kept && ((bytes) => kept.add(bytes)),
  });
  const forget = context.cancellation.onCancel(() => relay.stop());
  const { failure, clock } = await relay.run();
  forget();
  const ending = endingOf(failure, outOfBudget, context.cancellation.isCancelled);
  noteHealth(input, stream, failure, clock);
  const error = errorOf(ending, failure, committed);
  const { progress, printer } = stream;
  const names = namesOf(
    context,
    { id: progress.id, created: progress.createdSeconds, model: progress.model },
    committed,
  );
  const settled = await settle(parts, {
    context,
    principal: input.principal,
    call,
    trail,
    ending,
    answer: progress,
    dropped: input.dropped,
    status: 200,
    errorCode: error?.code ?? null,
    ...(kept && input.keptRequest
      ? { kept: { request: input.keptRequest, answer: keptStream(call, kept, names, progress) } }
      : {}),
  });
  if (ending.kind === 'client_left') return reply.destroy();
  if (error) return reply.end(printer.fail(error, names));
  reply.end(printer.close(factsOf(input, settled, names, progress.finishReason, settled.overheadUs)));
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
  { trail, committed, dropped }: RelayCall,
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
    additions: additionsOf(trail, committed, dropped, overheadUs),
  };
}

function keptStream(
  call: ReadyCall,
  kept: KeptAnswer,
  names: AnswerNames,
  { finishReason }: AnswerProgress,
): Buffer {
  return Buffer.from(JSON.stringify(call.client.assemble(kept.text(), { ...names, finishReason })));
}

function endingOf(failure: UpstreamFailure | null, outOfBudget: boolean, hasLeft: boolean): CallEnding {
  if (outOfBudget) return { kind: 'out_of_budget' };
  if (failure === null) return { kind: 'finished' };
  return hasLeft && failure.outcome === 'cancelled'
    ? { kind: 'client_left', committed: true }
    : { kind: 'cut' };
}

/** What the committed attempt's end says about its target. */
function noteHealth(
  input: RelayCall,
  stream: ChatStream,
  failure: UpstreamFailure | null,
  clock: AttemptTrace['clock'],
): void {
  const { parts, committed } = input;
  committed.failure = failure;
  committed.clock = clock;
  if (failure) return parts.engine.breakers.failed(committed.target.key, failure, parts.clock.now());
  parts.engine.breakers.succeeded(committed.target.key);
  const { firstTokenMs, startedMs, endedMs } = committed;
  if (firstTokenMs === null || endedMs === null) return;
  const tokens = stream.progress.usage?.['output.text'] ?? 0;
  parts.engine.speeds.note(committed.target.key, firstTokenMs - startedMs, tokens, endedMs - firstTokenMs);
}

function errorOf(
  ending: CallEnding,
  failure: UpstreamFailure | null,
  committed: AttemptTrace,
): AppError | null {
  switch (ending.kind) {
    case 'finished':
      return null;
    case 'out_of_budget':
      return new AppError('budget_exceeded', {
        publicMessage: 'The answer has used up what the wallet or a budget allows.',
      });
    case 'client_left':
      return new AppError('client_left');
    case 'cut':
    case 'failed':
      return new AppError(failure ? CODE_OF_OUTCOME[failure.outcome] : 'provider_truncated', {
        metadata: {
          provider: committed.target.offer.providerId,
          provider_code: failure?.providerCode ?? null,
        },
      });
  }
}
