import { loadCatalog } from '@trunkline/catalog';
import type { HealthByWindow, HealthFigures } from '@trunkline/contracts';
import type { HealthState, PlatformStatus, StatusFigures } from '@trunkline/contracts/control-plane';
import type { PrismaClient } from '@trunkline/prisma';
import { readHealth } from './read-health.js';

/** Fewer attempts say nothing of now. */
const LEAST_ATTEMPTS = 3;
const OPERATIONAL_PPM = 980_000;
const DOWN_PPM = 500_000;

/** What the public page shows: worst first, then by name. */
export async function platformStatus(client: PrismaClient, at: Date): Promise<PlatformStatus> {
  const health = await readHealth(client, at);
  const models = await client.model.findMany({
    where: { id: { in: [...new Set(health.targets.map(({ modelId }) => modelId))] } },
    select: { id: true, name: true },
  });
  const modelNames = new Map(models.map(({ id, name }) => [id, name]));
  const { providersById } = loadCatalog();
  return {
    madeAt: at.toISOString(),
    providers: health.providers
      .map(({ providerId, windows }) => ({
        providerId,
        providerName: providersById.get(providerId)?.name ?? providerId,
        ...shown(windows),
      }))
      .toSorted((left, right) => byState(left, right) || left.providerName.localeCompare(right.providerName)),
    targets: health.targets
      .map(({ providerId, modelId, windows }) => ({
        providerId,
        modelId,
        modelName: modelNames.get(modelId) ?? modelId,
        ...shown(windows),
      }))
      .toSorted(
        (left, right) =>
          byState(left, right) ||
          left.modelId.localeCompare(right.modelId) ||
          left.providerId.localeCompare(right.providerId),
      ),
  };
}

/** The newest window with enough attempts tells how it is now. */
export function stateOf(windows: HealthByWindow): HealthState {
  const newest = [windows['5m'], windows['30m']].find(
    (figures) => figures !== undefined && figures.attempts >= LEAST_ATTEMPTS,
  );
  if (!newest) return 'quiet';
  // Nothing but refusals: there is nothing that it was up for.
  const uptime = newest.uptimePpm ?? 0;
  if (uptime >= OPERATIONAL_PPM) return 'operational';
  return uptime >= DOWN_PPM ? 'degraded' : 'down';
}

function shown(windows: HealthByWindow) {
  return {
    state: stateOf(windows),
    windows: {
      '5m': publicFigures(windows['5m']),
      '1h': publicFigures(windows['1h']),
      '24h': publicFigures(windows['24h']),
    },
  };
}

function publicFigures(figures: HealthFigures | undefined): StatusFigures | null {
  if (!figures) return null;
  return {
    uptimePpm: figures.uptimePpm,
    errorPpm: figures.errorPpm,
    firstTokenP50Ms: figures.firstTokenMs?.p50 ?? null,
    firstTokenP95Ms: figures.firstTokenMs?.p95 ?? null,
    tokensPerSecondP50: figures.tokensPerSecond?.p50 ?? null,
  };
}

const RANK: Record<HealthState, number> = { down: 0, degraded: 1, operational: 2, quiet: 3 };

function byState(left: { state: HealthState }, right: { state: HealthState }): number {
  return RANK[left.state] - RANK[right.state];
}
