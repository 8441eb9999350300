import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  ApiKey,
  CallDetail,
  CreatedApiKey,
  Organization,
  Policy,
  PolicyVersion,
  Project,
} from '@trunkline/contracts/control-plane';
import { insertCall } from '../support/log-fixtures.js';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Visitor } from '../support/visitor.js';

const PATIENT = { failover: { firstTokenMs: 9_000 } };
const HASTY = { failover: { firstTokenMs: 900, rescue: { holdBackTokens: 20 }, alsoOn: ['empty'] } };

describe('policies', () => {
  let plane: TestControlPlane;
  let owner: Visitor;
  let organization: Organization;
  let params: { organizationId: string };
  beforeAll(async () => {
    plane = await startControlPlane();
    ({ visitor: owner, organization } = await plane.owner('Acme'));
    params = { organizationId: organization.id };
    await plane.client.model.create({
      data: {
        ...{ id: 'openai/gpt-4o', name: 'GPT-4o', author: 'openai', kind: 'chat', status: 'current' },
        ...{ inputModalities: ['text'], outputModalities: ['text'], capabilities: {} },
      },
    });
  });
  afterAll(() => plane.stop());

  let names = 0;
  const create = (body: object = {}) =>
    owner.get<Policy>('createPolicy', {
      params,
      body: { name: `policy ${(names += 1)}`, document: PATIENT, ...body },
    });
  const pathOf = ({ id }: Policy) => ({ params: { ...params, policyId: id } });
  const save = (policy: Policy, body: object) =>
    owner.get<PolicyVersion>('savePolicyVersion', { ...pathOf(policy), body });
  const publish = (policy: Policy, version: number) =>
    owner.get<Policy>('publishPolicy', { ...pathOf(policy), body: { version } });
  const versionsOf = (policy: Policy, query: Record<string, string | number> = {}) =>
    owner.get<{ items: PolicyVersion[]; nextCursor: string | null }>('listPolicyVersions', {
      ...pathOf(policy),
      query,
    });
  const toldOf = ({ id }: Policy) => plane.client.outbox.count({ where: { kind: 'policy', entityId: id } });
  const actionsOf = async ({ id }: Policy) =>
    (await plane.client.auditEvent.findMany({ where: { targetId: id }, orderBy: { id: 'asc' } })).map(
      ({ action }) => action,
    );

  it('are drafts until one is published: gateways hear of that alone', async () => {
    const policy = await create();
    expect(policy).toMatchObject({
      publishedVersion: null,
      publishedDocument: null,
      latestVersion: 1,
      isProjectDefault: false,
      keys: 0,
    });
    expect(await toldOf(policy)).toBe(0);
    const second = await save(policy, { document: HASTY, note: 'Nobody waits nine seconds.' });
    expect(second).toMatchObject({ number: 2, document: HASTY, authorName: 'Acme', isPublished: false });
    expect(await publish(policy, 2)).toMatchObject({ publishedVersion: 2, publishedDocument: HASTY });
    expect(await toldOf(policy)).toBe(1);
    const { items } = await versionsOf(policy);
    expect(items.map(({ number, isPublished, note }) => [number, isPublished, note])).toEqual([
      [2, true, 'Nobody waits nine seconds.'],
      [1, false, null],
    ]);
  });

  it('are rolled back by publishing what was in force before, and say so in the audit log', async () => {
    const policy = await create({ publish: true });
    await save(policy, { document: HASTY, publish: true, basedOn: 1 });
    const back = await publish(policy, 1);
    expect(back).toMatchObject({ publishedVersion: 1, publishedDocument: PATIENT, latestVersion: 2 });
    await publish(policy, 1);
    expect(await toldOf(policy)).toBe(3);
    expect(await actionsOf(policy)).toEqual(['policy.create', 'policy.save_version', 'policy.roll_back']);
  });

  it('give versions that nobody changes, the database’s owner included', async () => {
    const policy = await create();
    const [version] = (await versionsOf(policy)).items;
    await expect(
      plane.client.policyVersion.update({ where: { id: version?.id ?? '' }, data: { document: {} } }),
    ).rejects.toThrow('violated');
    expect((await versionsOf(policy)).items).toEqual([version]);
  });

  it.each([
    ['an unknown section', { rules: [] }, 'document', 'rules'],
    ['an unknown word', { failover: { firstTokenMS: 1 } }, 'document.failover', 'firstTokenMS'],
    ['a clock of no time', { failover: { gapMs: 0 } }, 'document.failover.gapMs', ''],
    ['a clock of more than an hour', { failover: { totalMs: 3_600_001 } }, 'document.failover.totalMs', ''],
    ['an outcome that there is not', { failover: { alsoOn: ['sad'] } }, 'document.failover.alsoOn.0', ''],
    ['a hedge without a delay', { failover: { hedge: {} } }, 'document.failover.hedge', ''],
    [
      'a model that there is not',
      { failover: { fallbackModels: ['openai/gpt-4o', 'nobody/nothing'] } },
      'document.failover.fallbackModels.1',
      'nobody/nothing',
    ],
  ])('refuse %s, and say where it stands', async (_, document, path, message) => {
    const answer = await owner.call('createPolicy', { params, body: { name: 'Wrong', document } });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ error: { fields: [{ path }] } });
    expect(JSON.stringify(answer.json)).toContain(message);
  });

  it('let two people not overwrite each other', async () => {
    const policy = await create();
    await save(policy, { document: HASTY, basedOn: 1 });
    const late = await owner.call('savePolicyVersion', {
      ...pathOf(policy),
      body: { document: PATIENT, basedOn: 1 },
    });
    expect(late.status).toBe(409);
    const both = await Promise.all([save(policy, { document: PATIENT }), save(policy, { document: HASTY })]);
    expect(both.map(({ number }) => number).toSorted()).toEqual([3, 4]);
    expect(await owner.get<Policy>('getPolicy', pathOf(policy))).toMatchObject({ latestVersion: 4 });
  });

  it('page their versions by number', async () => {
    const policy = await create();
    for (const firstTokenMs of [2, 3]) await save(policy, { document: { failover: { firstTokenMs } } });
    const first = await versionsOf(policy, { limit: 2 });
    expect(first.items.map(({ number }) => number)).toEqual([3, 2]);
    const second = await versionsOf(policy, { limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.items.map(({ number }) => number)).toEqual([1]);
    expect(second.nextCursor).toBeNull();
  });

  it('have a name of their own in a project', async () => {
    const policy = await create();
    const again = await owner.call('createPolicy', {
      params,
      body: { name: policy.name.toUpperCase(), document: {} },
    });
    expect(again.status).toBe(409);
    expect((await owner.call('archivePolicy', pathOf(policy))).status).toBe(204);
    expect(await create({ name: policy.name })).toMatchObject({ name: policy.name });
  });

  describe('in use', () => {
    const setDefault = (projectId: string, defaultPolicyId: string | null) =>
      owner.call('updateProject', { params: { ...params, projectId }, body: { defaultPolicyId } });
    const createKey = (body: object) =>
      owner.get<CreatedApiKey>('createApiKey', { params, body: { name: 'Key', ...body } });

    it('hold for a key, also for the one that replaces it', async () => {
      const policy = await create({ publish: true });
      const { apiKey } = await createKey({ policyId: policy.id });
      expect(apiKey).toMatchObject({ policyId: policy.id, policyName: policy.name });
      const keyPath = { params: { ...params, apiKeyId: apiKey.id } };
      const rotated = await owner.get<CreatedApiKey>('rotateApiKey', keyPath);
      expect(rotated.apiKey.policyId).toBe(policy.id);
      const newPath = { params: { ...params, apiKeyId: rotated.apiKey.id } };
      const plain = await owner.get<ApiKey>('updateApiKey', { ...newPath, body: { policyId: null } });
      expect(plain).toMatchObject({ policyId: null, policyName: null });
    });

    it('hold for a project, and are told to gateways with it', async () => {
      const policy = await create({ publish: true });
      expect((await setDefault(policy.projectId, policy.id)).json).toMatchObject({
        defaultPolicyId: policy.id,
      });
      expect(await owner.get<Policy>('getPolicy', pathOf(policy))).toMatchObject({ isProjectDefault: true });
      expect((await setDefault(policy.projectId, null)).json).toMatchObject({ defaultPolicyId: null });
      expect(
        await plane.client.outbox.count({ where: { kind: 'project', entityId: policy.projectId } }),
      ).toBeGreaterThanOrEqual(2);
    });

    it('are not archived, and say who uses them', async () => {
      const policy = await create({ publish: true });
      await createKey({ policyId: policy.id });
      await setDefault(policy.projectId, policy.id);
      const refused = await owner.call('archivePolicy', pathOf(policy));
      expect(refused.status).toBe(409);
      expect(JSON.stringify(refused.json)).toMatch(/the project .+ as its default and one key/);
      await setDefault(policy.projectId, null);
      expect(await owner.get<Policy>('getPolicy', pathOf(policy))).toMatchObject({ archivedAt: null });
    });

    it('are neither drafts nor policies of another project', async () => {
      const draft = await create();
      const other = await owner.get<Project>('createProject', { params, body: { name: 'Other' } });
      const foreign = await create({ projectId: other.id, publish: true });
      for (const { id } of [draft, foreign]) {
        const key = await owner.call('createApiKey', { params, body: { name: 'Key', policyId: id } });
        expect(key.json).toMatchObject({ error: { fields: [{ path: 'policyId' }] } });
        const project = await setDefault(draft.projectId, id);
        expect(project.json).toMatchObject({ error: { fields: [{ path: 'defaultPolicyId' }] } });
      }
    });

    it('are named by the log with their version', async () => {
      const policy = await create({ publish: true });
      const [version] = (await versionsOf(policy)).items;
      const call = await insertCall(plane.client, organization, { policyVersionId: version?.id ?? null });
      const detail = await owner.get<CallDetail>('getCall', { params: { ...params, callId: call.id } });
      expect(detail.policy).toEqual({ id: policy.id, name: policy.name, version: 1 });
    });
  });

  it('are changed by owners and admins alone, and read by every member', async () => {
    const policy = await create({ publish: true });
    const member = plane.visitor();
    const { email } = await member.signUp('Mel');
    const user = await plane.client.user.findUniqueOrThrow({ where: { email } });
    await plane.client.member.create({
      data: { id: user.id, organizationId: organization.id, userId: user.id, role: 'member' },
    });
    expect((await member.call('getPolicy', pathOf(policy))).status).toBe(200);
    expect((await member.call('publishPolicy', { ...pathOf(policy), body: { version: 1 } })).status).toBe(
      403,
    );
    expect((await member.call('archivePolicy', pathOf(policy))).status).toBe(403);
  });

  it('go with their organization', async () => {
    const { visitor, organization: doomed } = await plane.owner('Doomed');
    const theirs = { organizationId: doomed.id };
    const policy = await visitor.get<Policy>('createPolicy', {
      params: theirs,
      body: { name: 'P', document: PATIENT, publish: true },
    });
    await visitor.get('createApiKey', { params: theirs, body: { name: 'K', policyId: policy.id } });
    await visitor.get('updateProject', {
      params: { ...theirs, projectId: policy.projectId },
      body: { defaultPolicyId: policy.id },
    });
    await plane.client.organization.delete({ where: { id: doomed.id } });
    expect(await plane.client.policyVersion.count({ where: { organizationId: doomed.id } })).toBe(0);
  });
});
