-- What operators say that a provider charges, where it is not what the catalog says.
CREATE TABLE "price_override" (
    "offer_id" TEXT NOT NULL,
    "prices" JSONB NOT NULL,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "price_override_pkey" PRIMARY KEY ("offer_id")
);
ALTER TABLE "price_override" ADD CONSTRAINT "price_override_offer_id_fkey"
  FOREIGN KEY ("offer_id") REFERENCES "offer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
