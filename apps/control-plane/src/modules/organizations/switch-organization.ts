import type { Me, SwitchOrganizationInput } from '@trunkline/contracts/control-plane';
import type { ControlPlaneConfig } from '../../config/environment.js';
import type { Database } from '../../database/database.module.js';
import type { Actor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';
import { getMe } from './get-me.js';

/** Makes an organization the one that the session opens with. It gives no right: each route names its own. */
export async function switchOrganization(
  database: Database,
  config: ControlPlaneConfig,
  actor: Actor,
  input: SwitchOrganizationInput,
): Promise<Me> {
  const { organizationId } = input;
  const isMember = await database.client.member.count({ where: { userId: actor.userId, organizationId } });
  if (isMember === 0) throw notFound('organization');
  await database.client.session.update({
    where: { id: actor.sessionId },
    data: { activeOrganizationId: organizationId },
  });
  return getMe(database, config, actor);
}
