import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ApiKey,
  type Budget,
  type CallPage,
  controlPlaneRoutes,
  type ControlPlaneRouteName,
  type CreatedApiKey,
  type Invitation,
  openApiDocument,
  type Organization,
  type OwnProvider,
  type Policy,
  type Project,
  type RouteDefinition,
} from '@trunkline/contracts/control-plane';
import { insertCall, insertRollup } from '../support/log-fixtures.js';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Visitor } from '../support/visitor.js';

const NOBODY = '01a1fe1f-0000-7000-8000-000000000000';
const RANGE = {
  from: new Date(Date.now() - 86_400_000).toISOString(),
  to: new Date(Date.now() + 3_600_000).toISOString(),
};

/** A good query or body for each route that takes one, so that it is the tenant and not the shape that is refused. */
const INPUTS: Partial<Record<ControlPlaneRouteName, { query?: Record<string, string>; body?: unknown }>> = {
  renameOrganization: { body: { name: 'Mine now' } },
  createProject: { body: { name: 'Intruder' } },
  updateProject: { body: { name: 'Intruder', keepBodies: true } },
  changeMemberRole: { body: { role: 'member' } },
  inviteMember: { body: { email: 'intruder@example.com', role: 'admin' } },
  createApiKey: { body: { name: 'Intruder' } },
  updateApiKey: { body: { name: 'Intruder' } },
  createPolicy: { body: { name: 'Intruder', document: {} } },
  savePolicyVersion: { body: { document: {} } },
  publishPolicy: { body: { version: 1 } },
  createBudget: { body: { scope: 'organization', scopeId: NOBODY, period: 'day', limitNanoUsd: '1' } },
  changeBudget: { body: { limitNanoUsd: '1' } },
  getOverview: { query: RANGE },
  getUsageSeries: { query: RANGE },
  getUsageBreakdown: { query: { ...RANGE, by: 'model' } },
  updateTenant: { body: { suspended: true } },
  grantCredit: { body: { amountNanoUsd: '1', description: 'Gift', idempotencyKey: NOBODY } },
  createProviderEntry: { body: { providerId: 'openai', apiKeys: ['sk-intruder'] } },
  updateProviderEntry: { body: { enabled: false } },
  createOwnProvider: { body: { providerId: 'openai', apiKeys: ['sk-intruder'] } },
  updateOwnProvider: { body: { enabled: false } },
  testOwnProvider: { body: {} },
  changePrices: { body: { changes: [{ offerId: 'openai/gpt-4o@openai', prices: null }] } },
  createOrganization: { body: { name: 'Another' } },
  switchOrganization: { body: { organizationId: NOBODY } },
  setSimulatorFaults: { body: { faults: [] } },
};

/** Operations of the served document, as rows of the table. */
function operations(): { name: ControlPlaneRouteName; route: RouteDefinition }[] {
  const paths = openApiDocument()['paths'] as Record<
    string,
    Record<string, { operationId: ControlPlaneRouteName }>
  >;
  return Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId: name }) => ({
      name,
      route: controlPlaneRoutes[name] as RouteDefinition,
    })),
  );
}

