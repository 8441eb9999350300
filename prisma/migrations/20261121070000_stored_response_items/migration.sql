-- Items of stored responses are named one by one, by clients that send an id in place of what they were given.

ALTER TABLE "stored_response" ADD COLUMN "item_ids" TEXT[] NOT NULL DEFAULT '{}';

CREATE INDEX "stored_response_item_ids_idx" ON "stored_response" USING GIN ("item_ids");
