import type { OutboxKind } from '@trunkline/contracts';
import type { Reader } from './gateway-database.js';
import { loadCatalog, loadEntries, loadPrices } from './load-catalog.js';
import {
  loadBudgets,
  loadKeys,
  loadMembers,
  loadOrganizations,
  loadPolicies,
  loadProjects,
} from './load-tenants.js';
import type { ProjectionState } from './state.js';

export interface OutboxRow {
  revision: string;
  kind: string;
  entity_id: string;
}

/** What of a change concerns others than the state itself. */
export interface OutboxEffects {
  /** Hashes of keys that were made or changed. */
  keyHashes: string[];
  /** Wallets whose credited sum moved. */
  wallets: string[];
}

/** Reads the rows that a page of the outbox names and puts them into the state; what is gone is taken out. */
export async function applyOutbox(
  state: ProjectionState,
  reader: Reader,
  page: readonly OutboxRow[],
): Promise<OutboxEffects> {
  const changed = new Map<string, Set<string>>();
  for (const row of page) {
    const ids = changed.get(row.kind) ?? new Set<string>();
    changed.set(row.kind, ids.add(row.entity_id));
  }
  const idsOf = (kind: OutboxKind): string[] => [...(changed.get(kind) ?? [])];
  const { tenants } = state;
  // Budgets first: what is put afterwards takes its budgets along.
  await refresh(
    idsOf('budget'),
    (ids) => loadBudgets(reader, ids),
    (row) => tenants.putBudgets([row]),
    (id) => tenants.removeBudget(id),
  );
  // Before what points at them, so that no call falls between an old policy and its successor.
  await refresh(
    idsOf('policy'),
    (ids) => loadPolicies(reader, ids),
    (row) => tenants.putPolicy(row),
    (id) => tenants.removePolicy(id),
  );
  await refresh(
    idsOf('organization'),
    (ids) => loadOrganizations(reader, ids),
    (row) => tenants.putOrganization(row),
    (id) => tenants.removeOrganization(id),
  );
  await refresh(
    idsOf('project'),
    (ids) => loadProjects(reader, ids),
    (row) => tenants.putProject(row),
    (id) => tenants.removeProject(id),
  );
  await refresh(
    idsOf('member'),
    (ids) => loadMembers(reader, ids),
    (row) => tenants.putMember(row),
    (id) => tenants.removeMember(id),
  );
  const keys = await refresh(
    idsOf('api_key'),
    (ids) => loadKeys(reader, ids),
    (row) => tenants.putKey(row),
    (id) => tenants.removeKey(id),
  );

  const revision = BigInt(page.at(-1)?.revision ?? state.revision);
  const parts = {
    ...(changed.has('catalog') ? await loadCatalog(reader) : {}),
    ...(changed.has('price') ? { prices: await loadPrices(reader) } : {}),
    ...(changed.has('provider_entry') ? { entries: await loadEntries(reader) } : {}),
  };
  if (Object.keys(parts).length > 0) state.replaceCatalog(parts, revision);
  // Last, so that a page whose reads failed is read again.
  state.revision = revision;
  return { keyHashes: keys.map((key) => key.hash), wallets: idsOf('wallet') };
}

async function refresh<Row extends { id: string }>(
  ids: string[],
  load: (ids: string[]) => Promise<Row[]>,
  put: (row: Row) => void,
  remove: (id: string) => void,
): Promise<Row[]> {
  if (ids.length === 0) return [];
  const rows = await load(ids);
  const found = new Set(rows.map((row) => row.id));
  for (const row of rows) put(row);
  for (const id of ids) if (!found.has(id)) remove(id);
  return rows;
}
