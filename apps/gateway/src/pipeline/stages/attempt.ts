import type { ChatRequest } from '@trunkline/contracts';
import {
  authHeaders,
  namingModel,
  type ChatCall,
  type ProviderAdapter,
  type UpstreamRequest,
} from '@trunkline/providers';
import type { Target } from '@trunkline/routing';
import {
  runPlan,
  type AttemptResult,
  type AttemptTrace,
  type RunResult,
} from '../../failover/attempt-runner.js';
import { AttemptClocks, timeoutsFor } from '../../failover/clocks.js';
import type { WholeAnswer } from '../../doors/chat-door.js';
import { ChatBody } from '../../streaming/chat-body.js';
import { ChatStream } from '../../streaming/chat-stream.js';
import type { Origin } from '../../upstream/connection-pools.js';
import { localFailure } from '../../upstream/local-failure.js';
import { outgoingHeaders } from '../../upstream/outgoing-headers.js';
import type { ReadyCall } from '../call.js';
import type { GatewayParts } from '../gateway-parts.js';
import { newAttemptId } from '../new-id.js';
import type { RequestContext } from '../request-context.js';

/** What an attempt has for the client, and what its target did not get of the request. */
export interface Committed {
  readonly answer: { kind: 'stream'; stream: ChatStream } | { kind: 'whole'; whole: WholeAnswer };
  readonly dropped: readonly string[];
}

/** Asks targets in the order of the plan until one has something for the client. */
export function attempt(
  parts: GatewayParts,
  context: RequestContext,
  call: ReadyCall,
): Promise<RunResult<Committed>> {
  const [first] = call.plan.targets;
  const total = timeoutsFor(
    { stream: call.stream, reasons: first ? reasons(first) : false },
    call.timeouts,
  ).totalMs;
  const deadlineMs = context.startedMs + total;
  return runPlan({
    targets: call.plan.targets,
    clock: parts.clock,
    breakers: parts.engine.breakers,
    deadlineMs,
    cancellation: context.cancellation,
    random: Math.random,
    newTrace: (target, number) => newTrace(target, number, parts.clock.now()),
    send: (trace) => sendAttempt({ parts, context, call, trace, deadlineMs }),
  });
}

function reasons(target: Target): boolean {
  return target.model.capabilities['reasoning'] === true;
}

function newTrace(target: Target, number: number, startedMs: number): AttemptTrace {
  return {
    id: newAttemptId(),
    number,
    target,
    startedMs,
    dispatchedAtMs: Date.now(),
    connectedMs: null,
    headersMs: null,
    firstTokenMs: null,
    endedMs: null,
    statusCode: null,
    failure: null,
    clock: null,
    usage: null,
    committed: false,
  };
}

interface SendInput {
  readonly parts: GatewayParts;
  readonly context: RequestContext;
  readonly call: ReadyCall;
  readonly trace: AttemptTrace;
  readonly deadlineMs: number;
}

async function sendAttempt(input: SendInput): Promise<AttemptResult<Committed>> {
  const { parts, context, call, trace, deadlineMs } = input;
  const { target } = trace;
  const adapter = parts.engine.adapters.of(target.entry);
  const way = parts.engine.adapters.chatOf(target.entry, target.offer);
  if (!adapter || !way) return failed('model_unavailable', 'There is no adapter for this provider.');
  const chat = namingModel(way, target.providerModel);
  const built = chat.buildRequest(chatCall(call, target));
  if (built.kind === 'refused') return { kind: 'failed', failure: built.failure, clock: null };
  const origin = parts.engine.pools.of(target.entry.baseUrl);
  const auth = authOf(parts, adapter, target, origin, built.request);
  if (auth === null)
    return failed('credential_rejected', 'The credential is not known here, or cannot be sent.');
  const request = {
    method: 'POST' as const,
    path: built.request.path,
    headers: outgoingHeaders(built.request.headers, auth, trace.id),
    body: built.request.body,
  };
  const timeouts = timeoutsFor({ stream: call.stream, reasons: reasons(target) }, call.timeouts);
  const clocks = new AttemptClocks(timeouts, trace.startedMs, deadlineMs);
  const dropped = droppedOf(built.request.dropped, call);
  if (call.stream) {
    const source = call.client.newSource(chat);
    const stream = new ChatStream({ adapter: chat, source, clock: parts.clock, clocks, trace });
    const forget = context.cancellation.onCancel(() => stream.cancel());
    const result = await stream.send(origin, request);
    forget();
    return result.kind === 'failed'
      ? result
      : { kind: 'committed', answer: { answer: { kind: 'stream', stream }, dropped } };
  }
  const body = new ChatBody({
    adapter: chat,
    protocol: call.client.protocol,
    clock: parts.clock,
    clocks,
    trace,
  });
  const forget = context.cancellation.onCancel(() => body.cancel());
  const result = await body.send(origin, request);
  forget();
  return result.kind === 'failed'
    ? result
    : { kind: 'committed', answer: { answer: { kind: 'whole', whole: result.answer }, dropped } };
}

function failed(
  outcome: 'model_unavailable' | 'credential_rejected',
  message: string,
): AttemptResult<Committed> {
  return { kind: 'failed', failure: localFailure(outcome, message), clock: null };
}

function authOf(
  parts: GatewayParts,
  adapter: ProviderAdapter,
  target: Target,
  origin: Origin,
  { path, headers, body }: UpstreamRequest,
): Record<string, string> | null {
  const credential = target.credentialId === null ? null : parts.projections.credential(target.credentialId);
  const { region, baseUrl } = target.entry;
  try {
    return authHeaders(adapter.auth, credential, () => ({
      method: 'POST',
      origin: new URL(baseUrl).origin,
      path: origin.pathPrefix + path,
      headers,
      body,
      region,
      atMs: Date.now(),
    }));
  } catch {
    return null;
  }
}

function chatCall(call: ReadyCall, target: Target): ChatCall {
  const { native, protocol } = call.client;
  return {
    request: call.plan.thinking ? withThinking(call.request) : call.request,
    native: native && !call.plan.thinking ? { protocol, body: native } : null,
    model: target.providerModel,
    stream: call.stream,
    outputTokenLimit: affordableLimit(call, target),
    baseUrl: target.entry.baseUrl,
    maxOutputTokens: target.offer.maxOutputTokens ?? target.model.maxOutputTokens,
  };
}

/** What `:thinking` means: reasoning is on, unless the request says how. */
function withThinking(request: ChatRequest): ChatRequest {
  const isSaid = request.reasoning ?? request.reasoning_effort;
  return isSaid ? request : { ...request, reasoning: { enabled: true } };
}

/** The limit was cut at the first target's price; at a dearer one the same money pays for less. */
function affordableLimit(call: ReadyCall, target: Target): number | null {
  const limit = call.affordableTokens;
  const firstPrice = call.plan.targets[0]?.forecast.outputNanoUsdPerMillion ?? 0n;
  const price = target.forecast.outputNanoUsdPerMillion;
  if (limit === null || price <= firstPrice) return limit;
  return Math.max(1, Number((BigInt(limit) * firstPrice) / price));
}

function droppedOf(dropped: readonly string[], call: ReadyCall): readonly string[] {
  return call.affordableTokens === null ? dropped : [...dropped, 'max_tokens'];
}
