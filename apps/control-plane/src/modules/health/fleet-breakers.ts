import { once } from 'node:events';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { BREAKERS_KEY, readSharedOpening, type SharedOpening } from '@trunkline/contracts';
import { Logger } from '@trunkline/observability';
import { connectRedis, MAX_REDIS_WAIT_MS, producerRedisOptions } from '@trunkline/queues';
import type { Redis } from 'ioredis';
import { ControlPlaneConfig } from '../../config/environment.js';
import { ApiError } from '../../http/api-error.js';

/** How long a page waits for a connection that is just being made. */
const CONNECT_WAIT_MS = 1_000;

export interface FleetReading {
  /** Redis' time, which the openings are told in. */
  readonly nowMs: number;
  readonly openings: ReadonlyMap<string, SharedOpening>;
}

/** The breakers that gateways share in Redis. Connects when it is first asked. */
@Injectable()
export class FleetBreakers implements OnApplicationShutdown {
  private redis: Redis | undefined;

  constructor(
    private readonly config: ControlPlaneConfig,
    private readonly logger: Logger,
  ) {}

  /** @throws ApiError 503 while Redis is away */
  async read(): Promise<FleetReading> {
    return this.asked(async (redis) => {
      const [fields, [seconds, microseconds]] = await Promise.all([
        redis.hgetall(BREAKERS_KEY),
        redis.time(),
      ]);
      const openings = new Map<string, SharedOpening>();
      for (const [name, text] of Object.entries(fields)) {
        const opening = readSharedOpening(text);
        if (opening) openings.set(name, opening);
      }
      return { nowMs: Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000), openings };
    });
  }

  /** Gateways read a version that moved, and close what they do not find. @returns whether it was open */
  async close(name: string): Promise<boolean> {
    return this.asked(async (redis) => {
      const closed = await redis.hdel(BREAKERS_KEY, name);
      if (closed > 0) await redis.hincrby(BREAKERS_KEY, '#version', 1);
      return closed > 0;
    });
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  private async asked<T>(ask: (redis: Redis) => Promise<T>): Promise<T> {
    this.redis ??= connectRedis(this.config.redisUrl, producerRedisOptions, (error) =>
      this.logger.debug('the breakers’ Redis is away', { error }),
    );
    const { redis } = this;
    try {
      if (redis.status !== 'ready')
        await once(redis, 'ready', { signal: AbortSignal.timeout(CONNECT_WAIT_MS) });
      return await ask(redis);
    } catch (cause) {
      throw new ApiError(
        'service_unavailable',
        `Redis did not answer within ${MAX_REDIS_WAIT_MS / 1000} seconds: each gateway goes by its own breakers.`,
        { cause },
      );
    }
  }
}
