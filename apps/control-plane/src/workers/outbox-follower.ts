import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { OutboxMessage } from '@trunkline/contracts';
import { Logger } from '@trunkline/observability';
import type { SqlPool } from '@trunkline/prisma';
import { outboxRevision } from './metrics.js';
import { PeriodicTask } from './periodic-task.js';
import { OrganizationProvisioner } from './organization-provisioner.js';
import { ProjectionPublisher } from './projection-publisher.js';
import { WorkerPool } from './worker-pool.js';

const POLL_MS = 100;
const BATCH = 1_000;

/**
 * Follows the outbox: each new row is told to the gateways at once (they poll besides), and a new organization gets what
 * it needs. It begins at the present end: what came before, gateways read by themselves when they start, and
 * organizations without an account are looked for.
 */
@Injectable()
export class OutboxFollower implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly pool: SqlPool;
  private readonly task: PeriodicTask;
  private revision: bigint | undefined;

  constructor(
    { pool }: WorkerPool,
    logger: Logger,
    private readonly publisher: ProjectionPublisher,
    private readonly provisioner: OrganizationProvisioner,
  ) {
    this.pool = pool;
    this.task = new PeriodicTask({
      name: 'following the outbox',
      everyMs: POLL_MS,
      logger,
      work: () => this.follow(),
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  private async follow(): Promise<void> {
    this.revision ??= await this.lastRevision();
    for (;;) {
      const rows = await this.rowsAfter(this.revision);
      const last = rows.at(-1);
      if (!last) return;
      await this.publisher.publish(rows);
      this.provisioner.hear(rows.filter((row) => row.kind === 'organization').map((row) => row.id));
      this.revision = BigInt(last.revision);
      outboxRevision.set(Number(this.revision));
    }
  }

  private async lastRevision(): Promise<bigint> {
    const { rows } = await this.pool.query<{ last: string }>(
      'SELECT coalesce(max(revision), 0) AS last FROM outbox',
    );
    return BigInt(rows[0]?.last ?? 0);
  }

  private async rowsAfter(revision: bigint): Promise<OutboxMessage[]> {
    const { rows } = await this.pool.query<OutboxMessage>(
      'SELECT revision, kind, entity_id AS id FROM outbox WHERE revision > $1 ORDER BY revision LIMIT $2',
      [revision.toString(), BATCH],
    );
    return rows;
  }
}
