import {
  completionTokens,
  promptTokens,
  tokensOf,
  type AttemptRecord,
  type ChatRequest,
  type EndedRecord,
  type Endpoint,
  type Usage,
  type UsageLine,
} from '@trunkline/contracts';
import type { ErrorCode } from '@trunkline/errors';
import { usageOf, usageShares, type AnswerPart, type UsageShares } from '../../billing/answer-usage.js';
import { priceAttempts } from '../../billing/price-attempts.js';
import { whoPays, type CallEnding, type Charge } from '../../billing/who-pays.js';
import type { AttemptTrace } from '../../failover/attempt-runner.js';
import type { ReadyCall } from '../call.js';
import { callTags } from '../call-tags.js';
import type { GatewayParts } from '../gateway-parts.js';
import type { Principal } from '../ports.js';
import type { RequestContext } from '../request-context.js';

/** What the answer that reached the client says of itself. */
export interface CommittedAnswer {
  /** One for each attempt that wrote of it, in order. */
  readonly parts: readonly AnswerPart[];
  readonly id: string | null;
  readonly finishReason: string | null;
  readonly nativeFinishReason: string | null;
}

/** What a record says of any call, whichever endpoint it asks. */
export interface SettledFacts extends Pick<ReadyCall, 'lease' | 'requested' | 'stream'> {
  readonly client: { readonly endpoint: Endpoint };
  readonly request: Pick<ChatRequest, 'user' | 'metadata'>;
}

export interface SettleInput<Call extends SettledFacts = ReadyCall> {
  readonly context: RequestContext;
  readonly principal: Principal;
  readonly call: Call;
  readonly trail: readonly AttemptTrace[];
  readonly ending: CallEnding;
  /** Null when nothing was committed. */
  readonly answer: CommittedAnswer | null;
  readonly dropped: readonly string[];
  /** Status that the client got. */
  readonly status: number;
  readonly errorCode: ErrorCode | null;
  readonly kept?: { request: Buffer; answer: Buffer };
}

export interface SettledCall {
  readonly usage: Usage;
  readonly lines: readonly UsageLine[];
  readonly costNanoUsd: bigint;
  /** What providers charge the tenant directly; null when none of its own keys was used. */
  readonly ownKeyCostNanoUsd: bigint | null;
  readonly overheadUs: number;
  /** More than one target wrote of the answer. */
  readonly isRescued: boolean;
}

/**
 * Writes the call's record. Resolves when it is in the spool, which is before the answer's last bytes may go out.
 * Every admitted call comes here exactly once, however it ended.
 */
export function settle(parts: GatewayParts, input: SettleInput): Promise<SettledCall> {
  const { answer, trail, call } = input;
  return settleShares(parts, input, (charge) =>
    usageShares(answer?.parts ?? [], trail, call.request, charge),
  );
}

/**
 * The same for a call of any endpoint.
 * @param sharesOf what each attempt used, as far as it is the customer's
 */
