import type { PlaygroundToken } from '@trunkline/contracts/control-plane';
import { forOrganization } from '@trunkline/prisma';
import { mintPlaygroundToken, PLAYGROUND_TOKEN_SECONDS } from '@trunkline/secrets';
import type { ControlPlaneConfig } from '../../config/environment.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';

/** A token that makes calls of this member in this project; nothing is stored, so nothing is written down. */
export async function createPlaygroundToken(
  { client }: Database,
  { masterKeys }: ControlPlaneConfig,
  actor: MemberActor,
  projectId: string,
): Promise<PlaygroundToken> {
  const { organizationId, memberId } = actor;
  const project = await forOrganization(client, organizationId).project.findFirst({
    where: { id: projectId, archivedAt: null },
    select: { id: true },
  });
  if (!project) throw notFound('project');
  const nowMs = Date.now();
  const token = mintPlaygroundToken({ organizationId, projectId, memberId }, masterKeys, nowMs);
  return { token, expiresAt: new Date(nowMs + PLAYGROUND_TOKEN_SECONDS * 1000).toISOString() };
}
