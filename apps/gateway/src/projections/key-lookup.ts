import type { KeyLookup } from '../pipeline/ports.js';
import type { Reader } from './gateway-database.js';
import {
  loadBudgetsOf,
  loadKeyByHash,
  loadMembers,
  loadOrganizations,
  loadPolicies,
  loadProjects,
} from './load-tenants.js';
import type { TenantStore } from './tenant-store.js';

const UNKNOWN_MS = 10_000;
const LOOKUPS_PER_SECOND = 50;
const MAX_UNKNOWN = 10_000;

/** Finds keys that the projection does not have (yet): each asked for once at a time, and not without limit. */
export class KeyLookups {
  private readonly underWay = new Map<string, Promise<KeyLookup>>();
  /** Hash → until when it counts as unknown; oldest first. */
  private readonly unknownUntil = new Map<string, number>();
  private tokens = LOOKUPS_PER_SECOND;
  private filledMs: number;

  constructor(
    private readonly reader: Reader,
    private readonly now: () => number,
  ) {
    this.filledMs = now();
  }

  find(hash: string, tenants: TenantStore): KeyLookup | Promise<KeyLookup> {
    const unknownUntil = this.unknownUntil.get(hash);
    if (unknownUntil !== undefined && this.now() < unknownUntil) return { kind: 'unknown' };
    const running = this.underWay.get(hash);
    if (running) return running;
    if (!this.takeToken()) return { kind: 'unavailable' };
    const lookup = this.ask(hash, tenants).finally(() => this.underWay.delete(hash));
    this.underWay.set(hash, lookup);
    return lookup;
  }

  /** A key with this hash was made or changed. */
  forgetUnknown(hash: string): void {
    this.unknownUntil.delete(hash);
  }

  private async ask(hash: string, tenants: TenantStore): Promise<KeyLookup> {
    try {
      const key = await loadKeyByHash(this.reader, hash);
      if (!key) return this.rememberUnknown(hash);
      const { organizationId, projectId, memberId } = key;
      const scopes = [key.id, organizationId, projectId, ...(memberId === null ? [] : [memberId])];
      const budgets = await loadBudgetsOf(this.reader, scopes);
      // Of all that is read here: what came by the outbox meanwhile is newer.
      tenants.putBudgets(budgets.filter((budget) => !tenants.has('budget', budget.id)));
      if (!tenants.has('organization', organizationId)) {
        for (const row of await loadOrganizations(this.reader, [organizationId]))
          if (!tenants.has('organization', row.id)) tenants.putOrganization(row);
      }
      if (!tenants.has('project', projectId)) {
        for (const row of await loadProjects(this.reader, [projectId]))
          if (!tenants.has('project', row.id)) tenants.putProject(row);
      }
      await this.loadPolicy(key.policyId ?? tenants.defaultPolicyOf(projectId), tenants);
      if (memberId !== null && !tenants.has('member', memberId)) {
        for (const row of await loadMembers(this.reader, [memberId]))
          if (!tenants.has('member', row.id)) tenants.putMember(row);
      }
      if (!tenants.key(hash)) tenants.putKey(key);
      const found = tenants.key(hash);
      const principal = found ? tenants.principalOfKey(found) : null;
      // Its organization is not provisioned yet: not the client's fault, and soon over.
      return principal ? { kind: 'found', principal } : { kind: 'unavailable' };
    } catch {
      return { kind: 'unavailable' };
    }
  }

  private async loadPolicy(id: string | null, tenants: TenantStore): Promise<void> {
    if (id === null || tenants.has('policy', id)) return;
    for (const row of await loadPolicies(this.reader, [id]))
      if (!tenants.has('policy', row.id)) tenants.putPolicy(row);
  }

  private rememberUnknown(hash: string): KeyLookup {
    const [oldest] = this.unknownUntil.keys();
    if (oldest !== undefined && this.unknownUntil.size >= MAX_UNKNOWN) this.unknownUntil.delete(oldest);
    this.unknownUntil.delete(hash);
    this.unknownUntil.set(hash, this.now() + UNKNOWN_MS);
    return { kind: 'unknown' };
  }

  private takeToken(): boolean {
    const nowMs = this.now();
    const refill = ((nowMs - this.filledMs) / 1000) * LOOKUPS_PER_SECOND;
    this.tokens = Math.min(LOOKUPS_PER_SECOND, this.tokens + refill);
    this.filledMs = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
