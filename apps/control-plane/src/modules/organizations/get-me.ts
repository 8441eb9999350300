import { memberRole, type Me } from '@trunkline/contracts/control-plane';
import type { ControlPlaneConfig } from '../../config/environment.js';
import type { Database } from '../../database/database.module.js';
import type { Actor } from '../../http/actor.js';
import { provisionOrganization } from '../provisioning/index.js';

/** Who is logged in. What an organization of his still lacks is made now, should the worker not have come to it. */
export async function getMe({ client }: Database, config: ControlPlaneConfig, actor: Actor): Promise<Me> {
  const lacking = await client.member.findMany({
    where: {
      userId: actor.userId,
      organization: { OR: [{ account: null }, { projects: { none: { isDefault: true } } }] },
    },
    select: { organizationId: true },
  });
  for (const { organizationId } of lacking) {
    await provisionOrganization(client, { organizationId, creditNanoUsd: config.signup.creditNanoUsd });
  }
  const [user, session, members] = await Promise.all([
    client.user.findUniqueOrThrow({ where: { id: actor.userId } }),
    client.session.findUnique({ where: { id: actor.sessionId }, select: { activeOrganizationId: true } }),
    client.member.findMany({
      where: { userId: actor.userId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      include: {
        organization: { include: { projects: { where: { isDefault: true }, select: { id: true } } } },
      },
    }),
  ]);
  const organizations = members.map(({ id, role, organization }) => ({
    id: organization.id,
    name: organization.name,
    slug: organization.slug,
    role: memberRole.catch('member').parse(role),
    memberId: id,
    defaultProjectId: organization.projects[0]?.id ?? null,
  }));
  const active = organizations.find(({ id }) => id === session?.activeOrganizationId) ?? organizations[0];
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    emailVerified: user.emailVerified,
    operator: user.role === 'operator',
    twoFactorEnabled: user.twoFactorEnabled,
    createdAt: user.createdAt.toISOString(),
    activeOrganizationId: active?.id ?? null,
    organizations,
  };
}
