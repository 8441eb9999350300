import { AppError, CODE_OF_OUTCOME } from '@trunkline/errors';
import type { UpstreamFailure } from '@trunkline/contracts';
import type { EndpointFacts, PieceContinuation, PieceKeeper } from '../../doors/endpoint-door.js';
import { waitedFor } from '../../failover/breakers/fair-wait.js';
import type { AttemptTrace } from '../../failover/attempt-runner.js';
import type { StreamReply } from '../../http/stream-reply.js';
import { toUsdNumber } from '@trunkline/contracts';
import { additionsOf } from '../../streaming/answer-additions.js';
import { answerHeaders } from '../../streaming/answer-headers.js';
import type { EndpointStream } from '../../streaming/endpoint-stream.js';
import { PieceRelay } from '../../streaming/piece-relay.js';
import type { ReadyEndpointCall } from '../endpoint-call.js';
import type { GatewayParts } from '../gateway-parts.js';
import type { Principal } from '../ports.js';
import { cleanFailure } from '../clean-failure.js';
import type { RequestContext } from '../request-context.js';
import type { CommittedEndpoint } from './attempt-endpoint.js';
import type { SettledCall } from './settle.js';
import { mayBeRescued } from './rescue.js';
import { rescueEndpoint } from './rescue-endpoint.js';
import { endingOf, settleEndpoint, type EndpointPart } from './settle-endpoint.js';

export interface RelayEndpoint<Request, Answer> {
  readonly parts: GatewayParts;
  readonly context: RequestContext;
  readonly principal: Principal;
  readonly call: ReadyEndpointCall<Request, Answer>;
  readonly trail: AttemptTrace[];
  readonly committed: AttemptTrace;
  /** When the total clock runs out. */
  readonly deadlineMs: number;
  readonly dropped: readonly string[];
  /** The request as the log keeps it, where the project keeps bodies. */
  readonly keptRequest: Buffer | null;
  readonly reply: StreamReply;
}

type Whole<Answer> = Extract<CommittedEndpoint<Answer>, { kind: 'whole' }>;

/** Sends an answer that came whole. It is settled before it goes out. */
export async function relayWholeEndpoint<Request, Answer>(
  input: RelayEndpoint<Request, Answer>,
  whole: Whole<Answer>,
): Promise<void> {
  const { parts, context, call, committed, reply, keptRequest } = input;
  const { answer, id, usage } = whole;
  const hasLeft = context.cancellation.isCancelled;
  const settled = await settleEndpoint(parts, {
    ...input,
    // The whole answer was there and nobody to take it: the client left before the commit.
    ending: hasLeft ? { kind: 'client_left', committed: false } : { kind: 'finished' },
    committed: { id, parts: [{ trace: committed, usage, answer, isWhole: true }] },
    status: hasLeft ? 499 : 200,
    errorCode: hasLeft ? 'client_left' : null,
    ...(keptRequest
      ? { kept: { request: keptRequest, answer: Buffer.from(JSON.stringify(call.client.kept(answer))) } }
      : {}),
  });
  if (hasLeft) return;
  parts.engine.speeds.note(committed.target.key, (committed.endedMs ?? 0) - committed.startedMs, 0, 0);
  const printed = call.client.printWhole(answer, factsOf(input, id, settled, null));
  reply.sendWhole(
    200,
    {
      ...headersOf(input),
      'x-trunkline-cost': String(toUsdNumber(settled.costNanoUsd)),
      'x-trunkline-overhead-ms': (settled.overheadUs / 1000).toFixed(1),
      'content-type': printed.contentType,
    },
    printed.body,
  );
}

/**
 * Forwards an answer in pieces to its end, and further streams that go on where one of text broke off. It is settled
 * before its last bytes go out.
 */
