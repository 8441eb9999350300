import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HEALTH_KEY, healthReport, type TargetHealth } from '@trunkline/contracts';
import { Logger } from '@trunkline/observability';
import { backgroundRedisOptions, connectWalletRedis } from '@trunkline/wallet-state';
import type { Redis } from 'ioredis';
import { GatewayConfig } from '../../config/environment.js';

/** Workers make a new report in this time. */
const FRESH_MS = 15_000;
/** Older figures are of another time. */
const OLDEST_MS = 600_000;

/** How providers' models did lately, as workers publish it in Redis. Read when somebody asks, four times a minute at most. */
@Injectable()
export class HealthReports implements OnModuleDestroy {
  private redis: Redis | null = null;
  private readAtMs = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | null = null;
  private madeAtMs = 0;
  private targets: ReadonlyMap<string, TargetHealth> = new Map();

  constructor(
    private readonly config: GatewayConfig,
    private readonly logger: Logger,
  ) {}

  onModuleDestroy(): void {
    this.redis?.disconnect();
  }

  /** @returns by provider, what is known of the model; nothing while Redis is away for long */
  async of(modelId: string, nowMs: number): Promise<(providerId: string) => TargetHealth | null> {
    if (nowMs - this.readAtMs >= FRESH_MS) {
      this.readAtMs = nowMs;
      this.reading = this.read().finally(() => {
        this.reading = null;
      });
    }
    await this.reading;
    const isOld = nowMs - this.madeAtMs > OLDEST_MS;
    return (providerId) => (isOld ? null : (this.targets.get(`${providerId}\n${modelId}`) ?? null));
  }

  private async read(): Promise<void> {
    try {
      const redis = await this.connected();
      const text = await redis.get(HEALTH_KEY);
      if (text === null) return;
      const report = healthReport.parse(JSON.parse(text));
      this.madeAtMs = report.madeAtMs;
      this.targets = new Map(
        report.targets.map((target) => [`${target.providerId}\n${target.modelId}`, target]),
      );
    } catch (error) {
      // What was read before is told until it is too old.
      this.logger.debug('health was not read', { error });
    }
  }

  private async connected(): Promise<Redis> {
    if (this.redis) return this.redis;
    const options = { ...backgroundRedisOptions, commandTimeout: 500, lazyConnect: true };
    this.redis = connectWalletRedis(this.config.redisUrl, options, () => undefined);
    await this.redis.connect();
    return this.redis;
  }
}
