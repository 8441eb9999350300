import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CreatedApiKey, Me, Organization, Project, Wallet } from '@trunkline/contracts/control-plane';
import { hashApiKey } from '@trunkline/secrets';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';

describe('the first minute of a new customer', () => {
  let plane: TestControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane({ SIGNUP_CREDIT_USD: '1' });
  });
  afterAll(() => plane.stop());

  it('goes from sign-up to a key that gateways hear of, with project, wallet and credit', async () => {
    const visitor = plane.visitor();
    const { email } = await visitor.signUp('Ada');
    expect(await visitor.get<Me>('getMe')).toMatchObject({ email, emailVerified: false, organizations: [] });

    const made = await visitor.get<Organization>('createOrganization', {
      body: { name: 'Analytical Engines' },
    });
    expect(made).toMatchObject({ name: 'Analytical Engines', slug: 'analytical-engines', role: 'owner' });
    const params = { organizationId: made.id };
    const projects = await visitor.get<{ items: Project[] }>('listProjects', { params });
    expect(projects.items).toMatchObject([{ id: made.defaultProjectId, isDefault: true, keepBodies: false }]);
    expect(await visitor.get<Wallet>('getWallet', { params })).toMatchObject({
      balanceNanoUsd: '1000000000',
    });

    const { apiKey, secret } = await visitor.get<CreatedApiKey>('createApiKey', {
      params,
      body: { name: 'First' },
    });
    expect(secret).toMatch(/^sk-tl-[A-Za-z0-9_-]{43}$/);
    expect(apiKey).toMatchObject({
      state: 'active',
      prefix: secret.slice(0, 10),
      lastFour: secret.slice(-4),
    });
    const stored = await plane.client.apiKey.findUniqueOrThrow({ where: { id: apiKey.id } });
    expect(Buffer.from(stored.hash).toString('hex')).toBe(hashApiKey(secret));
    expect(JSON.stringify(await plane.client.auditEvent.findMany())).not.toContain(secret);

    const told = await plane.client.outbox.findMany({ select: { kind: true, entityId: true } });
    expect(told).toEqual(
      expect.arrayContaining([
        { kind: 'organization', entityId: made.id },
        { kind: 'project', entityId: made.defaultProjectId },
        { kind: 'wallet', entityId: made.walletId },
        { kind: 'api_key', entityId: apiKey.id },
      ]),
    );
    const actions = await plane.client.auditEvent.findMany({ where: params, select: { action: true } });
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['organization.create', 'project.create', 'wallet.grant', 'api_key.create']),
    );
  });

  it('sends a mail that confirms the address', async () => {
    const visitor = plane.visitor();
    const { email } = await visitor.signUp('Grace');
    const mail = (await plane.mails()).find((text) => text.includes(email));
    const [url = ''] =
      mail
        ?.replaceAll('=\r\n', '')
        .replaceAll('=3D', '=')
        .match(/http\S+verify-email\S+/) ?? [];
    expect(url).toContain(plane.config.urls.dashboard);
    const { pathname, search } = new URL(url);
    expect((await visitor.send('GET', pathname + search)).status).toBe(302);
    expect(await visitor.get<Me>('getMe')).toMatchObject({ email, emailVerified: true });
  });
});
