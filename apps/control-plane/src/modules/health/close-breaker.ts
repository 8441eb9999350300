import { recorded } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { Actor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';
import type { FleetBreakers } from './fleet-breakers.js';

/** Lets calls through again, in every gateway within a second. What still fails opens it again. */
export async function closeBreaker(
  { client }: Database,
  breakers: FleetBreakers,
  actor: Actor,
  name: string,
): Promise<void> {
  if (name.startsWith('#') || !(await breakers.close(name))) throw notFound('open breaker');
  await recorded(client, actor, null, (_, trail) => {
    trail.audit({ action: 'breaker.close', targetKind: 'breaker', targetId: name });
    return Promise.resolve();
  });
}