describe('tenant isolation on every route of the OpenAPI document', () => {
  let plane: TestControlPlane;
  let victim: { visitor: Visitor; organization: Organization };
  let intruder: { visitor: Visitor; organization: Organization };
  /** Ids of the victim's, by the names of path parameters. */
  let theirs: Record<string, string>;

  beforeAll(async () => {
    plane = await startControlPlane({ SIGNUP_CREDIT_USD: '1' });
    victim = await plane.owner('Victim');
    intruder = await plane.owner('Intruder');
    const { visitor, organization } = victim;
    const params = { organizationId: organization.id };
    const project = await visitor.get<Project>('createProject', { params, body: { name: 'Secret' } });
    const { apiKey } = await visitor.get<CreatedApiKey>('createApiKey', { params, body: { name: 'Secret' } });
    const budget = await visitor.get<Budget>('createBudget', {
      params,
      body: { scope: 'key', scopeId: apiKey.id, period: 'month', limitNanoUsd: '5000' },
    });
    const policy = await visitor.get<Policy>('createPolicy', {
      params,
      body: { name: 'Secret', document: { failover: { totalMs: 1000 } } },
    });
    await plane.client.user.updateMany({
      where: { members: { some: params } },
      data: { emailVerified: true },
    });
    const invitation = await visitor.get<Invitation>('inviteMember', {
      params,
      body: { email: 'friend@example.com', role: 'member' },
    });
    const [member] = await plane.client.member.findMany({ where: params });
    const own = await visitor.get<OwnProvider>('createOwnProvider', {
      params,
      body: { providerId: 'openai', apiKeys: ['sk-secret-0123456789abcdef'] },
    });
    const call = await insertCall(plane.client, organization, { keyId: apiKey.id });
    await insertRollup(plane.client, organization, {
      at: new Date(),
      firstTokensMs: [100],
      costNanoUsd: 77n,
    });
    theirs = {
      ...params,
      projectId: project.id,
      apiKeyId: apiKey.id,
      budgetId: budget.id,
      policyId: policy.id,
      invitationId: invitation.id,
      memberId: member?.id ?? '',
      callId: call.id,
      entryId: own.id,
      queue: '{usage-0}',
      jobId: '1',
      author: 'openai',
      slug: 'gpt-4o-mini',
    };
  });
  afterAll(() => plane.stop());

  const snapshot = async () => {
    const organizationId = victim.organization.id;
    const where = { organizationId };
    const rows = await Promise.all([
      plane.client.organization.findMany({ where: { id: organizationId }, include: { account: true } }),
      plane.client.project.findMany({ where }),
      plane.client.apiKey.findMany({ where, orderBy: { id: 'asc' } }),
      plane.client.budget.findMany({ where, orderBy: { id: 'asc' } }),
      plane.client.policy.findMany({ where, include: { versions: true } }),
      plane.client.member.findMany({ where }),
      plane.client.invitation.findMany({ where }),
      plane.client.providerEntry.findMany({ where, include: { credentials: true } }),
      plane.client.auditEvent.findMany({ where, orderBy: { id: 'asc' } }),
    ]);
    return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  };

  it.each(operations())(
    '$name lets nobody in who is not logged in, unless it is public',
    async ({ name, route }) => {
      const answer = await plane.visitor().call(name, { params: theirs, ...INPUTS[name] });
      expect(answer.status).toBe(route.access === 'public' ? 200 : 401);
    },
  );

  it.each(operations().filter(({ route }) => route.path.includes('/organizations/{organizationId}')))(
    '$name tells and changes nothing of an organization to who is not its member',
    async ({ name }) => {
      const before = await snapshot();
      const answer = await intruder.visitor.call(name, { params: theirs, ...INPUTS[name] });
      expect(answer.status).toBe(404);
      expect(await snapshot()).toBe(before);
    },
  );

  const OWN_IDS = ['organizationId', 'author', 'slug', 'queue', 'jobId'];
  const withObjects = operations().filter(
    ({ route }) =>
      route.path.includes('/organizations/{organizationId}') &&
      Object.keys(route.params?.shape ?? {}).some((parameter) => !OWN_IDS.includes(parameter)),
  );

  it.each(withObjects)(
    '$name does not take another tenant’s object into one’s own organization',
    async ({ name }) => {
      const before = await snapshot();
      const params = { ...theirs, organizationId: intruder.organization.id };
      const answer = await intruder.visitor.call(name, { params, ...INPUTS[name] });
      expect(answer.status).toBe(404);
      expect(await snapshot()).toBe(before);
    },
  );

  it.each(operations().filter(({ route }) => route.access === 'operator'))(
    '$name is closed to customers',
    async ({ name }) => {
      const answer = await intruder.visitor.call(name, { params: theirs, ...INPUTS[name] });
      expect(answer.status).toBe(403);
    },
  );

  it('does not take another tenant’s ids in bodies', async () => {
    const params = { organizationId: intruder.organization.id };
    const { visitor } = intruder;
    const key = await visitor.call('createApiKey', {
      params,
      body: { name: 'Key', projectId: theirs['projectId'] },
    });
    expect(key.status).toBe(404);
    const scopes = {
      organization: 'organizationId',
      project: 'projectId',
      key: 'apiKeyId',
      member: 'memberId',
    };
    for (const [scope, id] of Object.entries(scopes)) {
      const body = { scope, scopeId: theirs[id], period: 'day', limitNanoUsd: '1' };
      expect((await visitor.call('createBudget', { params, body })).status).toBe(404);
    }
    const body = { organizationId: victim.organization.id };
    expect((await visitor.call('switchOrganization', { body })).status).toBe(404);
  });

  it('finds nothing of another tenant by filters and by whole ids', async () => {
    const params = { organizationId: intruder.organization.id };
    const { attemptId, id } = await insertCall(plane.client, victim.organization, {
      clientRequestId: 'theirs',
    });
    for (const query of [
      { keyId: theirs['apiKeyId'] ?? '' },
      { text: id },
      { text: attemptId },
      { text: 'theirs' },
    ]) {
      expect((await intruder.visitor.get<CallPage>('listCalls', { params, query })).items).toEqual([]);
    }
    const own = { organizationId: victim.organization.id };
    for (const text of [id, attemptId, 'theirs']) {
      const page = await victim.visitor.get<CallPage>('listCalls', { params: own, query: { text } });
      expect(page.items.map((call) => call.id)).toEqual([id]);
    }
    const series = await intruder.visitor.call('getUsageSeries', { params, query: RANGE });
    expect(series.json).toMatchObject({ points: [] });
    const keys = await intruder.visitor.get<{ items: ApiKey[] }>('listApiKeys', { params });
    expect(keys.items).toEqual([]);
  });
});
