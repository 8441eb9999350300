-- Health of providers and models, from attempts: failed calls count as well.

CREATE TABLE "attempt_rollup" (
    "span_seconds" INTEGER NOT NULL,
    "bucket_start" TIMESTAMPTZ(3) NOT NULL,
    "provider_id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "succeeded" BIGINT NOT NULL DEFAULT 0,
    "down" BIGINT NOT NULL DEFAULT 0,
    "refused" BIGINT NOT NULL DEFAULT 0,
    "first_token_histogram" BIGINT[],
    "throughput_histogram" BIGINT[],

    CONSTRAINT "attempt_rollup_pkey" PRIMARY KEY ("span_seconds","bucket_start","provider_id","model_id")
);

-- 24 bounds of latencies, 16 of throughput (contracts), and one place for all above.
ALTER TABLE "attempt_rollup"
  ADD CONSTRAINT "attempt_rollup_histogram_check"
    CHECK (cardinality("first_token_histogram") = 25 AND cardinality("throughput_histogram") = 17),
  ADD CONSTRAINT "attempt_rollup_span_check" CHECK ("span_seconds" IN (60, 900));
