-- Tenants' own credentials and endpoints, and endpoints that no catalog knows.

ALTER TABLE "price_plan" ADD COLUMN "own_key_fee_ppm" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "price_plan"
  ADD CONSTRAINT "price_plan_own_key_fee_check" CHECK ("own_key_fee_ppm" BETWEEN 0 AND 1000000);

ALTER TABLE "provider_entry"
  ADD COLUMN "token_url" TEXT,
  ADD COLUMN "project_id" UUID,
  ADD COLUMN "mode" TEXT NOT NULL DEFAULT 'first',
  ADD COLUMN "unlisted_models" BOOLEAN NOT NULL DEFAULT false,
  DROP CONSTRAINT "provider_entry_source_check";
ALTER TABLE "provider_entry"
  ADD CONSTRAINT "provider_entry_source_check"
    CHECK ("source" IN ('environment', 'simulator', 'file', 'operator', 'member')),
  ADD CONSTRAINT "provider_entry_mode_check" CHECK ("mode" IN ('first', 'only')),
  -- A tenant's own is made by its members and by nobody else; a project's own belongs to that project's organization.
  ADD CONSTRAINT "provider_entry_owner_check" CHECK (("organization_id" IS NOT NULL) = ("source" = 'member')),
  ADD CONSTRAINT "provider_entry_project_check" CHECK ("project_id" IS NULL OR "organization_id" IS NOT NULL),
  ADD CONSTRAINT "provider_entry_project_id_organization_id_fkey"
    FOREIGN KEY ("project_id", "organization_id") REFERENCES "project"("id", "organization_id")
    ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "provider_entry_project_id_idx" ON "provider_entry"("project_id");
