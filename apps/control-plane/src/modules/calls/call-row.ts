import { BILLING_REASONS } from '@trunkline/contracts';
import type { Call } from '@trunkline/contracts/control-plane';
import type { PrismaClient } from '@trunkline/prisma';
import { z } from 'zod';

/** The columns of a row of the log, as Prisma names them. */
export interface CallRow {
  id: string;
  createdAt: Date;
  projectId: string;
  keyId: string | null;
  memberId: string | null;
  endUser: string | null;
  endpoint: string;
  dialect: string;
  stream: boolean;
  requestedModel: string;
  modelId: string | null;
  providerId: string | null;
  status: number;
  errorCode: string | null;
  billingReason: string;
  finishReason: string | null;
  attemptCount: number;
  promptTokens: number;
  completionTokens: number;
  cachedTokens: number;
  reasoningTokens: number;
  costNanoUsd: bigint;
  firstTokenMs: number | null;
  durationMs: number;
}

const billingReason = z.enum(BILLING_REASONS).catch('failed');

export interface Names {
  projects: ReadonlyMap<string, string>;
  keys: ReadonlyMap<string, string>;
  members: ReadonlyMap<string, string>;
}

/** Names of what rows point at, read through a scoped client. */
export async function namesOf(
  scoped: PrismaClient,
  rows: readonly Pick<CallRow, 'projectId' | 'keyId' | 'memberId'>[],
): Promise<Names> {
  const distinct = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))];
  const named = { id: true, name: true } as const;
  const [projects, keys, members] = await Promise.all([
    scoped.project.findMany({
      where: { id: { in: distinct(rows.map((row) => row.projectId)) } },
      select: named,
    }),
    scoped.apiKey.findMany({ where: { id: { in: distinct(rows.map((row) => row.keyId)) } }, select: named }),
    scoped.member.findMany({
      where: { id: { in: distinct(rows.map((row) => row.memberId)) } },
      select: { id: true, user: { select: { name: true } } },
    }),
  ]);
  const toMap = (items: readonly { id: string; name: string }[]) =>
    new Map(items.map(({ id, name }) => [id, name]));
  return {
    projects: toMap(projects),
    keys: toMap(keys),
    members: toMap(members.map(({ id, user }) => ({ id, name: user.name }))),
  };
}

export function toCall(row: CallRow, names: Names): Call {
  const { projectId, keyId, memberId } = row;
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    projectId,
    projectName: names.projects.get(projectId) ?? null,
    keyId,
    keyName: (keyId && names.keys.get(keyId)) ?? null,
    memberId,
    memberName: (memberId && names.members.get(memberId)) ?? null,
    endUser: row.endUser,
    endpoint: row.endpoint,
    dialect: row.dialect,
    stream: row.stream,
    requestedModel: row.requestedModel,
    modelId: row.modelId,
    providerId: row.providerId,
    status: row.status,
    errorCode: row.errorCode,
    billingReason: billingReason.parse(row.billingReason),
    finishReason: row.finishReason,
    attemptCount: row.attemptCount,
    failedOver: row.attemptCount > 1 && row.status < 400,
    promptTokens: row.promptTokens,
    completionTokens: row.completionTokens,
    cachedTokens: row.cachedTokens,
    reasoningTokens: row.reasoningTokens,
    costNanoUsd: row.costNanoUsd.toString(),
    firstTokenMs: row.firstTokenMs,
    durationMs: row.durationMs,
  };
}

/** What a log page reads, by the names of {@link CallRow}. */
export const CALL_COLUMNS = `
  c.id, c.created_at AS "createdAt", c.project_id AS "projectId", c.key_id AS "keyId", c.member_id AS "memberId",
  c.end_user AS "endUser", c.endpoint, c.dialect, c.stream, c.requested_model AS "requestedModel",
  c.model_id AS "modelId", c.provider_id AS "providerId", c.status, c.error_code AS "errorCode",
  c.billing_reason AS "billingReason", c.finish_reason AS "finishReason", c.attempt_count AS "attemptCount",
  c.prompt_tokens AS "promptTokens", c.completion_tokens AS "completionTokens", c.cached_tokens AS "cachedTokens",
  c.reasoning_tokens AS "reasoningTokens", c.cost_nano_usd AS "costNanoUsd", c.first_token_ms AS "firstTokenMs",
  c.duration_ms AS "durationMs"`;
