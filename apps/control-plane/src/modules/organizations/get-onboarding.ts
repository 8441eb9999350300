import type { Onboarding } from '@trunkline/contracts/control-plane';
import { forOrganization } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';

/** How far a new organization is: has it a key, has its first request arrived? */
export async function getOnboarding({ client }: Database, actor: MemberActor): Promise<Onboarding> {
  const scoped = forOrganization(client, actor.organizationId);
  const [key, call] = await Promise.all([
    scoped.apiKey.findFirst({ orderBy: { createdAt: 'asc' }, select: { createdAt: true } }),
    scoped.call.findFirst({
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: { id: true, createdAt: true, status: true, requestedModel: true, costNanoUsd: true },
    }),
  ]);
  return {
    firstKeyAt: key?.createdAt.toISOString() ?? null,
    firstCall: call && {
      ...call,
      createdAt: call.createdAt.toISOString(),
      costNanoUsd: call.costNanoUsd.toString(),
    },
  };
}
