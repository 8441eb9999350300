-- What an entry calls the provider's models: Azure's deployments.

ALTER TABLE "provider_entry"
  ADD COLUMN "deployments" JSONB NOT NULL DEFAULT '{}',
  ADD CONSTRAINT "provider_entry_deployments_check" CHECK (jsonb_typeof("deployments") = 'object');
