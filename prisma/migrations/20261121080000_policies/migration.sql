-- Policies: named documents of a project, versioned; one version of each may be in force.

CREATE TABLE "policy" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version_count" INTEGER NOT NULL DEFAULT 0,
    "published_version_id" UUID,
    "published_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "policy_published_check" CHECK (("published_version_id" IS NULL) = ("published_at" IS NULL))
);
CREATE UNIQUE INDEX "policy_id_project_id_key" ON "policy"("id", "project_id");
CREATE INDEX "policy_organization_id_idx" ON "policy"("organization_id");
-- Of those that are in use; an archived one gives its name free.
CREATE UNIQUE INDEX "policy_name_key" ON "policy"("project_id", lower("name")) WHERE "archived_at" IS NULL;

CREATE TABLE "policy_version" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "policy_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "note" TEXT,
    "author_user_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "policy_version_number_check" CHECK ("number" > 0),
    CONSTRAINT "policy_version_document_check"
      CHECK (jsonb_typeof("document") = 'object' AND octet_length("document"::text) <= 65536)
);
CREATE UNIQUE INDEX "policy_version_policy_id_number_key" ON "policy_version"("policy_id", "number");
CREATE UNIQUE INDEX "policy_version_id_policy_id_key" ON "policy_version"("id", "policy_id");
CREATE INDEX "policy_version_organization_id_idx" ON "policy_version"("organization_id");

ALTER TABLE "policy"
  ADD CONSTRAINT "policy_project_id_organization_id_fkey"
    FOREIGN KEY ("project_id", "organization_id") REFERENCES "project"("id", "organization_id")
    ON DELETE CASCADE ON UPDATE CASCADE,
  -- What is in force is a version of this very policy.
  ADD CONSTRAINT "policy_published_version_id_id_fkey"
    FOREIGN KEY ("published_version_id", "id") REFERENCES "policy_version"("id", "policy_id")
    ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "policy_version"
  ADD CONSTRAINT "policy_version_policy_id_fkey"
    FOREIGN KEY ("policy_id") REFERENCES "policy"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A version never changes; it goes with its organization alone.
CREATE FUNCTION refuse_version_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a version of table % never changes: save another', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "immutable" BEFORE UPDATE ON "policy_version"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_version_change();
ALTER TABLE "policy_version" ENABLE ALWAYS TRIGGER "immutable";

-- Which policy a call uses: its key's, else its project's default. Both are policies of that project. Where an
-- organization's rows are deleted, they go in any order.
ALTER TABLE "project" ADD COLUMN "default_policy_id" UUID;
ALTER TABLE "project"
  ADD CONSTRAINT "project_default_policy_id_id_fkey"
    FOREIGN KEY ("default_policy_id", "id") REFERENCES "policy"("id", "project_id")
    ON DELETE SET NULL ("default_policy_id") ON UPDATE NO ACTION;
ALTER TABLE "api_key" ADD COLUMN "policy_id" UUID;
ALTER TABLE "api_key"
  ADD CONSTRAINT "api_key_policy_id_project_id_fkey"
    FOREIGN KEY ("policy_id", "project_id") REFERENCES "policy"("id", "project_id")
    ON DELETE SET NULL ("policy_id") ON UPDATE NO ACTION;
CREATE INDEX "api_key_policy_id_idx" ON "api_key"("policy_id");

ALTER TABLE "call" ADD COLUMN "policy_version_id" UUID;
