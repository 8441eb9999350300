import type { UsageCall } from './read-usage-record.js';

/**
 * Rows of the log as `json_to_recordset` reads them. The member names are the columns'; a column that is added to a
 * table is added to its list and its row.
 */

export const CALL_COLUMNS = {
  created_at: 'timestamptz',
  id: 'uuid',
  organization_id: 'uuid',
  project_id: 'uuid',
  wallet_id: 'uuid',
  key_id: 'uuid',
  member_id: 'uuid',
  end_user: 'text',
  client_request_id: 'text',
  endpoint: 'text',
  dialect: 'text',
  stream: 'boolean',
  requested_model: 'text',
  policy_version_id: 'uuid',
  model_id: 'text',
  provider_id: 'text',
  provider_response_id: 'text',
  status: 'integer',
  error_code: 'text',
  billing_reason: 'text',
  finish_reason: 'text',
  native_finish_reason: 'text',
  rescued: 'boolean',
  dropped: 'text[]',
  tags: 'jsonb',
  user_agent: 'text',
  attempt_count: 'smallint',
  prompt_tokens: 'integer',
  completion_tokens: 'integer',
  cached_tokens: 'integer',
  reasoning_tokens: 'integer',
  cost_nano_usd: 'bigint',
  provider_cost_nano_usd: 'bigint',
  first_token_ms: 'integer',
  duration_ms: 'integer',
  overhead_us: 'integer',
  spool_id: 'text',
  spool_number: 'bigint',
} as const;
type Row<Columns> = { [Column in keyof Columns]: unknown };

export function callRow({ record, createdAt, number }: UsageCall, spool: string): Row<typeof CALL_COLUMNS> {
  return {
    created_at: createdAt,
    id: record.id,
    organization_id: record.organizationId,
    project_id: record.projectId,
    wallet_id: record.walletId,
    key_id: record.keyId,
    member_id: record.memberId,
    end_user: record.endUser,
    client_request_id: record.clientRequestId,
    endpoint: record.endpoint,
    dialect: record.dialect,
    stream: record.stream,
    requested_model: record.requestedModel,
    policy_version_id: record.policyVersionId,
    model_id: record.modelId,
    provider_id: record.providerId,
    provider_response_id: record.providerResponseId,
    status: record.status,
    error_code: record.errorCode,
    billing_reason: record.billingReason,
    finish_reason: record.finishReason,
    native_finish_reason: record.nativeFinishReason,
    rescued: record.rescued,
    dropped: record.dropped,
    tags: record.tags,
    user_agent: record.userAgent,
    attempt_count: record.attempts.length,
    prompt_tokens: record.promptTokens,
    completion_tokens: record.completionTokens,
    cached_tokens: record.cachedTokens,
    reasoning_tokens: record.reasoningTokens,
    cost_nano_usd: record.costNanoUsd,
    provider_cost_nano_usd: record.providerCostNanoUsd,
    first_token_ms: record.firstTokenMs,
    duration_ms: record.durationMs,
    overhead_us: record.overheadUs,
    spool_id: spool,
    spool_number: number,
  };
}

export const ATTEMPT_COLUMNS = {
  created_at: 'timestamptz',
  call_id: 'uuid',
  number: 'smallint',
  id: 'uuid',
  organization_id: 'uuid',
  provider_id: 'text',
  entry_id: 'uuid',
  offer_id: 'text',
  model_id: 'text',
  provider_model: 'text',
  region: 'text',
  credential_id: 'uuid',
  reason: 'text',
  outcome: 'text',
  clock: 'text',
  status_code: 'integer',
  provider_code: 'text',
  message: 'text',
  retry_after_ms: 'integer',
  started_ms: 'integer',
  connect_ms: 'integer',
  headers_ms: 'integer',
  first_token_ms: 'integer',
  duration_ms: 'integer',
  committed: 'boolean',
  splice: 'jsonb',
} as const;

export function attemptRows({ record, createdAt }: UsageCall): Row<typeof ATTEMPT_COLUMNS>[] {
  return record.attempts.map((attempt) => ({
    created_at: createdAt,
    call_id: record.id,
    number: attempt.number,
    id: attempt.id,
    organization_id: record.organizationId,
    provider_id: attempt.providerId,
    entry_id: attempt.entryId,
    offer_id: attempt.offerId,
    model_id: attempt.modelId,
    provider_model: attempt.providerModel,
    region: attempt.region,
    credential_id: attempt.credentialId,
    reason: attempt.reason,
    outcome: attempt.outcome,
    clock: attempt.clock,
    status_code: attempt.statusCode,
    provider_code: attempt.providerCode,
    message: attempt.message,
    retry_after_ms: attempt.retryAfterMs,
    started_ms: attempt.startedMs,
    connect_ms: attempt.connectMs,
    headers_ms: attempt.headersMs,
    first_token_ms: attempt.firstTokenMs,
    duration_ms: attempt.durationMs,
    committed: attempt.committed,
    splice: attempt.splice,
  }));
}

export const LINE_COLUMNS = {
  created_at: 'timestamptz',
  call_id: 'uuid',
  number: 'smallint',
  organization_id: 'uuid',
  attempt: 'smallint',
  bucket: 'text',
  units: 'bigint',
  sell_price_version_id: 'uuid',
  sell_nano_usd_per_million: 'bigint',
  cost_nano_usd: 'bigint',
  buy_price_version_id: 'uuid',
  buy_nano_usd_per_million: 'bigint',
  provider_cost_nano_usd: 'bigint',
  unpriced: 'boolean',
  counted: 'boolean',
} as const;

export function lineRows({ record, createdAt }: UsageCall): Row<typeof LINE_COLUMNS>[] {
  return record.lines.map((line, index) => ({
    created_at: createdAt,
    call_id: record.id,
    number: index + 1,
    organization_id: record.organizationId,
    attempt: line.attempt,
    bucket: line.bucket,
    units: line.units,
    sell_price_version_id: line.sellPriceVersionId,
    sell_nano_usd_per_million: line.sellNanoUsdPerMillion,
    cost_nano_usd: line.costNanoUsd,
    buy_price_version_id: line.buyPriceVersionId,
    buy_nano_usd_per_million: line.buyNanoUsdPerMillion,
    provider_cost_nano_usd: line.providerCostNanoUsd,
    unpriced: line.unpriced,
    counted: line.counted,
  }));
}

/**
 * A statement that inserts the rows of its one parameter, a JSON array of objects named by column.
 * @param table one of ours, never from outside
 */
export function insertRows(table: string, columns: Record<string, string>): string {
  const names = Object.keys(columns).join(', ');
  const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  return `INSERT INTO ${table} (${names}) SELECT ${names} FROM json_to_recordset($1) AS row (${types.join(', ')})`;
}
