import { toUsdNumber } from '@trunkline/contracts';
import { Prisma, tenantQuery, type Call } from '@trunkline/prisma';
import type { GatewayCaller } from '@trunkline/secrets';
import type { Database } from '../../database/database.module.js';
import { notFound } from '../../http/api-error.js';
import { findByText } from '../calls/index.js';

type Row = Pick<
  Call,
  | 'id'
  | 'createdAt'
  | 'providerResponseId'
  | 'modelId'
  | 'providerId'
  | 'stream'
  | 'billingReason'
  | 'finishReason'
  | 'nativeFinishReason'
  | 'promptTokens'
  | 'completionTokens'
  | 'cachedTokens'
  | 'reasoningTokens'
  | 'costNanoUsd'
  | 'firstTokenMs'
  | 'durationMs'
  | 'requestedModel'
  | 'endpoint'
  | 'userAgent'
>;

/**
 * What a call of the caller's project was and cost, by our id or the provider's.
 * https://openrouter.ai/docs/api-reference/get-a-generation
 * @throws ApiError `not_found` for another project's, and for one whose record is still on its way
 */
export async function getGeneration(client: Database['client'], caller: GatewayCaller, id: string) {
  const named = await findByText(client, caller.organizationId, id);
  const [row] = await tenantQuery<Row>(
    client,
    caller.organizationId,
    (owns) => Prisma.sql`
      SELECT c.id, c.created_at AS "createdAt", c.provider_response_id AS "providerResponseId",
        c.model_id AS "modelId", c.provider_id AS "providerId", c.stream, c.billing_reason AS "billingReason",
        c.finish_reason AS "finishReason", c.native_finish_reason AS "nativeFinishReason",
        c.prompt_tokens AS "promptTokens", c.completion_tokens AS "completionTokens",
        c.cached_tokens AS "cachedTokens", c.reasoning_tokens AS "reasoningTokens",
        c.cost_nano_usd AS "costNanoUsd", c.first_token_ms AS "firstTokenMs", c.duration_ms AS "durationMs",
        c.requested_model AS "requestedModel", c.endpoint, c.user_agent AS "userAgent"
      FROM call c WHERE ${owns('c')} AND c.project_id = ${caller.projectId}::uuid AND ${named}
      ORDER BY c.created_at DESC LIMIT 1`,
  );
  if (!row) throw notFound('generation');
  return { data: print(row) };
}

function print(row: Row) {
  const cost = toUsdNumber(row.costNanoUsd);
  return {
    id: row.id,
    upstream_id: row.providerResponseId,
    total_cost: cost,
    usage: cost,
    cache_discount: null,
    upstream_inference_cost: null,
    created_at: row.createdAt.toISOString(),
    model: row.modelId ?? row.requestedModel,
    provider_name: row.providerId,
    api_type: row.endpoint,
    streamed: row.stream,
    cancelled: row.billingReason.startsWith('client_left'),
    latency: row.firstTokenMs,
    moderation_latency: null,
    generation_time: row.durationMs - (row.firstTokenMs ?? 0),
    finish_reason: row.finishReason,
    native_finish_reason: row.nativeFinishReason,
    // Both of our counts are the provider's own.
    tokens_prompt: row.promptTokens,
    tokens_completion: row.completionTokens,
    native_tokens_prompt: row.promptTokens,
    native_tokens_completion: row.completionTokens,
    native_tokens_reasoning: row.reasoningTokens,
    native_tokens_cached: row.cachedTokens,
    num_media_prompt: null,
    num_media_completion: null,
    num_search_results: null,
    user_agent: row.userAgent,
    origin: '',
    app_id: null,
    router: null,
    is_byok: false,
    external_user: null,
  };
}
