import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { dropOldResponses } from '../modules/stored-responses/index.js';
import { UsageStore } from '../modules/usage/index.js';
import { PeriodicTask } from './periodic-task.js';

const DAY_MS = 24 * 3600 * 1000;
/** Gateways that were away for longer load everything. */
const OUTBOX_DAYS = 7;

/** Once a day and at the start: partitions three months ahead, old outbox rows and stored responses away. */
@Injectable()
export class PartitionMaker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task: PeriodicTask;

  constructor(
    private readonly store: UsageStore,
    logger: Logger,
  ) {
    this.task = new PeriodicTask({
      name: 'making partitions',
      everyMs: DAY_MS,
      logger,
      work: () => this.work(),
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  private async work(): Promise<void> {
    await this.store.partitions.ensureAhead();
    // The last row stays: its revision is where new readers begin.
    await this.store.pool.query(
      `DELETE FROM outbox WHERE created_at < now() - make_interval(days => $1)
         AND revision < (SELECT max(revision) FROM outbox)`,
      [OUTBOX_DAYS],
    );
    await dropOldResponses(this.store);
  }
}
