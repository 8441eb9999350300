-- The first lines up to "By hand" are printed by scripts/diff-schema.mjs, with PARTITION BY, NULLS NOT DISTINCT and the
-- conditions of partial indexes added. All of a migration runs in one transaction.

-- CreateEnum
CREATE TYPE "budget_scope" AS ENUM ('organization', 'project', 'key', 'member');

-- CreateEnum
CREATE TYPE "budget_period" AS ENUM ('day', 'week', 'month', 'total');

-- CreateEnum
CREATE TYPE "ledger_account_kind" AS ENUM ('wallet', 'revenue', 'promotions', 'overrun', 'provider_cost', 'provider_payable');

-- CreateEnum
CREATE TYPE "price_side" AS ENUM ('buy', 'sell');

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" TEXT NOT NULL DEFAULT 'user',
    "banned" BOOLEAN NOT NULL DEFAULT false,
    "ban_reason" TEXT,
    "ban_expires" TIMESTAMPTZ(3),
    "two_factor_enabled" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "active_organization_id" UUID,
    "impersonated_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "two_factor" (
    "id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "backup_codes" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "verified" BOOLEAN NOT NULL DEFAULT true,
    "failed_verification_count" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "two_factor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_request" BIGINT NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "logo" TEXT,
    "metadata" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'member',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "inviter_id" UUID NOT NULL,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization_account" (
    "organization_id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "price_plan_id" TEXT NOT NULL,
    "requests_per_minute" INTEGER,
    "max_concurrency" INTEGER,
    "suspended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_account_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "project" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "keep_bodies" BOOLEAN NOT NULL DEFAULT false,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "member_id" UUID,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "prefix" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "allowed_models" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "requests_per_minute" INTEGER,
    "max_concurrency" INTEGER,
    "expires_at" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "scope" "budget_scope" NOT NULL,
    "scope_id" UUID NOT NULL,
    "period" "budget_period" NOT NULL,
    "limit_nano_usd" BIGINT NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget_charge" (
    "budget_id" UUID NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "wallet_id" UUID NOT NULL,
    "charged_nano_usd" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "budget_charge_pkey" PRIMARY KEY ("budget_id","period_start")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" UUID NOT NULL,
    "organization_id" UUID,
    "actor_user_id" UUID,
    "action" TEXT NOT NULL,
    "target_kind" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "ip_address" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "revision" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("revision")
);

-- CreateTable
CREATE TABLE "wallet" (
    "id" UUID NOT NULL,
    "credited_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "credited_sequence" BIGINT NOT NULL DEFAULT 0,
    "charged_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "wallet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_account" (
    "id" UUID NOT NULL,
    "kind" "ledger_account_kind" NOT NULL,
    "wallet_id" UUID,
    "provider_id" TEXT,

    CONSTRAINT "ledger_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_transaction" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "description" TEXT,
    "actor_user_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_transaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "transaction_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "account_id" UUID NOT NULL,
    "amount_nano_usd" BIGINT NOT NULL,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("transaction_id","number")
);

