-- Answers that another target goes on with.

ALTER TABLE "offer" ADD COLUMN "prefill" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "attempt" ADD COLUMN "splice" JSONB;
