import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Me } from '@trunkline/contracts/control-plane';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';

describe('signing in', () => {
  let plane: TestControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane.stop());

  const mailTo = async (email: string, part: string) => {
    const mails = (await plane.mails()).map((text) => text.replaceAll('=\r\n', '').replaceAll('=3D', '='));
    const url = mails.findLast((text) => text.includes(email) && text.includes(part))?.match(/http\S+/)?.[0];
    if (!url) throw new Error(`no mail to ${email} about ${part}`);
    return new URL(url);
  };

  it('sets a cookie that scripts and other sites cannot use', async () => {
    const visitor = plane.visitor();
    const { email } = await visitor.signUp('Ada');
    const { headers } = await visitor.signIn(email);
    const cookies = [headers['set-cookie']]
      .flat()
      .filter((cookie) => String(cookie).startsWith('trunkline.session_token'));
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(/HttpOnly/i);
    expect(cookies[0]).toMatch(/SameSite=Lax/i);
    expect(cookies[0]).not.toMatch(/Secure/i);
  });

  it('marks the cookie as secure where the public address is https', async () => {
    const secure = await startControlPlane({ DASHBOARD_URL: 'https://trunkline.example' });
    const visitor = secure.visitor();
    const { email } = await visitor.signUp('Ada');
    const cookie = [(await visitor.signIn(email)).headers['set-cookie']].flat().join();
    await secure.stop();
    expect(cookie).toMatch(/__Secure-trunkline\.session_token=[^;]+;.*Secure/);
  });

  it('refuses a wrong password, and after twenty tries any password for that account', async () => {
    const visitor = plane.visitor();
    const { email, password } = await visitor.signUp('Target');
    const statuses = new Set<number>();
    for (let attempt = 0; attempt < 20; attempt++) {
      // Each try comes from an address of its own: the account's limit holds all the same.
      const from = { 'x-forwarded-for': `203.0.113.${attempt}` };
      const body = { email, password: 'wrong password' };
      statuses.add((await plane.visitor().send('POST', '/api/auth/sign-in/email', body, from)).status);
    }
    expect([...statuses]).toEqual([401]);
    const last = await plane.visitor().signIn(email, password);
    expect(last.status).toBe(429);
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('limits tries by address as well', async () => {
    const from = { 'x-forwarded-for': '198.51.100.7' };
    const tries = async (count: number, wrong: object) => {
      let status = 0;
      for (let attempt = 0; attempt < count; attempt++) {
        const body = { email: `nobody-${attempt}@example.com`, ...wrong };
        ({ status } = await plane.visitor().send('POST', '/api/auth/sign-in/email', body, from));
      }
      return status;
    };
    // Most are without a password: on a busy machine, checking thirty takes longer than the minute that is counted.
    expect(await tries(28, {})).toBe(400);
    expect(await tries(2, { password: 'wrong password' })).toBe(401);
    expect(await tries(1, { password: 'wrong password' })).toBe(429);
  });

  it('gives a new password by mail, and ends the sessions of the old one', async () => {
    const visitor = plane.visitor();
    const { email } = await visitor.signUp('Forgetful');
    const redirectTo = `${plane.config.urls.dashboard}/reset-password`;
    await plane.visitor().send('POST', '/api/auth/request-password-reset', { email, redirectTo });
    const url = await mailTo(email, 'reset-password');
    const redirect = await plane.visitor().send('GET', url.pathname + url.search);
    const token = new URL(String(redirect.headers['location'])).searchParams.get('token');
    const body = { token, newPassword: 'a whole new password' };
    expect((await plane.visitor().send('POST', '/api/auth/reset-password', body)).status).toBe(200);
    expect((await visitor.call('getMe')).status).toBe(401);
    expect((await plane.visitor().signIn(email)).status).toBe(401);
    expect((await plane.visitor().signIn(email, 'a whole new password')).status).toBe(200);
  });

  it('tells nobody whether an address has an account', async () => {
    const { email } = await plane.visitor().signUp('Known');
    const redirectTo = `${plane.config.urls.dashboard}/reset-password`;
    const ask = (to: string) =>
      plane.visitor().send('POST', '/api/auth/request-password-reset', { email: to, redirectTo });
    const [known, unknown] = [await ask(email), await ask('nobody@example.com')];
    expect(unknown.status).toBe(known.status);
    expect(unknown.json).toEqual(known.json);
  });

  it('sends nobody to another site afterwards', async () => {
    const { email } = await plane.visitor().signUp('Redirected');
    const redirectTo = 'https://evil.example/reset';
    const answer = await plane
      .visitor()
      .send('POST', '/api/auth/request-password-reset', { email, redirectTo });
    expect(answer.status).toBe(403);
  });

  it('ends with the session when somebody logs out', async () => {
    const visitor = plane.visitor();
    await visitor.signUp('Leaver');
    expect((await visitor.get<Me>('getMe')).name).toBe('Leaver');
    expect((await visitor.send('POST', '/api/auth/sign-out', {})).status).toBe(200);
    expect((await visitor.call('getMe')).status).toBe(401);
  });

  it('takes no role from whoever signs up', async () => {
    const visitor = plane.visitor();
    const email = 'climber@example.com';
    await visitor.send('POST', '/api/auth/sign-up/email', {
      name: 'C',
      email,
      password: 'a long password',
      role: 'operator',
    });
    await visitor.signIn(email, 'a long password');
    await visitor.send('POST', '/api/auth/update-user', { role: 'operator' });
    const user = await plane.client.user.findUnique({ where: { email } });
    expect(user?.role ?? 'user').toBe('user');
  });
});

describe('signing up', () => {
  const attempt = async (mode: string, invited: boolean) => {
    const plane = await startControlPlane({ SIGNUP: mode });
    if (invited) {
      const inviter = await plane.client.user.create({
        data: { id: ID, name: 'I', email: 'inviter@example.com' },
      });
      await plane.client.organization.create({ data: { id: ID, name: 'O', slug: 'o' } });
      await plane.client.invitation.create({
        data: {
          ...{ id: ID, organizationId: ID, email: 'new@example.com', role: 'member', inviterId: inviter.id },
          expiresAt: new Date(Date.now() + 60_000),
        },
      });
    }
    const body = { name: 'New', email: 'New@example.com', password: 'a long password' };
    const { status } = await plane.visitor().send('POST', '/api/auth/sign-up/email', body);
    await plane.stop();
    return status;
  };
  const ID = '01a1fe1f-0000-7000-8000-000000000001';

  it.each([
    ['open', false, true],
    ['invite', false, false],
    ['invite', true, true],
    ['closed', true, false],
  ])('with SIGNUP=%s and invited: %s is possible: %s', async (mode, invited, possible) => {
    expect((await attempt(mode, invited)) === 200).toBe(possible);
  });
});
