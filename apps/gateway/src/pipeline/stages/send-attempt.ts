import type { ChatRequest } from '@trunkline/contracts';
import { type AnswerProgress, type ChatAdapter, type ChatCall, type SentAnswer } from '@trunkline/providers';
import type { Target } from '@trunkline/routing';
import { estimateText } from '@trunkline/tokens';
import type { StreamPrinter, WholeAnswer } from '../../doors/chat-door.js';
import type { AttemptResult, AttemptTrace } from '../../failover/attempt-runner.js';
import type { Cancellation } from '../../failover/cancellation.js';
import { AttemptClocks, timeoutsFor } from '../../failover/clocks.js';
import { continuedRequest, type ContinuationMode } from '../../failover/rescue/continuation.js';
import { SentSpace } from '../../failover/rescue/sent-space.js';
import { Splicer } from '../../failover/rescue/splicer.js';
import { ChatStream } from '../../streaming/chat-stream.js';
import { ContinueSource } from '../../streaming/continue-source.js';
import { PlainBody } from '../../streaming/plain-body.js';
import { readWholeAnswer } from '../../streaming/read-whole-answer.js';
import { besideOrigin } from '../../upstream/beside-origin.js';
import { localFailure } from '../../upstream/local-failure.js';
import { outgoingHeaders } from '../../upstream/outgoing-headers.js';
import { authorizeTarget, forgetRefusedToken } from '../authorize-target.js';
import type { ReadyCall } from '../call.js';
import { withCleanFailure } from '../clean-failure.js';
import { deploymentOf } from '../deployment-of.js';
import type { GatewayParts } from '../gateway-parts.js';
import { pricingTarget } from '../pricing-target.js';
import { wayToChat } from '../way-to-chat.js';

/** What an attempt has for the client, and what its target did not get of the request. */
export interface Committed {
  readonly answer: { kind: 'stream'; stream: ChatStream } | { kind: 'whole'; whole: WholeAnswer };
  readonly dropped: readonly string[];
}

/** An answer that broke off, with which the attempt is to go on. */
export interface GoingOn {
  readonly mode: ContinuationMode;
  /** What the client has. */
  readonly sent: SentAnswer;
  readonly printer: StreamPrinter;
  /** What the first target said of its answer. */
  readonly broken: AnswerProgress;
}

export interface SendInput {
  readonly parts: GatewayParts;
  readonly call: ReadyCall;
  readonly trace: AttemptTrace;
  readonly deadlineMs: number;
  readonly cancellation: Cancellation;
  readonly goingOn: GoingOn | null;
}

/** Sends one attempt to its target. Never rejects. */
export function sendAttempt(input: SendInput): Promise<AttemptResult<Committed>> {
  return withCleanFailure(input.parts, input.trace.target, send(input));
}

async function send(input: SendInput): Promise<AttemptResult<Committed>> {
  const { parts, call, trace, deadlineMs, cancellation, goingOn } = input;
  const { target } = trace;
  const adapter = parts.engine.adapters.of(target.entry);
  const asSaid = chatCall(call, target, goingOn);
  const way = wayToChat(parts.engine.adapters, { target, client: call.client, call: asSaid, id: trace.id });
  if (!adapter || !way) return failed('model_unavailable', 'There is no adapter for this provider.');
  const { chat, built } = way;
  if (built.kind === 'refused') return { kind: 'failed', failure: built.failure, clock: null };
  const address = parts.engine.pools.of(target.entry.baseUrl, target.ownKey ? 'tenant' : 'operator');
  const origin = besideOrigin(address, built.request.besides);
  const timeouts = timeoutsFor({ stream: call.stream, reasons: reasons(target) }, call.timeouts);
  const untilMs = Math.min(trace.startedMs + timeouts.firstTokenMs, deadlineMs);
  const asked = { parts, adapter, target, origin, request: built.request, cancellation, untilMs };
  const authorized = authorizeTarget(asked);
  const isFetched = authorized instanceof Promise;
  const auth = isFetched ? await authorized : authorized;
  if (auth.kind === 'failed') return { kind: 'failed', failure: auth.failure, clock: null };
  const request = {
    method: 'POST' as const,
    path: built.request.path,
    headers: outgoingHeaders(built.request.headers, auth.headers, trace.id),
    body: built.request.body,
  };
  // The time that a token took is not the connection's.
  const startedMs = isFetched ? parts.clock.now() : trace.startedMs;
  const clocks = new AttemptClocks(timeouts, startedMs, deadlineMs);
  const dropped = droppedOf(
    [...inOwnWords(built.request.dropped, chat, call), ...uncarriedBy(chat, call)],
    call,
    target,
  );
  if (call.stream) {
    const source = goingOn ? continueSource(chat, goingOn) : call.client.newSource(chat);
    const holdBack = goingOn ? null : call.holdBack;
    const stream = new ChatStream({ adapter: chat, source, clock: parts.clock, clocks, trace, holdBack });
    const forget = cancellation.onCancel(() => stream.cancel());
    const result = await stream.send(origin, request);
    forget();
    if (result.kind === 'failed') forgetRefusedToken(parts, target, result.failure.outcome);
    return result.kind === 'failed'
      ? result
      : { kind: 'committed', answer: { answer: { kind: 'stream', stream }, dropped } };
  }
  const classify = chat.classifyFailure.bind(chat);
  const body = new PlainBody({ classify, clock: parts.clock, clocks, trace });
  const forget = cancellation.onCancel(() => body.cancel());
  const read = await body.send(origin, request);
  forget();
  const { protocol } = call.client;
  const expected = { adapter: chat, protocol, trace, check: call.outputCheck, nowMs: parts.clock.now() };
  const result = read.kind === 'failed' ? read : readWholeAnswer(read.body, expected);
  if (result.kind === 'failed') forgetRefusedToken(parts, target, result.failure.outcome);
  return result.kind === 'failed'
    ? result
    : { kind: 'committed', answer: { answer: { kind: 'whole', whole: result.answer }, dropped } };
}

