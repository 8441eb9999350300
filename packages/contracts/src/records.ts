import { z } from 'zod';
import { uuid } from './ids.js';
import { nanoUsdString } from './money.js';
import { ATTEMPT_OUTCOMES, BILLING_REASONS, CLOCKS } from './outcomes.js';
import { usageBucket } from './usage-buckets.js';

/**
 * What a gateway appends to its spool. A call leaves two records: `begun` when it is admitted, `ended` when it is
 * settled. Records are JSON, so that money is a string of digits and time is Unix milliseconds.
 */

const owner = {
  /** The request id: a UUIDv7. Rows take `created_at` from it. */
  id: uuid,
  walletId: uuid,
  organizationId: uuid,
  projectId: uuid,
  /** Null for the playground. */
  keyId: uuid.nullable(),
  memberId: uuid.nullable(),
};

export const begunRecord = z.strictObject({
  kind: z.literal('begun'),
  ...owner,
  requestedModel: z.string(),
  endpoint: z.string(),
  beganMs: z.int(),
});
export type BegunRecord = z.infer<typeof begunRecord>;

/** One bucket of one attempt: units × price / 10⁶, rounded half up, on both sides of the price book. */
export const usageLine = z.strictObject({
  attempt: z.int().positive(),
  bucket: usageBucket,
  units: z.int().positive(),
  sellPriceVersionId: uuid.nullable(),
  sellNanoUsdPerMillion: nanoUsdString,
  costNanoUsd: nanoUsdString,
  buyPriceVersionId: uuid.nullable(),
  buyNanoUsdPerMillion: nanoUsdString,
  providerCostNanoUsd: nanoUsdString,
  /** The bucket had no price: it cost 0 and an operator is told. */
  unpriced: z.boolean(),
  /** Units were counted by a tokenizer because the provider reported none. */
  counted: z.boolean(),
});
export type UsageLine = z.infer<typeof usageLine>;

/** How an attempt goes on with an answer of which another target sent the beginning. */
export const SPLICE_MODES = ['restart', 'prefill', 'instruction'] as const;
export const attemptSplice = z.strictObject({
  mode: z.enum(SPLICE_MODES),
  /** Characters of text that the client had when it began. */
  atCharacters: z.int().nonnegative(),
  /** Characters that it said again and that were left out. */
  skippedCharacters: z.int().nonnegative(),
});
export type AttemptSplice = z.infer<typeof attemptSplice>;

export const attemptRecord = z.strictObject({
  id: uuid,
  /** 1 for the first. */
  number: z.int().positive(),
  providerId: z.string(),
  entryId: uuid,
  offerId: z.string(),
  modelId: z.string(),
  /** The name that was sent upstream. */
  providerModel: z.string(),
  region: z.string().nullable(),
  credentialId: uuid.nullable(),
  /** Why this target stood in the plan. */
  reason: z.string(),
  outcome: z.enum(ATTEMPT_OUTCOMES),
  clock: z.enum(CLOCKS).nullable(),
  statusCode: z.int().nullable(),
  providerCode: z.string().nullable(),
  /** Scrubbed of secrets; for the log only. */
  message: z.string().nullable(),
  retryAfterMs: z.int().nullable(),
  /** Milliseconds after the call began at which the attempt was dispatched. */
  startedMs: z.int().nonnegative(),
  connectMs: z.int().nonnegative().nullable(),
  headersMs: z.int().nonnegative().nullable(),
  firstTokenMs: z.int().nonnegative().nullable(),
  durationMs: z.int().nonnegative(),
  /** True for the one whose content reached the client first. */
  committed: z.boolean(),
  /** How it went on with an answer that broke off; null for one that did not. */
  splice: attemptSplice.nullable().default(null),
});
export type AttemptRecord = z.infer<typeof attemptRecord>;

export const endedRecord = z.strictObject({
  kind: z.literal('ended'),
  ...owner,
  clientRequestId: z.string().nullable(),
  endUser: z.string().nullable(),
  endpoint: z.string(),
  dialect: z.string(),
  stream: z.boolean(),
  requestedModel: z.string(),
  /** The version of the policy that was in force; null without one. */
  policyVersionId: uuid.nullable().default(null),
  /** Of the committed target; null when none answered. */
  modelId: z.string().nullable(),
  providerId: z.string().nullable(),
  /** The id that the provider gave its answer. */
  providerResponseId: z.string().nullable(),
  /** HTTP status that the client got, 499 when it left before one. */
  status: z.int(),
  errorCode: z.string().nullable(),
  billingReason: z.enum(BILLING_REASONS),
  finishReason: z.string().nullable(),
  nativeFinishReason: z.string().nullable(),
  rescued: z.boolean(),
  dropped: z.array(z.string()),
  tags: z.record(z.string(), z.string()),
  userAgent: z.string().nullable(),
  promptTokens: z.int().nonnegative(),
  completionTokens: z.int().nonnegative(),
  cachedTokens: z.int().nonnegative(),
  reasoningTokens: z.int().nonnegative(),
  /** Sum of the lines: what the customer pays. */
  costNanoUsd: nanoUsdString,
  providerCostNanoUsd: nanoUsdString,
  /** Budgets and the period starts (Unix milliseconds) fixed at admission; each is charged `costNanoUsd`. */
  budgets: z.array(z.strictObject({ id: uuid, periodStartMs: z.int() })),
  beganMs: z.int(),
  firstTokenMs: z.int().nonnegative().nullable(),
  durationMs: z.int().nonnegative(),
  /** Time of the call that was ours, in microseconds. */
  overheadUs: z.int().nonnegative(),
  attempts: z.array(attemptRecord),
  lines: z.array(usageLine),
});
export type EndedRecord = z.infer<typeof endedRecord>;

export const spoolRecord = z.discriminatedUnion('kind', [begunRecord, endedRecord]);
export type SpoolRecord = z.infer<typeof spoolRecord>;
