import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  CatalogModel,
  OwnProvider,
  OwnProviderChoices,
  OwnProviderTest,
  Organization,
  Project,
} from '@trunkline/contracts/control-plane';
import { startSimulator, type RunningSimulator } from '@trunkline/provider-simulator';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Visitor } from '../support/visitor.js';

const KEY = 'sk-own-0123456789abcdef';

describe('an organization’s own providers', () => {
  let plane: TestControlPlane;
  let simulator: RunningSimulator;
  let owner: Visitor;
  let organization: Organization;
  let params: { organizationId: string };
  beforeAll(async () => {
    simulator = await startSimulator({ pace: { firstTokenMs: 0, gapMs: 0, plainMs: 0 } });
    plane = await startControlPlane({ ALLOWED_PRIVATE_NETWORKS: '127.0.0.1' });
    ({ visitor: owner, organization } = await plane.owner('Acme'));
    params = { organizationId: organization.id };
  });
  afterAll(async () => {
    await plane.stop();
    await simulator.close();
  });

  const create = (body: Record<string, unknown>) =>
    owner.get<OwnProvider>('createOwnProvider', { params, body });

  it('are keys for a provider of the catalog: a pool, told by hints and never whole, told to gateways', async () => {
    const made = await create({ providerId: 'openai', apiKeys: [KEY, 'sk-two-0123456789abcdef'] });
    expect(made).toMatchObject({
      providerName: 'OpenAI',
      isEndpoint: false,
      baseUrl: 'https://api.openai.com/v1',
      mode: 'first',
      unlistedModels: false,
    });
    expect(made.credentials.map(({ hint }) => hint)).toEqual(['sk-o…cdef', 'sk-t…cdef']);
    const stored = await plane.client.providerEntry.findUniqueOrThrow({
      where: { id: made.id },
      include: { credentials: true },
    });
    expect(stored).toMatchObject({ organizationId: organization.id, source: 'member' });
    expect(JSON.stringify(stored)).not.toContain('0123456789');
    expect(await plane.client.outbox.count({ where: { kind: 'provider_entry', entityId: made.id } })).toBe(1);
    const audit = await plane.client.auditEvent.findFirstOrThrow({ where: { targetId: made.id } });
    expect(audit).toMatchObject({ action: 'own_provider.create', organizationId: organization.id });
    expect(JSON.stringify(audit)).not.toContain('0123456789');
    const listed = await owner.get<{ items: OwnProvider[] }>('listOwnProviders', { params });
    expect(listed.items).toEqual([made]);
  });

  it('are changed: mode, switch, keys of the pool one by one', async () => {
    const made = await create({ providerId: 'groq', apiKeys: [KEY] });
    const path = { params: { ...params, entryId: made.id } };
    const changed = await owner.get<OwnProvider>('updateOwnProvider', {
      ...path,
      body: { mode: 'only', enabled: false, addApiKeys: ['gsk_new_0123456789abcdef'] },
    });
    expect(changed).toMatchObject({ mode: 'only', enabled: false });
    expect(changed.credentials.map(({ id }) => id)).toContain(made.credentials[0]?.id);
    const removed = await owner.get<OwnProvider>('updateOwnProvider', {
      ...path,
      body: { removeCredentials: [made.credentials[0]?.id] },
    });
    expect(removed.credentials.map(({ hint }) => hint)).toEqual(['gsk_…cdef']);
    const last = await owner.call('updateOwnProvider', {
      ...path,
      body: { removeCredentials: [removed.credentials[0]?.id] },
    });
    expect(last.json).toMatchObject({ error: { fields: [{ path: 'removeCredentials' }] } });
    expect((await owner.call('deleteOwnProvider', path)).status).toBe(204);
    expect(await plane.client.providerCredential.count({ where: { entryId: made.id } })).toBe(0);
  });

  it('are endpoints of its own: any name is passed on, and the platform never steps in', async () => {
    const made = await create({
      providerId: 'my-vllm',
      protocol: 'openai',
      baseUrl: `${simulator.url}/p/vllm/v1/`,
      apiKeys: ['sim-vllm-1'],
    });
    expect(made).toMatchObject({
      isEndpoint: true,
      mode: 'only',
      unlistedModels: true,
      baseUrl: `${simulator.url}/p/vllm/v1`,
    });
  });

  it('may be named, with all their models or some, by what a key is allowed', async () => {
    const key = (allowedModels: string[]) =>
      owner.call('createApiKey', { params, body: { name: 'Own', allowedModels } });
    expect((await key(['my-vllm/*', 'my-vllm/some:model'])).status).toBe(201);
    expect((await key(['their-vllm/*'])).json).toMatchObject({
      error: { fields: [{ path: 'allowedModels.0' }] },
    });
  });

  it('may be one project’s alone', async () => {
    const project = await owner.get<Project>('createProject', { params, body: { name: 'Side' } });
    const made = await create({ providerId: 'openai', projectId: project.id, apiKeys: [KEY] });
    expect(made).toMatchObject({ projectId: project.id, projectName: 'Side' });
  });

  it.each([
    [{ providerId: 'openai', apiKeys: [] }, 'apiKeys'],
    [{ providerId: 'mistral', apiKeys: [KEY, KEY] }, 'apiKeys.1'],
    [{ providerId: 'mistral', apiKeys: ['two words'] }, 'apiKeys.0'],
    [{ providerId: 'My Endpoint', apiKeys: [KEY] }, 'providerId'],
    [{ providerId: 'mine', baseUrl: 'https://llm.example/v1' }, 'protocol'],
    [{ providerId: 'mine', protocol: 'openai' }, 'baseUrl'],
    [{ providerId: 'mine', protocol: 'telex', baseUrl: 'https://llm.example/v1' }, 'protocol'],
    [{ providerId: 'mine', protocol: 'openai', baseUrl: 'file:///etc/passwd' }, 'baseUrl'],
    [{ providerId: 'mine', protocol: 'openai', baseUrl: 'http://169.254.169.254/v1' }, 'baseUrl'],
    [{ providerId: 'mine', protocol: 'openai', baseUrl: 'http://[::1]:8000/v1' }, 'baseUrl'],
    [{ providerId: 'mine', protocol: 'openai', baseUrl: 'https://me:pw@llm.example/v1' }, 'baseUrl'],
    [{ providerId: 'meta-llama', protocol: 'openai', baseUrl: 'https://llm.example/v1' }, 'providerId'],
  ])('are refused as %j, naming the field', async (body, field) => {
    const answer = await owner.call('createOwnProvider', { params, body });
    expect(answer.json).toMatchObject({ error: { code: 'invalid_request', fields: [{ path: field }] } });
  });

  it('take no name that the platform’s own endpoints have', async () => {
    const row = { providerId: 'house', protocol: 'openai', baseUrl: 'http://10.0.0.1/v1', source: 'file' };
    await plane.client.providerEntry.create({ data: { id: '01a1fe1f-0000-7000-8000-00000000000f', ...row } });
    const body = { providerId: 'house', protocol: 'openai', baseUrl: 'https://llm.example/v1' };
    const answer = await owner.call('createOwnProvider', { params, body });
    expect(answer.json).toMatchObject({ error: { fields: [{ path: 'providerId' }] } });
  });

  it('stand once under each name and address', async () => {
    const again = await owner.call('createOwnProvider', {
      params,
      body: { providerId: 'openai', apiKeys: [KEY] },
    });
    expect(again.status).toBe(409);
  });

  it('are changed by admins alone', async () => {
    await plane.client.member.updateMany({ where: params, data: { role: 'member' } });
    try {
      const answer = await owner.call('createOwnProvider', {
        params,
        body: { providerId: 'cerebras', apiKeys: [KEY] },
      });
      expect(answer.status).toBe(403);
      expect((await owner.call('listOwnProviders', { params })).status).toBe(200);
    } finally {
      await plane.client.member.updateMany({ where: params, data: { role: 'owner' } });
    }
  });

  it('are tried with each key, and the provider’s word is told', async () => {
    const made = await create({
      providerId: 'deepseek',
      baseUrl: `${simulator.url}/p/deepseek/v1`,
      apiKeys: ['sim-deepseek-1', 'sk-of-nobody'],
    });
    const path = { params: { ...params, entryId: made.id } };
    const { model, results } = await owner.get<OwnProviderTest>('testOwnProvider', { ...path, body: {} });
    expect(model).toMatch(/deepseek/);
    expect(results).toMatchObject([
      { outcome: 'success', statusCode: 200, message: null },
      { outcome: 'credential_rejected', statusCode: 401 },
    ]);
    expect(JSON.stringify(results)).not.toContain('sk-of-nobody');
    simulator.control.setFault({ provider: 'deepseek', fault: 'status:402' });
    const spent = await owner.get<OwnProviderTest>('testOwnProvider', { ...path, body: {} });
    simulator.control.clearFaults();
    expect(spent.results.map(({ outcome }) => outcome)).toContain('quota_exhausted');
  });

  it('are tried with the token that is fetched for an account', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const account = (name: string) =>
      JSON.stringify({
        private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        client_email: `${name}@p.iam.gserviceaccount.com`,
      });
    const made = await create({
      providerId: 'vertex',
      baseUrl: `${simulator.url}/p/vertex/v1/projects/p/locations/global`,
      tokenUrl: `${simulator.url}/p/vertex/token`,
      apiKeys: [account('sim-vertex-1'), account('stranger'), 'sim-vertex-2'],
    });
    const path = { params: { ...params, entryId: made.id } };
    const { results } = await owner.get<OwnProviderTest>('testOwnProvider', { ...path, body: {} });
    expect(results).toMatchObject([
      { outcome: 'success', statusCode: 200 },
      { outcome: 'credential_rejected', statusCode: 401 },
      { outcome: 'success', statusCode: 200 },
    ]);
    expect(JSON.stringify(results)).not.toContain('PRIVATE KEY');
  });

  it('are tried where nobody answers', async () => {
    const made = await create({
      providerId: 'nowhere',
      protocol: 'openai',
      baseUrl: 'http://127.0.0.1:1/v1',
    });
    const path = { params: { ...params, entryId: made.id } };
    const unnamed = await owner.call('testOwnProvider', { ...path, body: {} });
    expect(unnamed.json).toMatchObject({ error: { fields: [{ path: 'model' }] } });
    const { results } = await owner.get<OwnProviderTest>('testOwnProvider', {
      ...path,
      body: { model: 'x' },
    });
    expect(results).toMatchObject([{ credentialId: null, outcome: 'transport', statusCode: null }]);
  });

  it('make models callable that the platform itself has no key for', async () => {
    const names = { id: 'openai/gpt-4o@openai', modelId: 'openai/gpt-4o', providerId: 'openai' };
    const lists = { inputModalities: ['text'], outputModalities: ['text'], capabilities: {} };
    const model = { name: 'GPT-4o', author: 'openai', kind: 'chat', status: 'current', ...lists };
    await plane.client.model.create({ data: { id: names.modelId, ...model } });
    const offer = { providerModel: 'gpt-4o', endpoints: ['chat'], billing: 'paygo', status: 'active' };
    await plane.client.offer.create({ data: { ...names, ...offer } });
    const callable = async (visitor: Visitor, organizationId: string) => {
      const { items } = await visitor.get<{ items: CatalogModel[] }>('listModels', {
        params: { organizationId },
      });
      return items.find(({ id }) => id === names.modelId)?.callable;
    };
    const other = await plane.owner('Other');
    expect(await callable(owner, organization.id)).toBe(true);
    expect(await callable(other.visitor, other.organization.id)).toBe(false);
  });

  it('are chosen from every provider that can be spoken to', async () => {
    const choices = await owner.get<OwnProviderChoices>('listOwnProviderChoices', { params });
    expect(choices.providers.map(({ id }) => id)).toEqual(expect.arrayContaining(['openai', 'anthropic']));
    expect(choices.protocols).toEqual(expect.arrayContaining(['openai', 'anthropic', 'gemini']));
  });
});