export async function relayPieces<Request, Answer>(
  input: RelayEndpoint<Request, Answer>,
  stream: EndpointStream,
): Promise<void> {
  const { parts, context, call, committed, reply, keptRequest } = input;
  const printer = call.client.newPrinter();
  const keeper = call.client.newKeeper?.() ?? null;
  reply.begin(200, {
    'content-type': printer.contentType,
    'cache-control': 'no-cache',
    ...headersOf(input),
  });
  const relay = new PieceRelay({ printer, reply, clock: parts.clock, note: (piece) => keeper?.note(piece) });
  const forget = context.cancellation.onCancel(() => relay.stop());
  const given: EndpointPart<Answer>[] = [];
  let { dropped } = input;
  let last = committed;
  const forward = async (one: EndpointStream, continuation: PieceContinuation<Request> | null) => {
    const { failure: raw, clock } = await relay.forward(
      one,
      continuation && ((piece) => continuation.joined(piece)),
    );
    const failure = raw && cleanFailure(parts, last.target, raw);
    noteHealth(input, last, failure, clock);
    const skippedCharacters = continuation?.skippedCharacters ?? 0;
    if (last.splice) last.splice = { ...last.splice, skippedCharacters };
    given.push({
      trace: last,
      usage: one.reader.usage,
      answer: keeper?.takePart() ?? null,
      isWhole: failure === null && skippedCharacters === 0,
    });
    return failure;
  };
  let failure = await forward(stream, null);
  while (failure && mayBeRescued(call, failure) && !context.cancellation.isCancelled) {
    const continuation = keeper?.continuation() ?? null;
    const rescued = continuation && (await rescueEndpoint(input, continuation));
    if (!rescued) break;
    last = rescued.trace;
    dropped = [...new Set([...dropped, ...rescued.dropped])];
    failure = await forward(rescued.stream, continuation);
  }
  relay.close();
  forget();
  const ending = endingOf(failure, context.cancellation.isCancelled);
  const error = ending.kind === 'finished' ? null : errorOf(ending.kind === 'client_left', failure, last);
  const settled = await settleEndpoint(parts, {
    ...input,
    dropped,
    ending,
    committed: { id: null, parts: given },
    status: 200,
    errorCode: error?.code ?? null,
    ...(keptRequest ? { kept: { request: keptRequest, answer: keptPieces(call, keeper) } } : {}),
  });
  if (ending.kind === 'client_left') return reply.destroy();
  if (!error)
    return reply.end(printer.close(factsOf({ ...input, dropped }, null, settled, settled.overheadUs)));
  const lastBytes = printer.fail(error);
  if (lastBytes === null) reply.destroy();
  else reply.end(lastBytes);
}

/** Sound is not kept. */
function keptPieces<Request, Answer>(
  { client }: ReadyEndpointCall<Request, Answer>,
  keeper: PieceKeeper<Request, Answer> | null,
): Buffer {
  return Buffer.from(JSON.stringify(keeper ? client.kept(keeper.whole) : null));
}

/** What the end of a stream says about its target. */
function noteHealth<Request, Answer>(
  { parts: { engine, clock: time }, call }: RelayEndpoint<Request, Answer>,
  trace: AttemptTrace,
  failure: UpstreamFailure | null,
  clock: AttemptTrace['clock'],
): void {
  const { key } = trace.target;
  trace.failure = failure;
  trace.clock = clock;
  if (failure) engine.breakers.failed(key, failure, time.now(), waitedFor(clock, call.timeouts));
  else engine.breakers.succeeded(key);
}

function headersOf<Request, Answer>(input: RelayEndpoint<Request, Answer>): Record<string, string> {
  const { context, committed, trail, call } = input;
  return answerHeaders({
    requestId: context.id,
    target: committed.target,
    attempts: trail.length,
    limits: call.limits,
  });
}

/** @param overheadUs null where a header says it */
function factsOf<Request, Answer>(
  { context, principal, trail, committed, dropped }: RelayEndpoint<Request, Answer>,
  id: string | null,
  settled: SettledCall,
  overheadUs: number | null,
): EndpointFacts {
  return {
    id: id ?? context.id,
    createdSeconds: Math.floor(context.beganMs / 1000),
    model: committed.target.providerModel,
    usage: settled.usage,
    costs: settled,
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

function errorOf(hasLeft: boolean, failure: UpstreamFailure | null, committed: AttemptTrace): AppError {
  if (hasLeft) return new AppError('client_left');
  return new AppError(failure ? CODE_OF_OUTCOME[failure.outcome] : 'provider_truncated', {
    metadata: {
      provider: committed.target.offer.providerId,
      provider_code: failure?.providerCode ?? null,
    },
  });
}
