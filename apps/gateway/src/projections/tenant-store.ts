import type {
  BudgetProjection,
  KeyProjection,
  MemberProjection,
  OrganizationProjection,
  PolicyProjection,
  ProjectProjection,
} from '@trunkline/contracts';
import type { Principal } from '../pipeline/ports.js';

/** A budget with the organization, project, key or member that it holds for. */
export interface BudgetRow extends BudgetProjection {
  scopeId: string;
}

type WithoutBudgets<T> = Omit<T, 'budgets'>;

/** Everything of the tenants as rows, for the snapshot on disk. */
export interface TenantRows {
  organizations: WithoutBudgets<OrganizationProjection>[];
  projects: WithoutBudgets<ProjectProjection>[];
  members: WithoutBudgets<MemberProjection>[];
  keys: WithoutBudgets<KeyProjection>[];
  /** Absent in a snapshot of an older version. */
  policies?: PolicyProjection[];
  budgets: BudgetRow[];
}

/** Tenants in memory. What is handed out is never changed afterwards: a change puts a new object in its place. */
export class TenantStore {
  private readonly organizations = new Map<string, OrganizationProjection>();
  private readonly projects = new Map<string, ProjectProjection>();
  private readonly members = new Map<string, MemberProjection>();
  private readonly keys = new Map<string, KeyProjection>();
  private readonly keysByHash = new Map<string, KeyProjection>();
  private readonly policies = new Map<string, PolicyProjection>();
  private readonly budgets = new Map<string, BudgetRow>();
  private readonly budgetsByScope = new Map<string, BudgetProjection[]>();

  constructor(rows: TenantRows) {
    this.putBudgets(rows.budgets);
    for (const row of rows.policies ?? []) this.putPolicy(row);
    for (const row of rows.organizations) this.putOrganization(row);
    for (const row of rows.projects) this.putProject(row);
    for (const row of rows.members) this.putMember(row);
    for (const row of rows.keys) this.putKey(row);
  }

  putOrganization(row: WithoutBudgets<OrganizationProjection>): void {
    this.organizations.set(row.id, { ...row, budgets: this.budgetsOf(row.id) });
  }

  putProject(row: WithoutBudgets<ProjectProjection>): void {
    this.projects.set(row.id, { ...row, budgets: this.budgetsOf(row.id) });
  }

  putMember(row: WithoutBudgets<MemberProjection>): void {
    this.members.set(row.id, { ...row, budgets: this.budgetsOf(row.id) });
  }

  putKey(row: WithoutBudgets<KeyProjection>): void {
    this.removeKey(row.id);
    const key = { ...row, budgets: this.budgetsOf(row.id) };
    this.keys.set(row.id, key);
    this.keysByHash.set(row.hash, key);
  }

  putPolicy(row: PolicyProjection): void {
    this.policies.set(row.id, row);
  }

  putBudgets(rows: readonly BudgetRow[]): void {
    for (const row of rows) this.budgets.set(row.id, row);
    this.regroup(new Set(rows.map((row) => row.scopeId)));
  }

  removeOrganization(id: string): void {
    this.organizations.delete(id);
  }

  removeProject(id: string): void {
    this.projects.delete(id);
  }

  removeMember(id: string): void {
    this.members.delete(id);
  }

  removeKey(id: string): void {
    const key = this.keys.get(id);
    if (!key) return;
    this.keys.delete(id);
    this.keysByHash.delete(key.hash);
  }

  removePolicy(id: string): void {
    this.policies.delete(id);
  }

  removeBudget(id: string): void {
    const budget = this.budgets.get(id);
    if (!budget) return;
    this.budgets.delete(id);
    this.regroup(new Set([budget.scopeId]));
  }

  key(hash: string): KeyProjection | undefined {
    return this.keysByHash.get(hash);
  }

  /** Null when a part of it is not known here. */
  principalOfKey(key: KeyProjection): Principal | null {
    const member = key.memberId === null ? null : (this.members.get(key.memberId) ?? null);
    return this.principal(key.organizationId, key.projectId, key, member);
  }

  /** Null when member, project or organization are gone, or do not belong together. */
  principalOfMember(organizationId: string, projectId: string, memberId: string): Principal | null {
    const member = this.members.get(memberId);
    if (member?.organizationId !== organizationId) return null;
    return this.principal(organizationId, projectId, null, member);
  }

  defaultPolicyOf(projectId: string): string | null {
    return this.projects.get(projectId)?.defaultPolicyId ?? null;
  }

  has(kind: 'organization' | 'project' | 'member' | 'policy' | 'budget', id: string): boolean {
    switch (kind) {
      case 'organization':
        return this.organizations.has(id);
      case 'project':
        return this.projects.has(id);
      case 'member':
        return this.members.has(id);
      case 'policy':
        return this.policies.has(id);
      case 'budget':
        return this.budgets.has(id);
    }
  }

  rows(): TenantRows {
    return {
      organizations: [...this.organizations.values()].map(withoutBudgets),
      projects: [...this.projects.values()].map(withoutBudgets),
      members: [...this.members.values()].map(withoutBudgets),
      keys: [...this.keys.values()].map(withoutBudgets),
      policies: [...this.policies.values()],
      budgets: [...this.budgets.values()],
    };
  }

  private principal(
    organizationId: string,
    projectId: string,
    key: KeyProjection | null,
    member: MemberProjection | null,
  ): Principal | null {
    const organization = this.organizations.get(organizationId);
    const project = this.projects.get(projectId);
    if (!organization || project?.organizationId !== organizationId) return null;
    return { organization, project, key, member, policy: this.policyOf(project, key) };
  }

  private policyOf(project: ProjectProjection, key: KeyProjection | null): PolicyProjection | null {
    const id = key?.policyId ?? project.defaultPolicyId;
    return id ? (this.policies.get(id) ?? null) : null;
  }

  private budgetsOf(scopeId: string): BudgetProjection[] {
    return this.budgetsByScope.get(scopeId) ?? [];
  }

  private regroup(scopeIds: ReadonlySet<string>): void {
    for (const scopeId of scopeIds) this.budgetsByScope.delete(scopeId);
    for (const { scopeId, ...budget } of this.budgets.values()) {
      if (!scopeIds.has(scopeId)) continue;
      this.budgetsByScope.set(scopeId, [...this.budgetsOf(scopeId), budget]);
    }
    for (const scopeId of scopeIds) {
      const organization = this.organizations.get(scopeId);
      if (organization) this.putOrganization(organization);
      const project = this.projects.get(scopeId);
      if (project) this.putProject(project);
      const member = this.members.get(scopeId);
      if (member) this.putMember(member);
      const key = this.keys.get(scopeId);
      if (key) this.putKey(key);
    }
  }
}

function withoutBudgets<T extends { budgets: unknown }>(projection: T): Omit<T, 'budgets'> {
  const row: Omit<T, 'budgets'> & { budgets?: unknown } = { ...projection };
  delete row.budgets;
  return row;
}