-- CreateTable
CREATE TABLE "price_plan" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "markup_ppm" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "price_plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "price_version" (
    "id" UUID NOT NULL,
    "offer_id" TEXT NOT NULL,
    "side" "price_side" NOT NULL,
    "price_plan_id" TEXT,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "effective_to" TIMESTAMPTZ(3),
    "terms" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "price_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "family" TEXT,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "description" TEXT,
    "released_at" TIMESTAMPTZ(3),
    "context_window" INTEGER,
    "max_output_tokens" INTEGER,
    "input_modalities" TEXT[],
    "output_modalities" TEXT[],
    "capabilities" JSONB NOT NULL,

    CONSTRAINT "model_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offer" (
    "id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "provider_model" TEXT NOT NULL,
    "endpoints" TEXT[],
    "context_window" INTEGER,
    "max_output_tokens" INTEGER,
    "billing" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_name" (
    "name" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "send_as" JSONB NOT NULL DEFAULT '{}',
    "only_at" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "model_name_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "provider_entry" (
    "id" UUID NOT NULL,
    "organization_id" UUID,
    "provider_id" TEXT NOT NULL,
    "protocol" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "region" TEXT,
    "source" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_credential" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "ciphertext" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "provider_credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "spool" (
    "id" TEXT NOT NULL,
    "position" BIGINT NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "spool_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "set_aside_record" (
    "spool_id" TEXT NOT NULL,
    "number" BIGINT NOT NULL,
    "payload" TEXT NOT NULL,
    "error" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "set_aside_record_pkey" PRIMARY KEY ("spool_id","number")
);

-- CreateTable
CREATE TABLE "call" (
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "key_id" UUID,
    "member_id" UUID,
    "end_user" TEXT,
    "client_request_id" TEXT,
    "endpoint" TEXT NOT NULL,
    "dialect" TEXT NOT NULL,
    "stream" BOOLEAN NOT NULL,
    "requested_model" TEXT NOT NULL,
    "model_id" TEXT,
    "provider_id" TEXT,
    "provider_response_id" TEXT,
    "status" INTEGER NOT NULL,
    "error_code" TEXT,
    "billing_reason" TEXT NOT NULL,
    "finish_reason" TEXT,
    "native_finish_reason" TEXT,
    "rescued" BOOLEAN NOT NULL,
    "dropped" TEXT[],
    "tags" JSONB NOT NULL,
    "user_agent" TEXT,
    "attempt_count" SMALLINT NOT NULL,
    "prompt_tokens" INTEGER NOT NULL,
    "completion_tokens" INTEGER NOT NULL,
    "cached_tokens" INTEGER NOT NULL,
    "reasoning_tokens" INTEGER NOT NULL,
    "cost_nano_usd" BIGINT NOT NULL,
    "provider_cost_nano_usd" BIGINT NOT NULL,
    "first_token_ms" INTEGER,
    "duration_ms" INTEGER NOT NULL,
    "overhead_us" INTEGER NOT NULL,
    "spool_id" TEXT NOT NULL,
    "spool_number" BIGINT NOT NULL,

    CONSTRAINT "call_pkey" PRIMARY KEY ("created_at","id")
) PARTITION BY RANGE ("created_at");

-- CreateTable
CREATE TABLE "attempt" (
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "call_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "provider_id" TEXT NOT NULL,
    "entry_id" UUID NOT NULL,
    "offer_id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "provider_model" TEXT NOT NULL,
    "region" TEXT,
    "credential_id" UUID,
    "reason" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "clock" TEXT,
    "status_code" INTEGER,
    "provider_code" TEXT,
    "message" TEXT,
    "retry_after_ms" INTEGER,
    "started_ms" INTEGER NOT NULL,
    "connect_ms" INTEGER,
    "headers_ms" INTEGER,
    "first_token_ms" INTEGER,
    "duration_ms" INTEGER NOT NULL,
    "committed" BOOLEAN NOT NULL,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("created_at","call_id","number")
) PARTITION BY RANGE ("created_at");

-- CreateTable
CREATE TABLE "call_line" (
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "call_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "organization_id" UUID NOT NULL,
    "attempt" SMALLINT NOT NULL,
    "bucket" TEXT NOT NULL,
    "units" BIGINT NOT NULL,
    "sell_price_version_id" UUID,
    "sell_nano_usd_per_million" BIGINT NOT NULL,
    "cost_nano_usd" BIGINT NOT NULL,
    "buy_price_version_id" UUID,
    "buy_nano_usd_per_million" BIGINT NOT NULL,
    "provider_cost_nano_usd" BIGINT NOT NULL,
    "unpriced" BOOLEAN NOT NULL,
    "counted" BOOLEAN NOT NULL,

    CONSTRAINT "call_line_pkey" PRIMARY KEY ("created_at","call_id","number")
) PARTITION BY RANGE ("created_at");

-- CreateTable
CREATE TABLE "call_body" (
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "call_id" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "organization_id" UUID NOT NULL,
    "original_bytes" INTEGER NOT NULL,
    "ciphertext" BYTEA NOT NULL,

    CONSTRAINT "call_body_pkey" PRIMARY KEY ("created_at","call_id","number")
) PARTITION BY RANGE ("created_at");

-- CreateTable
CREATE TABLE "usage_rollup" (
    "bucket_start" TIMESTAMPTZ(3) NOT NULL,
    "organization_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "model_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "calls" BIGINT NOT NULL DEFAULT 0,
    "errors" BIGINT NOT NULL DEFAULT 0,
    "failed_over" BIGINT NOT NULL DEFAULT 0,
    "prompt_tokens" BIGINT NOT NULL DEFAULT 0,
    "completion_tokens" BIGINT NOT NULL DEFAULT 0,
    "cached_tokens" BIGINT NOT NULL DEFAULT 0,
    "reasoning_tokens" BIGINT NOT NULL DEFAULT 0,
    "cost_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "provider_cost_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "duration_ms_sum" BIGINT NOT NULL DEFAULT 0,
    "first_token_histogram" BIGINT[],
    "duration_histogram" BIGINT[],

    CONSTRAINT "usage_rollup_pkey" PRIMARY KEY ("bucket_start","organization_id","project_id","key_id","member_id","model_id","provider_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE INDEX "two_factor_user_id_idx" ON "two_factor"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limit_key_key" ON "rate_limit"("key");

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "organization"("slug");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_organization_id_user_id_key" ON "member"("organization_id", "user_id");

-- CreateIndex
CREATE INDEX "invitation_organization_id_idx" ON "invitation"("organization_id");

-- CreateIndex
CREATE INDEX "invitation_email_idx" ON "invitation"("email");

-- CreateIndex
CREATE INDEX "organization_account_wallet_id_idx" ON "organization_account"("wallet_id");

-- CreateIndex
CREATE UNIQUE INDEX "project_organization_id_slug_key" ON "project"("organization_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "project_id_organization_id_key" ON "project"("id", "organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_organization_id_created_at_idx" ON "api_key"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "api_key_project_id_idx" ON "api_key"("project_id");

-- CreateIndex
CREATE INDEX "budget_organization_id_idx" ON "budget"("organization_id");

-- CreateIndex
CREATE INDEX "budget_scope_scope_id_idx" ON "budget"("scope", "scope_id");

-- CreateIndex
CREATE INDEX "budget_charge_wallet_id_period_start_idx" ON "budget_charge"("wallet_id", "period_start");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_created_at_id_idx" ON "audit_event"("organization_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "audit_event_created_at_id_idx" ON "audit_event"("created_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_account_identity" ON "ledger_account"("kind", "wallet_id", "provider_id") NULLS NOT DISTINCT;

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_sequence_key" ON "ledger_transaction"("sequence");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_kind_source_id_key" ON "ledger_transaction"("kind", "source_id");

-- CreateIndex
CREATE INDEX "ledger_entry_account_id_transaction_id_idx" ON "ledger_entry"("account_id", "transaction_id");

-- CreateIndex
CREATE INDEX "price_version_price_plan_id_idx" ON "price_version"("price_plan_id");

-- CreateIndex
CREATE UNIQUE INDEX "price_version_identity" ON "price_version"("offer_id", "side", "price_plan_id", "effective_from") NULLS NOT DISTINCT;

-- CreateIndex
CREATE INDEX "offer_model_id_idx" ON "offer"("model_id");

-- CreateIndex
CREATE INDEX "offer_provider_id_idx" ON "offer"("provider_id");

-- CreateIndex
CREATE INDEX "model_name_model_id_idx" ON "model_name"("model_id");

-- CreateIndex
CREATE INDEX "provider_entry_organization_id_idx" ON "provider_entry"("organization_id");

-- CreateIndex
CREATE INDEX "provider_credential_entry_id_idx" ON "provider_credential"("entry_id");

-- CreateIndex
CREATE INDEX "call_organization_id_created_at_id_idx" ON "call"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "call_project_id_created_at_id_idx" ON "call"("project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "call_key_id_created_at_idx" ON "call"("key_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "call_client_request_id_idx" ON "call"("client_request_id") WHERE "client_request_id" IS NOT NULL;

-- CreateIndex
CREATE INDEX "call_provider_response_id_idx" ON "call"("provider_response_id") WHERE "provider_response_id" IS NOT NULL;

-- CreateIndex
CREATE INDEX "attempt_provider_id_created_at_idx" ON "attempt"("provider_id", "created_at");

-- CreateIndex
CREATE INDEX "usage_rollup_organization_id_bucket_start_idx" ON "usage_rollup"("organization_id", "bucket_start");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "two_factor" ADD CONSTRAINT "two_factor_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_inviter_id_fkey" FOREIGN KEY ("inviter_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization_account" ADD CONSTRAINT "organization_account_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization_account" ADD CONSTRAINT "organization_account_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallet"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization_account" ADD CONSTRAINT "organization_account_price_plan_id_fkey" FOREIGN KEY ("price_plan_id") REFERENCES "price_plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project" ADD CONSTRAINT "project_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_project_id_organization_id_fkey" FOREIGN KEY ("project_id", "organization_id") REFERENCES "project"("id", "organization_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget" ADD CONSTRAINT "budget_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_charge" ADD CONSTRAINT "budget_charge_budget_id_fkey" FOREIGN KEY ("budget_id") REFERENCES "budget"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallet"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "ledger_transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "ledger_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "price_version" ADD CONSTRAINT "price_version_offer_id_fkey" FOREIGN KEY ("offer_id") REFERENCES "offer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "price_version" ADD CONSTRAINT "price_version_price_plan_id_fkey" FOREIGN KEY ("price_plan_id") REFERENCES "price_plan"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer" ADD CONSTRAINT "offer_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_name" ADD CONSTRAINT "model_name_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provider_entry" ADD CONSTRAINT "provider_entry_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provider_credential" ADD CONSTRAINT "provider_credential_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "provider_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── By hand ─────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Partitions by month (UTC) of the tables by time: the month of `from_time` and `months_ahead` after it. There is no
-- default partition: rows of a month without one are refused, and the worker makes it before it inserts. A table is
-- made first and attached then, since `CREATE TABLE … PARTITION OF` would lock out readers and writers.
CREATE FUNCTION ensure_month_partitions(from_time timestamptz, months_ahead integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  part text;
  month_start timestamp;
  made integer := 0;
BEGIN
  -- Two workers at the same time: the second waits, then finds them.
  PERFORM pg_advisory_xact_lock(7350002);
  FOR step IN 0..months_ahead LOOP
    month_start := date_trunc('month', from_time AT TIME ZONE 'UTC') + make_interval(months => step);
    FOREACH parent IN ARRAY ARRAY['call', 'attempt', 'call_line', 'call_body'] LOOP
      part := format('%s_%s', parent, to_char(month_start, 'YYYY_MM'));
      CONTINUE WHEN to_regclass(quote_ident(part)) IS NOT NULL;
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part, parent);
      EXECUTE format(
        'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
        parent, part, month_start AT TIME ZONE 'UTC', (month_start + interval '1 month') AT TIME ZONE 'UTC'
      );
      made := made + 1;
    END LOOP;
  END LOOP;
  RETURN made;
END
$$;

-- Checks on partitioned tables come before their partitions, which copy them.
ALTER TABLE "call"
  ADD CONSTRAINT "call_status_check" CHECK ("status" BETWEEN 100 AND 599),
  ADD CONSTRAINT "call_cost_check" CHECK ("cost_nano_usd" >= 0 AND "provider_cost_nano_usd" >= 0),
  ADD CONSTRAINT "call_tokens_check"
    CHECK ("prompt_tokens" >= 0 AND "completion_tokens" >= 0 AND "cached_tokens" >= 0 AND "reasoning_tokens" >= 0);
ALTER TABLE "call_line"
  ADD CONSTRAINT "call_line_units_check" CHECK ("units" > 0 AND "attempt" > 0),
  ADD CONSTRAINT "call_line_cost_check" CHECK ("cost_nano_usd" >= 0 AND "provider_cost_nano_usd" >= 0);
ALTER TABLE "call_body"
  ADD CONSTRAINT "call_body_size_check" CHECK ("number" IN (0, 1) AND octet_length("ciphertext") <= 524288);

SELECT ensure_month_partitions(now(), 3);

-- Checks.
ALTER TABLE "wallet"
  ADD CONSTRAINT "wallet_balance_check" CHECK ("charged_nano_usd" >= 0 AND "credited_nano_usd" - "charged_nano_usd" >= 0);
ALTER TABLE "ledger_account"
  ADD CONSTRAINT "ledger_account_owner_check" CHECK (
    ("wallet_id" IS NOT NULL) = ("kind" = 'wallet')
    AND ("provider_id" IS NOT NULL) = ("kind" IN ('provider_cost', 'provider_payable'))
  );
ALTER TABLE "ledger_transaction"
  ADD CONSTRAINT "ledger_transaction_kind_check"
    CHECK ("kind" IN ('charge', 'grant', 'top_up', 'refund', 'correction'));
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_amount_check" CHECK ("amount_nano_usd" <> 0);
ALTER TABLE "price_version"
  ADD CONSTRAINT "price_version_side_check" CHECK (("side" = 'buy') = ("price_plan_id" IS NULL)),
  ADD CONSTRAINT "price_version_time_check" CHECK ("effective_to" > "effective_from");
ALTER TABLE "budget" ADD CONSTRAINT "budget_limit_check" CHECK ("limit_nano_usd" >= 0);
ALTER TABLE "budget_charge" ADD CONSTRAINT "budget_charge_check" CHECK ("charged_nano_usd" >= 0);
ALTER TABLE "api_key"
  ADD CONSTRAINT "api_key_hash_check" CHECK (octet_length("hash") = 32 AND char_length("last_four") = 4),
  ADD CONSTRAINT "api_key_limits_check" CHECK ("requests_per_minute" > 0 AND "max_concurrency" > 0);
ALTER TABLE "organization_account"
  ADD CONSTRAINT "organization_account_limits_check" CHECK ("requests_per_minute" > 0 AND "max_concurrency" > 0);
ALTER TABLE "provider_entry"
  ADD CONSTRAINT "provider_entry_source_check" CHECK ("source" IN ('environment', 'simulator', 'file', 'operator'));
ALTER TABLE "spool" ADD CONSTRAINT "spool_position_check" CHECK ("position" >= 0);
-- 24 bounds and one place for all above (`LATENCY_BOUNDS_MS` of contracts).
ALTER TABLE "usage_rollup"
  ADD CONSTRAINT "usage_rollup_histogram_check"
    CHECK (cardinality("first_token_histogram") = 25 AND cardinality("duration_histogram") = 25);

-- One live budget per owner and period.
CREATE UNIQUE INDEX "budget_live_key" ON "budget"("scope", "scope_id", "period") WHERE "archived_at" IS NULL;
-- One default project per organization: two provisioners at the same time make one.
CREATE UNIQUE INDEX "project_default_key" ON "project"("organization_id") WHERE "is_default";

-- Sum of two histograms, place by place.
CREATE FUNCTION add_counts(a bigint[], b bigint[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT array_agg(x + y ORDER BY place) FROM unnest(a, b) WITH ORDINALITY AS pair(x, y, place));

-- Outbox: whoever inserts takes its lock first and its revision then, so that revisions appear in the order in which
-- they commit (OUTBOX_ADVISORY_LOCK of contracts). The column's default is drawn before a trigger fires, hence too early.
CREATE FUNCTION take_revision_in_order() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7350001);
  NEW."revision" := nextval('outbox_revision_seq');
  RETURN NEW;
END
$$;
CREATE TRIGGER "revision_in_order" BEFORE INSERT ON "outbox"
  FOR EACH ROW EXECUTE FUNCTION take_revision_in_order();

-- The sign-in library writes these tables and knows no outbox.
CREATE FUNCTION outbox_of_row() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "outbox" ("kind", "entity_id")
    VALUES (TG_ARGV[0], (CASE WHEN TG_OP = 'DELETE' THEN OLD."id" ELSE NEW."id" END)::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER "organization_outbox" AFTER INSERT OR UPDATE OR DELETE ON "organization"
  FOR EACH ROW EXECUTE FUNCTION outbox_of_row('organization');
CREATE TRIGGER "member_outbox" AFTER INSERT OR UPDATE OR DELETE ON "member"
  FOR EACH ROW EXECUTE FUNCTION outbox_of_row('member');

-- A banned user's memberships are gone for the gateways, though the rows stay.
CREATE FUNCTION outbox_of_memberships() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "outbox" ("kind", "entity_id")
    SELECT 'member', "id"::text FROM "member" WHERE "user_id" = NEW."id" ORDER BY "id";
  RETURN NULL;
END
$$;
CREATE TRIGGER "user_banned_outbox" AFTER UPDATE OF "banned" ON "user"
  FOR EACH ROW WHEN (OLD."banned" IS DISTINCT FROM NEW."banned") EXECUTE FUNCTION outbox_of_memberships();

-- The ledger is append-only, for its owner too. ENABLE ALWAYS: also where a session plays replica.
CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only: % is refused; post a correction', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_account"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_transaction"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "ledger_account" ENABLE ALWAYS TRIGGER "append_only";
ALTER TABLE "ledger_transaction" ENABLE ALWAYS TRIGGER "append_only";
ALTER TABLE "ledger_entry" ENABLE ALWAYS TRIGGER "append_only";

-- Entries of a transaction sum to zero in every statement that inserts any, so at every moment. (A deferred trigger
-- would be fired per row: at thousands of entries a second a statement's check costs next to nothing.)
CREATE FUNCTION require_balanced_entries() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  unbalanced uuid;
BEGIN
  SELECT "transaction_id" INTO unbalanced FROM inserted GROUP BY "transaction_id" HAVING sum("amount_nano_usd") <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'entries of ledger transaction % do not sum to zero', unbalanced USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "balanced_entries" AFTER INSERT ON "ledger_entry"
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION require_balanced_entries();
ALTER TABLE "ledger_entry" ENABLE ALWAYS TRIGGER "balanced_entries";

-- A transaction of the ledger has entries when it commits.
CREATE FUNCTION require_entries() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "ledger_entry" WHERE "transaction_id" = NEW."id") THEN
    RAISE EXCEPTION 'ledger transaction % has no entries', NEW."id" USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "has_entries" AFTER INSERT ON "ledger_transaction"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_entries();
ALTER TABLE "ledger_transaction" ENABLE ALWAYS TRIGGER "has_entries";