export async function settleShares<Call extends SettledFacts>(
  parts: GatewayParts,
  input: SettleInput<Call>,
  sharesOf: (charge: Charge) => Promise<UsageShares>,
): Promise<SettledCall> {
  const { context, principal, call, trail } = input;
  const endedMs = parts.clock.now();
  const { reason, customerPays } = whoPays(input.ending);
  const { parts: answerParts = [] } = input.answer ?? {};
  const isRescued = answerParts.length > 1 && input.ending.kind !== 'cut';
  const shares = await sharesOf(customerPays);
  const priced = priceAttempts(
    parts.projections.catalog(),
    principal.organization,
    trail,
    shares,
    customerPays !== 'nothing',
  );
  const usage = usageOf(answerParts, shares);
  const durationMs = endedMs - context.startedMs;
  const overheadUs = Math.max(0, Math.round((durationMs - upstreamMs(trail, endedMs)) * 1000));
  const committed = trail.find((trace) => trace.committed);
  const record: EndedRecord = {
    kind: 'ended',
    id: context.id,
    walletId: principal.organization.walletId,
    organizationId: principal.organization.id,
    projectId: principal.project.id,
    keyId: principal.key?.id ?? null,
    memberId: principal.key ? principal.key.memberId : (principal.member?.id ?? null),
    clientRequestId: context.clientRequestId,
    endUser: call.request.user?.slice(0, 256) ?? null,
    endpoint: call.client.endpoint,
    dialect: context.dialect,
    stream: call.stream,
    requestedModel: call.requested[0] ?? '',
    policyVersionId: principal.policy?.versionId ?? null,
    modelId: committed?.target.model.id ?? null,
    providerId: committed?.target.offer.providerId ?? null,
    providerResponseId: input.answer?.id ?? null,
    status: input.status,
    errorCode: input.errorCode,
    billingReason: reason,
    finishReason: input.answer?.finishReason ?? null,
    nativeFinishReason: input.answer?.nativeFinishReason ?? null,
    rescued: isRescued,
    dropped: [...input.dropped],
    tags: callTags(context, call.request.metadata),
    userAgent: context.userAgent,
    promptTokens: promptTokens(usage),
    completionTokens: completionTokens(usage),
    cachedTokens: tokensOf(usage, 'cache_read'),
    reasoningTokens: tokensOf(usage, 'reasoning'),
    costNanoUsd: priced.costNanoUsd.toString(),
    providerCostNanoUsd: priced.providerCostNanoUsd.toString(),
    budgets: call.lease.budgets,
    beganMs: context.beganMs,
    firstTokenMs: since(context, committed?.firstTokenMs ?? null),
    durationMs: Math.round(durationMs),
    overheadUs,
    attempts: trail.map((trace) => attemptRecord(context, trace, endedMs)),
    lines: priced.lines,
  };
  parts.metrics.callEnded(record);
  await parts.settlement.settle(call.lease, record, input.kept);
  const { lines, costNanoUsd, ownKeyCostNanoUsd } = priced;
  return { usage, lines, costNanoUsd, ownKeyCostNanoUsd, overheadUs, isRescued };
}

function upstreamMs(trail: readonly AttemptTrace[], nowMs: number): number {
  let sum = 0;
  for (const trace of trail) sum += (trace.endedMs ?? nowMs) - trace.startedMs;
  return sum;
}

function since(context: RequestContext, atMs: number | null): number | null {
  return atMs === null ? null : Math.max(0, Math.round(atMs - context.startedMs));
}

function attemptRecord(context: RequestContext, trace: AttemptTrace, nowMs: number): AttemptRecord {
  const { target, failure } = trace;
  const sinceStart = (atMs: number | null) =>
    atMs === null ? null : Math.max(0, Math.round(atMs - trace.startedMs));
  return {
    id: trace.id,
    number: trace.number,
    providerId: target.offer.providerId,
    entryId: target.entry.id,
    offerId: target.offer.id,
    modelId: target.model.id,
    providerModel: target.providerModel,
    region: target.entry.region,
    credentialId: target.credentialId,
    reason: trace.isHedge ? 'hedge' : target.reason,
    outcome: failure?.outcome ?? 'success',
    clock: trace.clock,
    statusCode: trace.statusCode,
    providerCode: failure?.providerCode?.slice(0, 200) ?? null,
    message: failure?.message.slice(0, 2_000) ?? null,
    retryAfterMs: failure?.retryAfterMs ?? null,
    startedMs: Math.max(0, Math.round(trace.startedMs - context.startedMs)),
    connectMs: sinceStart(trace.connectedMs),
    headersMs: sinceStart(trace.headersMs),
    firstTokenMs: sinceStart(trace.firstTokenMs),
    durationMs: Math.max(0, Math.round((trace.endedMs ?? nowMs) - trace.startedMs)),
    committed: trace.committed,
    splice: trace.splice,
  };
}
