import { loadCatalog } from '@trunkline/catalog';
import { breakerScopeOf, type SharedOpening } from '@trunkline/contracts';
import type { FleetHealth, OpenBreaker } from '@trunkline/contracts/control-plane';
import type { Database } from '../../database/database.module.js';
import type { FleetBreakers } from './fleet-breakers.js';

/** What is open, why, and since when; who has been out for longest comes first. */
export async function fleetHealth({ client }: Database, breakers: FleetBreakers): Promise<FleetHealth> {
  const { nowMs, openings } = await breakers.read();
  const entries = await client.providerEntry.findMany({
    where: { organizationId: null },
    select: { id: true, providerId: true, region: true, credentials: { select: { id: true, hint: true } } },
  });
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const { providersById } = loadCatalog();
  const open: OpenBreaker[] = [];
  for (const [name, opening] of openings) {
    const named = partsOf(name);
    if (!named || isOver(opening, nowMs)) continue;
    const entry = byId.get(named.entryId);
    open.push({
      name,
      scope: named.scope,
      cause: opening.cause,
      detail: opening.detail,
      waitsForProbe: opening.untilMs <= nowMs,
      since: new Date(opening.sinceMs).toISOString(),
      until: new Date(opening.untilMs).toISOString(),
      times: opening.times,
      entryId: named.entryId,
      providerId: entry?.providerId ?? null,
      providerName: entry ? (providersById.get(entry.providerId)?.name ?? entry.providerId) : null,
      region: entry?.region ?? null,
      offerId: named.offerId,
      credentialId: named.credentialId,
      credentialHint: entry?.credentials.find(({ id }) => id === named.credentialId)?.hint ?? null,
    });
  }
  return {
    readAt: new Date(nowMs).toISOString(),
    breakers: open.toSorted((left, right) => left.since.localeCompare(right.since)),
  };
}

/** Cooling ends by itself; the hash is swept now and then. */
function isOver(opening: SharedOpening, nowMs: number): boolean {
  return opening.cause === 'cooling' && opening.untilMs <= nowMs;
}

/** Names are `target:<offer>|<entry>|<credential>`, `credential:<entry>|<credential>` and `entry:<entry>`. */
function partsOf(name: string) {
  const scope = breakerScopeOf(name);
  if (!scope) return null;
  const parts = name.slice(scope.length + 1).split('|');
  const [offerId, entryId, credentialId] =
    scope === 'target' ? parts : scope === 'credential' ? [null, ...parts] : [null, parts[0], null];
  return {
    scope,
    offerId: offerId ?? null,
    entryId: entryId ?? '',
    credentialId: credentialId && UUID.test(credentialId) ? credentialId : null,
  };
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
