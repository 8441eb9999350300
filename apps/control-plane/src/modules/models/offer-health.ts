import { Prisma, type PrismaClient } from '@trunkline/prisma';

export interface OfferHealth {
  firstTokenP50Ms: number | null;
  /** Failed attempts per million; what clients or their requests caused is not counted. */
  errorPpm: number;
}

const ENOUGH_ATTEMPTS = 10;
const SAMPLE = 20_000;

/**
 * How a model's offers did on this platform in the last 24 hours, over all tenants: figures of the provider, which tell
 * nothing of who called; what tenants' own keys and endpoints did is theirs. The newest attempts of each provider are looked at, so that a page stays fast.
 */
export async function offerHealth(
  client: PrismaClient,
  modelId: string,
): Promise<ReadonlyMap<string, OfferHealth>> {
  const offers = await client.offer.findMany({ where: { modelId }, select: { providerId: true } });
  const providers = [...new Set(offers.map(({ providerId }) => providerId))];
  if (providers.length === 0) return new Map();
  const rows = await client.$queryRaw<
    { offer_id: string; attempts: bigint; failed: bigint; first: number | null }[]
  >(Prisma.sql`
    SELECT a.offer_id, count(*) AS attempts,
      count(*) FILTER (WHERE a.outcome <> 'success') AS failed,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY a.first_token_ms) FILTER (WHERE a.outcome = 'success') AS first
    FROM unnest(${providers}::text[]) AS provider (id)
    CROSS JOIN LATERAL (
      SELECT offer_id, model_id, outcome, first_token_ms, reason FROM attempt
      WHERE provider_id = provider.id AND created_at > now() - interval '24 hours'
      ORDER BY created_at DESC LIMIT ${SAMPLE}
    ) AS a
    WHERE a.model_id = ${modelId}
      AND a.reason NOT LIKE '%own key'
      AND a.outcome NOT IN ('cancelled', 'invalid_request', 'context_length', 'content_policy')
    GROUP BY a.offer_id`);
  return new Map(
    rows
      .filter(({ attempts }) => attempts >= ENOUGH_ATTEMPTS)
      .map(({ offer_id, attempts, failed, first }) => [
        offer_id,
        {
          firstTokenP50Ms: first === null ? null : Math.round(first),
          errorPpm: Number((failed * 1_000_000n) / attempts),
        },
      ]),
  );
}
