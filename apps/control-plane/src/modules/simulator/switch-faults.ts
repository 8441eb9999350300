import type { SetSimulatorFaultsInput, SimulatorFaultList } from '@trunkline/contracts/control-plane';
import { recorded } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { Actor } from '../../http/actor.js';
import type { SimulatorClient } from './simulator-client.js';

/** Replaces all faults. Who demonstrates failover is written down like every other change. */
export async function setFaults(
  database: Database,
  simulator: SimulatorClient,
  actor: Actor,
  input: SetSimulatorFaultsInput,
): Promise<SimulatorFaultList> {
  const list = await simulator.replace(input);
  await writeDown(database, actor, { faults: input.faults });
  return list;
}

export async function clearFaults(
  database: Database,
  simulator: SimulatorClient,
  actor: Actor,
): Promise<void> {
  await simulator.clear();
  await writeDown(database, actor, { faults: [] });
}

function writeDown({ client }: Database, actor: Actor, after: Record<string, unknown>): Promise<void> {
  return recorded(client, actor, null, (_, trail) => {
    trail.audit({ action: 'simulator.set_faults', targetKind: 'simulator', targetId: 'faults', after });
    return Promise.resolve();
  });
}
