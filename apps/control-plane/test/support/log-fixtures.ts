import { LATENCY_BOUNDS_MS, latencyBucket, uuidTime } from '@trunkline/contracts';
import type { Organization } from '@trunkline/contracts/control-plane';
import type { Prisma } from '@trunkline/prisma';
import { uuidv7, V7Generator } from 'uuidv7';
import type { Database } from '../../src/database/database.module.js';

type Client = Database['client'];
type CallFields = Partial<Omit<Prisma.CallUncheckedCreateInput, 'createdAt' | 'organizationId'>> & {
  at?: Date;
};

const generator = new V7Generator();

/** The id of a call that began then. */
export function callIdAt(at: Date): string {
  return generator.generateOrResetCore(at.getTime(), 0).toString();
}

/** Writes a call with one attempt and one line, as the worker does. */
export async function insertCall(
  client: Client,
  organization: Organization,
  { at, ...fields }: CallFields = {},
) {
  const id = fields.id ?? callIdAt(at ?? new Date());
  const createdAt = uuidTime(id);
  await client.$queryRaw`SELECT ensure_month_partitions(${createdAt}, 0)`;
  const { id: organizationId, walletId, defaultProjectId: projectId } = organization;
  const attemptId = uuidv7();
  const call = await client.call.create({
    data: {
      ...{ createdAt, organizationId, projectId, walletId },
      ...{ endpoint: 'chat', dialect: 'openai', stream: false, requestedModel: 'openai/gpt-4o-mini' },
      ...{ modelId: 'openai/gpt-4o-mini', providerId: 'openai', status: 200, billingReason: 'finished' },
      ...{ rescued: false, dropped: [], tags: {}, attemptCount: 1, promptTokens: 10, completionTokens: 5 },
      ...{ cachedTokens: 0, reasoningTokens: 0, costNanoUsd: 4_500n, providerCostNanoUsd: 4_500n },
      ...{ firstTokenMs: 120, durationMs: 400, overheadUs: 300, spoolId: 'node-0', spoolNumber: 1n },
      ...fields,
      id,
    },
  });
  await client.attempt.create({
    data: {
      ...{ createdAt, callId: id, number: 1, id: attemptId, organizationId, providerId: 'openai' },
      ...{ entryId: uuidv7(), offerId: 'openai/gpt-4o-mini@openai', modelId: 'openai/gpt-4o-mini' },
      ...{ providerModel: 'gpt-4o-mini', reason: 'first', outcome: 'success', startedMs: 1, durationMs: 399 },
      ...{ firstTokenMs: 119, committed: true },
    },
  });
  await client.callLine.create({
    data: {
      ...{ createdAt, callId: id, number: 1, organizationId, attempt: 1, bucket: 'input.text', units: 10n },
      ...{ sellNanoUsdPerMillion: 150_000_000n, costNanoUsd: 1_500n, buyNanoUsdPerMillion: 150_000_000n },
      ...{ providerCostNanoUsd: 1_500n, unpriced: false, counted: false },
    },
  });
  return { ...call, attemptId };
}

const NIL = '00000000-0000-0000-0000-000000000000';

/** Writes a quarter of an hour of usage. `firstTokensMs` are the first tokens of its calls. */
export async function insertRollup(
  client: Client,
  organization: Organization,
  rollup: {
    at: Date;
    modelId?: string;
    providerId?: string;
    keyId?: string;
    errors?: bigint;
    failedOver?: bigint;
    costNanoUsd?: bigint;
    firstTokensMs: number[];
  },
): Promise<void> {
  const { at, firstTokensMs, ...fields } = rollup;
  const histogram = Array.from({ length: LATENCY_BOUNDS_MS.length + 1 }, () => 0n);
  for (const latencyMs of firstTokensMs) {
    const bucket = latencyBucket(latencyMs);
    histogram[bucket] = (histogram[bucket] ?? 0n) + 1n;
  }
  await client.usageRollup.create({
    data: {
      bucketStart: new Date(Math.floor(at.getTime() / 900_000) * 900_000),
      ...{
        organizationId: organization.id,
        projectId: organization.defaultProjectId,
        keyId: NIL,
        memberId: NIL,
      },
      ...{ modelId: 'openai/gpt-4o-mini', providerId: 'openai', calls: BigInt(firstTokensMs.length) },
      firstTokenHistogram: histogram,
      durationHistogram: histogram,
      ...fields,
    },
  });
}
