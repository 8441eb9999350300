import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Invitation, Me, Member, Organization } from '@trunkline/contracts/control-plane';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Visitor } from '../support/visitor.js';

describe('members', () => {
  let plane: TestControlPlane;
  let owner: Visitor;
  let organization: Organization;
  let params: { organizationId: string };
  beforeAll(async () => {
    plane = await startControlPlane();
    ({ visitor: owner, organization } = await plane.owner('Owner'));
    params = { organizationId: organization.id };
  });
  afterAll(() => plane.stop());

  const verify = (email: string) =>
    plane.client.user.update({ where: { email }, data: { emailVerified: true } });
  const members = async () => (await owner.get<{ items: Member[] }>('listMembers', { params })).items;
  const roleOf = (member: Member, role: string, by = owner) =>
    by.call('changeMemberRole', { params: { ...params, memberId: member.id }, body: { role } });

  it('are invited by somebody whose address is verified, and join through the mail', async () => {
    const body = { email: 'Friend@Example.com', role: 'member' };
    const early = await owner.call('inviteMember', { params, body });
    expect([early.status, early.json]).toMatchObject([403, { error: { code: 'email_not_verified' } }]);
    await verify((await owner.get<Me>('getMe')).email);
    const invitation = await owner.get<Invitation>('inviteMember', { params, body });
    expect(invitation).toMatchObject({ email: 'friend@example.com', role: 'member' });
    expect((await plane.mails()).some((mail) => mail.includes(`/invitations/${invitation.id}`))).toBe(true);

    const friend = plane.visitor();
    await friend.send('POST', '/api/auth/sign-up/email', {
      name: 'Friend',
      email: body.email,
      password: 'a long password',
    });
    const path = '/api/auth/organization/accept-invitation';
    const unverified = await friend.send('POST', path, { invitationId: invitation.id });
    expect(unverified.status).toBe(403);
    await verify('friend@example.com');
    const accepted = await friend.send('POST', path, { invitationId: invitation.id });
    expect(accepted.status).toBe(200);
    expect((await friend.get<Me>('getMe')).organizations).toMatchObject([
      { id: organization.id, role: 'member' },
    ]);
    expect(await plane.client.auditEvent.count({ where: { ...params, action: 'member.join' } })).toBe(1);
    expect(await plane.client.outbox.count({ where: { kind: 'member' } })).toBeGreaterThanOrEqual(2);
    const stranger = await plane.owner('Stranger');
    expect(
      (await stranger.visitor.send('POST', path, { invitationId: invitation.id })).status,
    ).toBeGreaterThanOrEqual(400);
  });

  it('keep at least one owner, also when two step down at once', async () => {
    const [me, friend] = await members();
    if (!me || !friend) throw new Error('there are two members');
    expect((await roleOf(me, 'admin')).status).toBe(409);
    expect((await owner.call('removeMember', { params: { ...params, memberId: me.id } })).status).toBe(409);
    expect((await roleOf(friend, 'owner')).status).toBe(200);
    const both = await Promise.all([roleOf(me, 'admin'), roleOf(friend, 'admin')]);
    expect(both.map(({ status }) => status).toSorted()).not.toEqual([200, 200]);
    expect((await members()).filter(({ role }) => role === 'owner').length).toBeGreaterThanOrEqual(1);
  });

  it('cannot be changed past our own rules through the sign-in library', async () => {
    for (const path of [
      'update-member-role',
      'remove-member',
      'invite-member',
      'leave',
      'update',
      'delete',
    ]) {
      const answer = await owner.send('POST', `/api/auth/organization/${path}`, {
        organizationId: organization.id,
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    for (const path of ['set-role', 'impersonate-user', 'ban-user', 'create-user', 'set-user-password']) {
      expect([path, (await owner.send('POST', `/api/auth/admin/${path}`, {})).status]).toEqual([path, 404]);
    }
  });

  it('who are removed see nothing any more', async () => {
    const { visitor, email } = await plane.owner('Leaver');
    const user = await plane.client.user.findUniqueOrThrow({ where: { email } });
    const row = await plane.client.member.create({
      data: { id: user.id, organizationId: organization.id, userId: user.id, role: 'member' },
    });
    expect((await visitor.call('listProjects', { params })).status).toBe(200);
    expect((await visitor.call('removeMember', { params: { ...params, memberId: row.id } })).status).toBe(
      204,
    );
    expect((await visitor.call('listProjects', { params })).status).toBe(404);
  });
});
