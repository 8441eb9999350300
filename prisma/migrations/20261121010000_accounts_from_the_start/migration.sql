-- The platform's accounts, and one per wallet when it is made. Made on first use, by several transactions that hold
-- other locks at the time, they could wait for each other in a circle.

INSERT INTO "ledger_account" ("id", "kind")
SELECT gen_random_uuid(), kind FROM unnest(ARRAY['revenue', 'promotions', 'overrun']::ledger_account_kind[]) AS kind
ON CONFLICT DO NOTHING;

INSERT INTO "ledger_account" ("id", "kind", "wallet_id")
SELECT gen_random_uuid(), 'wallet', "id" FROM "wallet"
ON CONFLICT DO NOTHING;

CREATE FUNCTION make_wallet_account() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ledger_account" ("id", "kind", "wallet_id") VALUES (gen_random_uuid(), 'wallet', NEW."id");
  RETURN NULL;
END
$$;
CREATE TRIGGER "wallet_account" AFTER INSERT ON "wallet"
  FOR EACH ROW EXECUTE FUNCTION make_wallet_account();
