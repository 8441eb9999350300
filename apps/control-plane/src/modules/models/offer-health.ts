import type { PrismaClient } from '@trunkline/prisma';
import { readHealth } from '../health/index.js';

export interface OfferHealth {
  firstTokenP50Ms: number | null;
  /** Failed attempts per million; what clients or their requests caused is not counted. */
  errorPpm: number;
}

const ENOUGH_ATTEMPTS = 10;

/**
 * How a model's offers did on this platform in the last 24 hours, over all tenants: figures of the provider, which tell
 * nothing of who called.
 */
export async function offerHealth(
  client: PrismaClient,
  modelId: string,
): Promise<ReadonlyMap<string, OfferHealth>> {
  const { targets } = await readHealth(client, new Date(), modelId);
  const health = new Map<string, OfferHealth>();
  for (const { providerId, windows } of targets) {
    const day = windows['24h'];
    if (!day || day.errorPpm === null || day.attempts < ENOUGH_ATTEMPTS) continue;
    health.set(`${modelId}@${providerId}`, {
      firstTokenP50Ms: day.firstTokenMs === null ? null : Math.round(day.firstTokenMs.p50),
      errorPpm: day.errorPpm,
    });
  }
  return health;
}
