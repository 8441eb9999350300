import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { ControlPlaneConfig } from '../config/environment.js';
import { Database } from '../database/database.module.js';
import { provisionOrganization } from '../modules/provisioning/index.js';
import { PeriodicTask } from './periodic-task.js';

/** How often organizations without an account are looked for, beside what the outbox tells. */
const SWEEP_MS = 60_000;
const WAKE_MS = 50;

/** Gives new organizations what they need: at once when the outbox tells of them, and later where that failed. */
@Injectable()
export class OrganizationProvisioner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly heard = new Set<string>();
  private readonly tasks: readonly PeriodicTask[];

  constructor(
    private readonly database: Database,
    private readonly config: ControlPlaneConfig,
    logger: Logger,
  ) {
    this.tasks = [
      new PeriodicTask({ name: 'provisioning', everyMs: WAKE_MS, logger, work: () => this.provisionHeard() }),
      new PeriodicTask({
        name: 'looking for bare organizations',
        everyMs: SWEEP_MS,
        logger,
        work: () => this.sweep(),
      }),
    ];
  }

  /** Organizations that changed; those that have everything are passed over. */
  hear(organizationIds: readonly string[]): void {
    for (const id of organizationIds) this.heard.add(id);
  }

  onApplicationBootstrap(): void {
    for (const task of this.tasks) task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.tasks.map((task) => task.stop()));
  }

  private async provisionHeard(): Promise<void> {
    for (const organizationId of this.heard) {
      await provisionOrganization(this.database.client, {
        organizationId,
        creditNanoUsd: this.config.signup.creditNanoUsd,
      });
      this.heard.delete(organizationId);
    }
  }

  private async sweep(): Promise<void> {
    const bare = await this.database.client.organization.findMany({
      where: { account: null },
      select: { id: true },
      take: 1_000,
    });
    this.hear(bare.map(({ id }) => id));
  }
}
