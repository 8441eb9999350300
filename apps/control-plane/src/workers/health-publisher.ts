import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HEALTH_KEY, type HealthReport } from '@trunkline/contracts';
import { Logger } from '@trunkline/observability';
import { connectRedis, producerRedisOptions } from '@trunkline/queues';
import type { Redis } from 'ioredis';
import { ControlPlaneConfig } from '../config/environment.js';
import { Database } from '../database/database.module.js';
import { readHealth } from '../modules/health/index.js';
import { PeriodicTask } from './periodic-task.js';

const EVERY_MS = 15_000;
/** What nobody has made anew for so long is old. */
const KEPT_SECONDS = 300;
const CLEAN_EVERY_MS = 600_000;
/** A little longer than the windows that are read from them. */
const MINUTES_KEPT_HOURS = 2;
const QUARTERS_KEPT_DAYS = 35;

/** Tells gateways how providers' models did, and clears away what no window reaches any more. */
@Injectable()
export class HealthPublisher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly redis: Redis;
  private readonly task: PeriodicTask;
  private cleanedMs = 0;

  constructor(
    config: ControlPlaneConfig,
    private readonly database: Database,
    logger: Logger,
  ) {
    this.redis = connectRedis(config.redisUrl, producerRedisOptions, (error) =>
      logger.debug('the health publisher lost its connection', { error }),
    );
    this.task = new PeriodicTask({
      name: 'publishing health',
      everyMs: EVERY_MS,
      logger,
      work: () => this.publish(),
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
    this.redis.disconnect();
  }

  private async publish(): Promise<void> {
    const { client } = this.database;
    const now = new Date();
    if (now.getTime() - this.cleanedMs > CLEAN_EVERY_MS) {
      await client.$executeRaw`
        DELETE FROM attempt_rollup
        WHERE (span_seconds = 60 AND bucket_start < now() - make_interval(hours => ${MINUTES_KEPT_HOURS}::int))
           OR (span_seconds = 900 AND bucket_start < now() - make_interval(days => ${QUARTERS_KEPT_DAYS}::int))`;
      this.cleanedMs = now.getTime();
    }
    const { madeAtMs, targets } = await readHealth(client, now);
    const report: HealthReport = { madeAtMs, targets };
    // While Redis is away nobody could read it; the next run has newer figures.
    if (this.redis.status === 'ready')
      await this.redis.set(HEALTH_KEY, JSON.stringify(report), 'EX', KEPT_SECONDS);
  }
}
