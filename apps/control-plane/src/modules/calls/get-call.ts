import { attemptSplice, uuidTime, ATTEMPT_OUTCOMES, CLOCKS } from '@trunkline/contracts';
import type { CallAttempt, CallDetail, CallLine } from '@trunkline/contracts/control-plane';
import { forOrganization, type Attempt, type CallLine as CallLineRow } from '@trunkline/prisma';
import { z } from 'zod';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';
import { policyOfVersion } from '../policies/index.js';
import { namesOf, toCall } from './call-row.js';

const outcome = z.enum(ATTEMPT_OUTCOMES).catch('transport');
const splice = attemptSplice.nullable().catch(null);
const clock = z.enum(CLOCKS).nullable().catch(null);
const tags = z.record(z.string(), z.string()).catch({});

/** One call with its attempts and cost lines. */
export async function getCall({ client }: Database, actor: MemberActor, callId: string): Promise<CallDetail> {
  const scoped = forOrganization(client, actor.organizationId);
  const createdAt = timeOf(callId);
  const [row, attempts, lines, bodies] = await Promise.all([
    scoped.call.findFirst({ where: { createdAt, id: callId } }),
    scoped.attempt.findMany({ where: { createdAt, callId }, orderBy: { number: 'asc' } }),
    scoped.callLine.findMany({ where: { createdAt, callId }, orderBy: { number: 'asc' } }),
    scoped.callBody.count({ where: { createdAt, callId } }),
  ]);
  if (!row) throw notFound('call');
  const versionIds = lines.flatMap(({ sellPriceVersionId }) => sellPriceVersionId ?? []);
  const [names, policy, versions] = await Promise.all([
    namesOf(scoped, [row]),
    policyOfVersion(scoped, row.policyVersionId),
    // Of no tenant; reached by ids from the tenant's own lines.
    client.priceVersion.findMany({
      where: { id: { in: versionIds } },
      select: { id: true, effectiveFrom: true },
    }),
  ]);
  const effective = new Map(versions.map((version) => [version.id, version.effectiveFrom.toISOString()]));
  return {
    ...toCall(row, names),
    clientRequestId: row.clientRequestId,
    providerResponseId: row.providerResponseId,
    nativeFinishReason: row.nativeFinishReason,
    rescued: row.rescued,
    policy,
    dropped: row.dropped,
    tags: tags.parse(row.tags),
    userAgent: row.userAgent,
    overheadUs: row.overheadUs,
    attempts: attempts.map(toAttempt),
    lines: lines.map((line) => toLine(line, effective)),
    bodiesKept: bodies > 0,
  };
}

/**
 * The time inside a call's id, by which its rows are found.
 * @throws ApiError `not_found` when it is not the id of a call
 */
export function timeOf(callId: string): Date {
  try {
    return uuidTime(callId);
  } catch {
    throw notFound('call');
  }
}

function toAttempt(row: Attempt): CallAttempt {
  return {
    id: row.id,
    number: row.number,
    providerId: row.providerId,
    entryId: row.entryId,
    offerId: row.offerId,
    modelId: row.modelId,
    providerModel: row.providerModel,
    region: row.region,
    reason: row.reason,
    outcome: outcome.parse(row.outcome),
    clock: clock.parse(row.clock),
    statusCode: row.statusCode,
    providerCode: row.providerCode,
    message: row.message,
    retryAfterMs: row.retryAfterMs,
    startedMs: row.startedMs,
    connectMs: row.connectMs,
    headersMs: row.headersMs,
    firstTokenMs: row.firstTokenMs,
    durationMs: row.durationMs,
    committed: row.committed,
    splice: splice.parse(row.splice),
  };
}

/** The customer's side of a line; what the call cost the platform is not his to see. */
function toLine(row: CallLineRow, effective: ReadonlyMap<string, string>): CallLine {
  return {
    number: row.number,
    attempt: row.attempt,
    bucket: row.bucket,
    units: row.units.toString(),
    nanoUsdPerMillion: row.sellNanoUsdPerMillion.toString(),
    costNanoUsd: row.costNanoUsd.toString(),
    priceVersionId: row.sellPriceVersionId,
    priceEffectiveFrom: (row.sellPriceVersionId && effective.get(row.sellPriceVersionId)) ?? null,
    unpriced: row.unpriced,
    counted: row.counted,
  };
}
