import { Redis } from 'ioredis';

/** Hears what is published on a channel of Redis, as JSON. What comes while Redis is away is missed. */
export class RedisChannel {
  private readonly redis: Redis;

  /** @param onMessage gets each message as it was parsed; what is no JSON is passed over */
  constructor(redisUrl: string, channel: string, onMessage: (message: unknown) => void) {
    this.redis = new Redis(redisUrl, {
      connectTimeout: 2_000,
      disconnectTimeout: 100,
      enableOfflineQueue: false,
      autoResubscribe: false,
      retryStrategy: (times) => Math.min(times * 100, 1_000),
    });
    // An absent Redis is reported by who needs it.
    this.redis.on('error', () => undefined);
    this.redis.on('message', (_, text) => {
      const message = parsed(text);
      if (message !== undefined) onMessage(message);
    });
    // The driver's own way to subscribe again leaves a rejection to nobody when the connection breaks meanwhile.
    this.redis.on('ready', () => {
      this.redis.subscribe(channel).catch(() => undefined);
    });
  }

  close(): void {
    this.redis.disconnect();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
