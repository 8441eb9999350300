import { PROJECTION_CHANNEL } from '@trunkline/contracts';
import { Redis } from 'ioredis';

/**
 * Hears the revisions that a worker publishes, so that a change arrives in milliseconds. Nothing depends on it: the
 * outbox is polled besides.
 */
export class ProjectionChannel {
  private readonly redis: Redis;

  constructor(redisUrl: string, onRevision: (revision: bigint) => void) {
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
      const revision = readRevision(text);
      if (revision !== null) onRevision(revision);
    });
    // The driver's own way to subscribe again leaves a rejection to nobody when the connection breaks meanwhile.
    this.redis.on('ready', () => {
      this.redis.subscribe(PROJECTION_CHANNEL).catch(() => undefined);
    });
  }

  close(): void {
    this.redis.disconnect();
  }
}

function readRevision(text: string): bigint | null {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message === 'object' && message !== null && 'revision' in message)
      return BigInt(String(message.revision));
  } catch {
    return null;
  }
  return null;
}
