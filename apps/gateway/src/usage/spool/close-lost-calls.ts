import { begunRecord, type EndedRecord } from '@trunkline/contracts';
import type { Spool } from './spool.js';

/**
 * Ends what an earlier owner of the spool had begun and not ended: the customer pays nothing, the reason is
 * `gateway_lost`. What was dispatched is known to nobody any more.
 * @returns how many calls were closed
 */
export function closeLostCalls(spool: Spool, nowMs: number): number {
  const lost = spool.openCalls.all();
  for (const frame of lost) spool.append(lostRecord(frame.payload, nowMs));
  return lost.length;
}

function lostRecord(begunText: string, nowMs: number): EndedRecord {
  const begun = begunRecord.parse(JSON.parse(begunText));
  return {
    kind: 'ended',
    id: begun.id,
    walletId: begun.walletId,
    organizationId: begun.organizationId,
    projectId: begun.projectId,
    keyId: begun.keyId,
    memberId: begun.memberId,
    clientRequestId: null,
    endUser: null,
    endpoint: begun.endpoint,
    dialect: 'openai',
    stream: false,
    requestedModel: begun.requestedModel,
    policyVersionId: null,
    modelId: null,
    providerId: null,
    providerResponseId: null,
    status: 502,
    errorCode: 'gateway_lost',
    billingReason: 'gateway_lost',
    finishReason: null,
    nativeFinishReason: null,
    rescued: false,
    dropped: [],
    tags: {},
    userAgent: null,
    promptTokens: 0,
    completionTokens: 0,
    cachedTokens: 0,
    reasoningTokens: 0,
    costNanoUsd: '0',
    providerCostNanoUsd: '0',
    budgets: [],
    beganMs: begun.beganMs,
    firstTokenMs: null,
    durationMs: Math.max(0, nowMs - begun.beganMs),
    overheadUs: 0,
    attempts: [],
    lines: [],
  };
}