/** Whether the target's model may think long before it says a word. */
export function reasons(target: Target): boolean {
  return target.model.capabilities['reasoning'] === true;
}

function failed(
  outcome: 'model_unavailable' | 'credential_rejected',
  message: string,
): AttemptResult<Committed> {
  return { kind: 'failed', failure: localFailure(outcome, message), clock: null };
}

function continueSource(chat: ChatAdapter, { mode, sent, printer, broken }: GoingOn): ContinueSource {
  const isAnew = mode === 'restart';
  const splicer = isAnew ? null : new Splicer(sent.text, mode);
  const sentSpace = new SentSpace(isAnew ? sent.text : '');
  const { reasoningBlocks } = sent;
  return new ContinueSource({
    decoder: chat.decoder({ choices: 1 }),
    printer,
    broken,
    splicer,
    sentSpace,
    reasoningBlocks,
  });
}

function chatCall(call: ReadyCall, target: Target, goingOn: GoingOn | null): ChatCall {
  const { native, nativeHeaders: headers, nativeOnly, protocol } = call.client;
  const request = call.plan.thinking ? withThinking(call.request) : call.request;
  // What only this protocol can carry must not be lost for the wish to think, which the adapter sees in `request`.
  const mayBeAsSent = !call.plan.thinking || Boolean(nativeOnly);
  const isAsSent = mayBeAsSent && (goingOn === null || goingOn.mode === 'restart');
  return {
    request: goingOn ? continuedRequest(request, goingOn.sent.text, goingOn.mode) : request,
    native: native && isAsSent ? { protocol, body: native, ...(headers ? { headers } : {}) } : null,
    model: target.providerModel,
    deployment: deploymentOf(target),
    stream: call.stream,
    outputTokenLimit: smaller(remainingLimit(call, target, goingOn), offerLimit(call, target)),
    baseUrl: target.entry.baseUrl,
    maxOutputTokens: target.offer.maxOutputTokens ?? target.model.maxOutputTokens,
    ownCredential: target.ownKey,
  };
}

/** Tokens that an instruction asks for again. */
const REPEATED_TOKENS = 32;

/** What is left of the token limit for an answer that goes on. */
function remainingLimit(call: ReadyCall, target: Target, goingOn: GoingOn | null): number | null {
  const affordable = affordableLimit(call, target);
  const limit = affordable ?? call.outputTokenLimit;
  if (goingOn === null || goingOn.mode === 'restart' || limit === null) return affordable;
  const repeated = goingOn.mode === 'instruction' ? REPEATED_TOKENS : 0;
  return Math.max(1, limit - Math.floor(estimateText(goingOn.sent.text)) + repeated);
}

/** What `:thinking` means: reasoning is on, unless the request says how. */
function withThinking(request: ChatRequest): ChatRequest {
  const isSaid = request.reasoning ?? request.reasoning_effort;
  return isSaid ? request : { ...request, reasoning: { enabled: true } };
}

/** The limit was cut at the price of the lease; at a dearer target the same money pays for less, at a free one for all. */
function affordableLimit(call: ReadyCall, target: Target): number | null {
  const limit = call.affordableTokens;
  const firstPrice = pricingTarget(call.plan).forecast.outputNanoUsdPerMillion;
  const price = target.forecast.outputNanoUsdPerMillion;
  if (limit === null || price === 0n) return null;
  if (price <= firstPrice) return limit;
  return Math.max(1, Number((BigInt(limit) * firstPrice) / price));
}

/** What stands in messages and tools, where the client put it; parameters are called as in chat. */
function inOwnWords(dropped: readonly string[], chat: ChatAdapter, { client }: ReadyCall): readonly string[] {
  if (chat.protocol === client.protocol || !client.memberOf) return dropped;
  return dropped.map((name) =>
    /^(?:(?:messages|tools)\[|web_search_options\b)/.test(name) ? (client.memberOf?.(name) ?? name) : name,
  );
}

/** What the canonical form has no place for reaches upstreams of the client's own protocol alone. */
function uncarriedBy(chat: ChatAdapter, { client }: ReadyCall): readonly string[] {
  return chat.protocol === client.protocol ? [] : (client.uncarried?.() ?? []);
}

/** The offer's maximum where the client asks for more, as clients of another maker's models do: many refuse that. */
function offerLimit(call: ReadyCall, target: Target): number | null {
  const most = target.offer.maxOutputTokens ?? target.model.maxOutputTokens;
  return most !== null && call.outputTokenLimit !== null && call.outputTokenLimit > most ? most : null;
}

function smaller(left: number | null, right: number | null): number | null {
  if (left === null) return right;
  return right === null ? left : Math.min(left, right);
}

function droppedOf(dropped: readonly string[], call: ReadyCall, target: Target): readonly string[] {
  const isCut = affordableLimit(call, target) !== null || offerLimit(call, target) !== null;
  return isCut && !dropped.includes('max_tokens') ? [...dropped, 'max_tokens'] : dropped;
}
