import type { CatalogSnapshot } from '../pipeline/ports.js';
import { catalogSnapshot, type CatalogParts } from './catalog-snapshot.js';
import type { GatewayDatabase } from './gateway-database.js';
import { loadCatalog, loadEntries, loadPrices } from './load-catalog.js';
import { loadTenants } from './load-tenants.js';
import { type TenantRows, TenantStore } from './tenant-store.js';

/** What a gateway knows of the control plane, as plain rows. */
export interface ProjectionRows {
  /** Highest revision of the outbox that is in it. */
  revision: bigint;
  tenants: TenantRows;
  catalog: CatalogParts;
}

/** The same, ready to be asked. */
export class ProjectionState {
  readonly tenants: TenantStore;
  snapshot: CatalogSnapshot;
  revision: bigint;
  private parts: CatalogParts;

  constructor(rows: ProjectionRows) {
    this.revision = rows.revision;
    this.tenants = new TenantStore(rows.tenants);
    this.parts = rows.catalog;
    this.snapshot = catalogSnapshot(rows.catalog, rows.revision);
  }

  get catalogParts(): CatalogParts {
    return this.parts;
  }

  /** Puts a new reading in the place of the old one, which calls under way keep. */
  replaceCatalog(change: Partial<CatalogParts>, revision: bigint): void {
    this.parts = { ...this.parts, ...change };
    this.snapshot = catalogSnapshot(this.parts, revision);
  }

  rows(): ProjectionRows {
    return { revision: this.revision, tenants: this.tenants.rows(), catalog: this.parts };
  }
}

/** Reads everything from one snapshot of Postgres. */
export function loadAll(database: GatewayDatabase): Promise<ProjectionRows> {
  return database.inOneSnapshot(async (reader) => {
    const [last] = await reader.query<{ revision: string }>(
      'SELECT coalesce(max(revision), 0) AS revision FROM outbox',
    );
    return {
      revision: BigInt(last?.revision ?? 0),
      tenants: await loadTenants(reader),
      catalog: {
        ...(await loadCatalog(reader)),
        prices: await loadPrices(reader),
        entries: await loadEntries(reader),
      },
    };
  });
}
