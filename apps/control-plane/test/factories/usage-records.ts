import { randomUUID } from 'node:crypto';
import type { EndedRecord, UsageLine } from '@trunkline/contracts';
import type { UsageBatch } from '@trunkline/queues';
import { uuidv7 } from 'uuidv7';

/** Whose a record is. */
export interface Owner {
  walletId: string;
  organizationId: string;
  projectId: string;
  keyId: string | null;
  memberId: string | null;
}

const ENTRY_ID = randomUUID();
const PRICE_IDS = { sell: randomUUID(), buy: randomUUID() };

export function newOwner(): Owner {
  const [walletId, organizationId, projectId, keyId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  return { walletId, organizationId, projectId, keyId, memberId: null };
}

/**
 * A finished call with one attempt and two lines.
 * @param costNanoUsd what the customer pays; we pay half of it
 */
export function endedRecord(
  owner: Owner,
  costNanoUsd: bigint,
  changes: Partial<EndedRecord> = {},
): EndedRecord {
  const output = costNanoUsd / 3n;
  const lines = [line('input.text', 120, costNanoUsd - output), line('output.text', 40, output)];
  const providerCost = lines.reduce((sum, item) => sum + BigInt(item.providerCostNanoUsd), 0n);
  const id = uuidv7();
  return {
    kind: 'ended',
    id,
    ...owner,
    clientRequestId: `client-${id}`,
    endUser: null,
    endpoint: 'chat',
    dialect: 'openai',
    stream: false,
    requestedModel: 'openai/gpt-4o-mini',
    policyVersionId: null,
    modelId: 'openai/gpt-4o-mini',
    providerId: 'openai',
    providerResponseId: `chatcmpl-${id}`,
    status: 200,
    errorCode: null,
    billingReason: 'finished',
    finishReason: 'stop',
    nativeFinishReason: 'stop',
    rescued: false,
    dropped: [],
    tags: { team: 'search' },
    userAgent: 'OpenAI/Python 2.1',
    promptTokens: 120,
    completionTokens: 40,
    cachedTokens: 0,
    reasoningTokens: 0,
    costNanoUsd: costNanoUsd.toString(),
    providerCostNanoUsd: providerCost.toString(),
    budgets: [],
    beganMs: Date.now(),
    firstTokenMs: 120,
    durationMs: 900,
    overheadUs: 700,
    attempts: [
      {
        id: uuidv7(),
        number: 1,
        providerId: 'openai',
        entryId: ENTRY_ID,
        offerId: 'openai/gpt-4o-mini@openai',
        modelId: 'openai/gpt-4o-mini',
        providerModel: 'gpt-4o-mini',
        region: null,
        credentialId: null,
        reason: 'cheapest',
        outcome: 'success',
        clock: null,
        statusCode: 200,
        providerCode: null,
        message: null,
        retryAfterMs: null,
        startedMs: 1,
        connectMs: 2,
        headersMs: 80,
        firstTokenMs: 119,
        durationMs: 898,
        committed: true,
        splice: null,
      },
    ],
    lines,
    ...changes,
  };
}

function line(bucket: UsageLine['bucket'], units: number, costNanoUsd: bigint): UsageLine {
  return {
    attempt: 1,
    bucket,
    units,
    sellPriceVersionId: PRICE_IDS.sell,
    sellNanoUsdPerMillion: '150000000',
    costNanoUsd: costNanoUsd.toString(),
    buyPriceVersionId: PRICE_IDS.buy,
    buyNanoUsdPerMillion: '75000000',
    providerCostNanoUsd: (costNanoUsd / 2n).toString(),
    unpriced: false,
    counted: false,
  };
}

/** A batch of records, which may be texts that are no records. */
export function batchOf(spool: string, from: number, records: readonly (object | string)[]): UsageBatch {
  const texts = records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record)));
  return { spool, from, to: from + texts.length, records: texts };
}
