import { z } from 'zod';
import { uuid } from '../ids.js';
import { nanoUsdString } from '../money.js';
import { attemptSplice } from '../records.js';
import { ATTEMPT_OUTCOMES, BILLING_REASONS, CLOCKS } from '../outcomes.js';
import { oneOrMore, organizationPath, pageSize, queryFlag, timestamp } from './fields.js';
import { component } from './registry.js';

const callFields = {
  /** The request id. */
  id: uuid,
  createdAt: timestamp,
  projectId: uuid,
  projectName: z.string().nullable(),
  /** Null for the playground. */
  keyId: uuid.nullable(),
  keyName: z.string().nullable(),
  memberId: uuid.nullable(),
  memberName: z.string().nullable(),
  endUser: z.string().nullable(),
  endpoint: z.string(),
  dialect: z.string(),
  stream: z.boolean(),
  requestedModel: z.string(),
  modelId: z.string().nullable(),
  providerId: z.string().nullable(),
  /** What the client got; 499 when it left before a status. */
  status: z.int(),
  errorCode: z.string().nullable(),
  billingReason: z.enum(BILLING_REASONS),
  finishReason: z.string().nullable(),
  attemptCount: z.int(),
  /** Answered although an attempt failed. */
  failedOver: z.boolean(),
  promptTokens: z.int(),
  completionTokens: z.int(),
  cachedTokens: z.int(),
  reasoningTokens: z.int(),
  costNanoUsd: nanoUsdString,
  firstTokenMs: z.int().nullable(),
  durationMs: z.int(),
};

/** A row of the request log. */
export const call = component('Call', z.object(callFields));
export type Call = z.infer<typeof call>;

export const callPage = component(
  'CallPage',
  z.object({
    /** Newest first. */
    items: z.array(call),
    nextCursor: z.string().nullable(),
    /** Pass it as `after` to get what has ended since; rows may come twice, so keep them by id. */
    tailCursor: z.string(),
  }),
);
export type CallPage = z.infer<typeof callPage>;

/** A class (`2xx`, `4xx`, `5xx`) or one status. */
const statusFilter = z
  .string()
  .regex(/^(?:[245]xx|[1-5]\d\d)$/, 'a class such as 4xx or a status such as 429');
const name = z.string().min(1).max(200);
const milliseconds = z.coerce.number().int().min(0).max(86_400_000);

export const listCallsQuery = z.strictObject({
  from: timestamp.optional(),
  to: timestamp.optional(),
  projectId: uuid.optional(),
  status: oneOrMore(statusFilter).optional(),
  errorCode: oneOrMore(name).optional(),
  billingReason: oneOrMore(z.enum(BILLING_REASONS)).optional(),
  /** Model that was asked for or that answered. */
  model: oneOrMore(name).optional(),
  provider: oneOrMore(name).optional(),
  keyId: oneOrMore(uuid).optional(),
  memberId: oneOrMore(uuid).optional(),
  endUser: z.string().min(1).max(256).optional(),
  /** `name:value` of the request's metadata. */
  tag: oneOrMore(z.string().regex(/^[^:]{1,64}:.{0,512}$/, 'name:value')).optional(),
  minCostNanoUsd: nanoUsdString.optional(),
  maxCostNanoUsd: nanoUsdString.optional(),
  minDurationMs: milliseconds.optional(),
  maxDurationMs: milliseconds.optional(),
  minFirstTokenMs: milliseconds.optional(),
  maxFirstTokenMs: milliseconds.optional(),
  minAttempts: z.coerce.number().int().min(0).max(100).optional(),
  maxAttempts: z.coerce.number().int().min(0).max(100).optional(),
  failedOver: queryFlag.optional(),
  stream: queryFlag.optional(),
  /** A whole id: of the call, an attempt, the client's own or the provider's. */
  text: z.string().trim().min(1).max(200).optional(),
  cursor: z.string().min(1).max(200).optional(),
  after: z.string().min(1).max(200).optional(),
  limit: pageSize,
});
export type ListCallsQuery = z.infer<typeof listCallsQuery>;

export const callPath = organizationPath.extend({ callId: uuid });

/** One dispatch; times are milliseconds after the call began. */
export const callAttempt = component(
  'CallAttempt',
  z.object({
    /** Upstream saw it as `x-client-request-id`. */
    id: uuid,
    number: z.int(),
    providerId: z.string(),
    entryId: uuid,
    offerId: z.string(),
    modelId: z.string(),
    providerModel: z.string(),
    region: z.string().nullable(),
    reason: z.string(),
    outcome: z.enum(ATTEMPT_OUTCOMES),
    clock: z.enum(CLOCKS).nullable(),
    statusCode: z.int().nullable(),
    providerCode: z.string().nullable(),
    message: z.string().nullable(),
    retryAfterMs: z.int().nullable(),
    startedMs: z.int(),
    connectMs: z.int().nullable(),
    headersMs: z.int().nullable(),
    firstTokenMs: z.int().nullable(),
    durationMs: z.int(),
    committed: z.boolean(),
    splice: attemptSplice.nullable(),
  }),
);
export type CallAttempt = z.infer<typeof callAttempt>;

/** Units of one bucket of one attempt, at the price that was pinned. */
export const callLine = component(
  'CallLine',
  z.object({
    number: z.int(),
    attempt: z.int(),
    bucket: z.string(),
    /** Whole units as digits. */
    units: z.string(),
    nanoUsdPerMillion: nanoUsdString,
    costNanoUsd: nanoUsdString,
    priceVersionId: uuid.nullable(),
    priceEffectiveFrom: timestamp.nullable(),
    /** No price was known: it cost nothing. */
    unpriced: z.boolean(),
    /** Counted by a tokenizer because the provider reported nothing. */
    counted: z.boolean(),
  }),
);
export type CallLine = z.infer<typeof callLine>;

export const callDetail = component(
  'CallDetail',
  z.object({
    ...callFields,
    clientRequestId: z.string().nullable(),
    providerResponseId: z.string().nullable(),
    nativeFinishReason: z.string().nullable(),
    rescued: z.boolean(),
    /** The policy that was in force, and its version; null without one. */
    policy: z.object({ id: uuid, name: z.string(), version: z.int() }).nullable(),
    dropped: z.array(z.string()),
    tags: z.record(z.string(), z.string()),
    userAgent: z.string().nullable(),
    overheadUs: z.int(),
    attempts: z.array(callAttempt),
    lines: z.array(callLine),
    bodiesKept: z.boolean(),
  }),
);
export type CallDetail = z.infer<typeof callDetail>;

/** A request or answer as it was kept: text, cut at 256 KiB. */
export const callBody = component(
  'CallBody',
  z.object({ text: z.string(), originalBytes: z.int(), truncated: z.boolean() }),
);
export const callBodies = component(
  'CallBodies',
  z.object({ request: callBody.nullable(), answer: callBody.nullable() }),
);
export type CallBodies = z.infer<typeof callBodies>;
