import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type OutboxMessage, PROJECTION_CHANNEL } from '@trunkline/contracts';
import { Logger } from '@trunkline/observability';
import { connectRedis, producerRedisOptions } from '@trunkline/queues';
import type { Redis } from 'ioredis';
import { ControlPlaneConfig } from '../config/environment.js';

/** Tells the gateways which rows changed. While Redis is away it tells nobody: they poll as well. */
@Injectable()
export class ProjectionPublisher implements OnApplicationShutdown {
  private readonly redis: Redis;

  constructor(
    config: ControlPlaneConfig,
    private readonly logger: Logger,
  ) {
    this.redis = connectRedis(config.redisUrl, producerRedisOptions, (error) =>
      this.logger.debug('the publisher lost its connection', { error }),
    );
  }

  async publish(messages: readonly OutboxMessage[]): Promise<void> {
    if (this.redis.status !== 'ready') return;
    try {
      await Promise.all(
        messages.map((message) => this.redis.publish(PROJECTION_CHANNEL, JSON.stringify(message))),
      );
    } catch (error) {
      this.logger.debug('changes were not published', { error });
    }
  }

  /** Resolves when Redis answers. */
  async ping(): Promise<void> {
    await this.redis.ping();
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
