import { Controller } from '@nestjs/common';
import type { DeadJob, JobsState, SetAsideRecord } from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { type Actor, CurrentActor } from '../../http/actor.js';
import { Params, Route } from '../../http/route.js';
import { getJobs, listSetAsideRecords, retryDeadJob } from './jobs.js';
import { QueueInspector } from './queue-inspector.js';

@Controller()
export class JobsController {
  constructor(
    private readonly database: Database,
    private readonly inspector: QueueInspector,
  ) {}

  @Route('getJobs')
  get(): Promise<JobsState> {
    return getJobs(this.database, this.inspector);
  }

  @Route('listDeadJobs')
  async dead(@Params('listDeadJobs') { queue }: { queue: string }): Promise<{ items: DeadJob[] }> {
    return { items: await this.inspector.deadJobs(queue) };
  }

  @Route('retryDeadJob')
  retry(
    @CurrentActor() actor: Actor,
    @Params('retryDeadJob') job: { queue: string; jobId: string },
  ): Promise<void> {
    return retryDeadJob(this.database, this.inspector, actor, job);
  }

  @Route('listSetAsideRecords')
  setAside(): Promise<{ items: SetAsideRecord[] }> {
    return listSetAsideRecords(this.database);
  }
}
