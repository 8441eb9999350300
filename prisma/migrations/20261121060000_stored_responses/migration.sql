-- Responses that clients asked to have stored, so that others can follow them.

CREATE TABLE "stored_response" (
    "call_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "organization_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "response_id" TEXT NOT NULL,
    "original_bytes" INTEGER NOT NULL,
    "ciphertext" BYTEA NOT NULL,

    CONSTRAINT "stored_response_pkey" PRIMARY KEY ("call_id"),
    CONSTRAINT "stored_response_size_check"
      CHECK (char_length("response_id") <= 256 AND octet_length("ciphertext") <= 5242880)
);

CREATE INDEX "stored_response_organization_id_response_id_idx" ON "stored_response" ("organization_id", "response_id");
CREATE INDEX "stored_response_created_at_idx" ON "stored_response" ("created_at");
