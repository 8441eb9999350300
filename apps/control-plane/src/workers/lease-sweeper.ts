import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { backgroundRedisOptions, connectWalletRedis, sweepLeases } from '@trunkline/wallet-state';
import type { Redis } from 'ioredis';
import { ControlPlaneConfig } from '../config/environment.js';
import { leasesReleased } from './metrics.js';
import { PeriodicTask } from './periodic-task.js';

const SWEEP_MS = 5_000;

/** Releases the holds of leases that nobody renews: their gateway is gone. It never charges. */
@Injectable()
export class LeaseSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly redis: Redis;
  private readonly task: PeriodicTask;

  constructor(config: ControlPlaneConfig, logger: Logger) {
    this.redis = connectWalletRedis(config.redisUrl, backgroundRedisOptions, (error) =>
      logger.debug('the lease sweeper lost its connection', { error }),
    );
    this.task = new PeriodicTask({
      name: 'sweeping leases',
      everyMs: SWEEP_MS,
      logger,
      work: () => this.sweep(),
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
    this.redis.disconnect();
  }

  private async sweep(): Promise<void> {
    if (this.redis.status === 'ready') leasesReleased.inc(await sweepLeases(this.redis));
  }
}
