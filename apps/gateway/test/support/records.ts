import type { BegunRecord, EndedRecord } from '@trunkline/contracts';
import { uuidv7 } from 'uuidv7';

export interface RecordOwner {
  walletId: string;
  organizationId: string;
  projectId: string;
  keyId: string;
}

const nobody: RecordOwner = {
  walletId: '00000000-0000-7000-8000-000000000001',
  organizationId: '00000000-0000-7000-8000-000000000002',
  projectId: '00000000-0000-7000-8000-000000000003',
  keyId: '00000000-0000-7000-8000-000000000004',
};

export function begunOf(id = uuidv7(), owner: RecordOwner = nobody): BegunRecord {
  const { walletId, organizationId, projectId, keyId } = owner;
  return {
    kind: 'begun',
    id,
    walletId,
    organizationId,
    projectId,
    keyId,
    memberId: null,
    requestedModel: 'acme/one',
    endpoint: 'chat',
    beganMs: Date.now(),
  };
}

/** A call that cost something, without lines. */
export function endedOf(
  id: string,
  costNanoUsd: bigint,
  owner: RecordOwner = nobody,
  budgets: EndedRecord['budgets'] = [],
): EndedRecord {
  const { walletId, organizationId, projectId, keyId } = owner;
  return {
    kind: 'ended',
    id,
    walletId,
    organizationId,
    projectId,
    keyId,
    memberId: null,
    clientRequestId: null,
    endUser: null,
    endpoint: 'chat',
    dialect: 'openai',
    stream: false,
    requestedModel: 'acme/one',
    policyVersionId: null,
    modelId: 'acme/one',
    providerId: 'acme',
    providerResponseId: null,
    status: 200,
    errorCode: null,
    billingReason: 'finished',
    finishReason: 'stop',
    nativeFinishReason: 'stop',
    rescued: false,
    dropped: [],
    tags: {},
    userAgent: null,
    promptTokens: 10,
    completionTokens: 20,
    cachedTokens: 0,
    reasoningTokens: 0,
    costNanoUsd: costNanoUsd.toString(),
    providerCostNanoUsd: '0',
    budgets,
    beganMs: Date.now(),
    firstTokenMs: 1,
    durationMs: 2,
    overheadUs: 3,
    attempts: [],
    lines: [],
  };
}
