import { Controller } from '@nestjs/common';
import type { SetSimulatorFaultsInput, SimulatorFaultList } from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { type Actor, CurrentActor } from '../../http/actor.js';
import { BodyOf, Route } from '../../http/route.js';
import { SimulatorClient } from './simulator-client.js';
import { clearFaults, setFaults } from './switch-faults.js';

@Controller()
export class SimulatorController {
  constructor(
    private readonly database: Database,
    private readonly simulator: SimulatorClient,
  ) {}

  @Route('listSimulatorFaults')
  list(): Promise<SimulatorFaultList> {
    return this.simulator.list();
  }

  @Route('setSimulatorFaults')
  set(
    @CurrentActor() actor: Actor,
    @BodyOf('setSimulatorFaults') input: SetSimulatorFaultsInput,
  ): Promise<SimulatorFaultList> {
    return setFaults(this.database, this.simulator, actor, input);
  }

  @Route('clearSimulatorFaults')
  clear(@CurrentActor() actor: Actor): Promise<void> {
    return clearFaults(this.database, this.simulator, actor);
  }
}
