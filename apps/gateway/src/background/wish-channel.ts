import type { CallId } from '@trunkline/contracts';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { type BackgroundWishWord, channelOf } from './background-store.js';

const message = z.object({ callId: z.uuid(), word: z.enum(['cancel', 'delete']) });

/** Hears what clients of other processes wish, at once. What is not heard here stands in Redis besides. */
export class WishChannel {
  private readonly redis: Redis;

  constructor(redisUrl: string, owner: string, onWish: (callId: CallId, word: BackgroundWishWord) => void) {
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
      const wish = message.safeParse(parsed(text));
      if (wish.success) onWish(wish.data.callId as CallId, wish.data.word);
    });
    // The driver's own way to subscribe again leaves a rejection to nobody when the connection breaks meanwhile.
    this.redis.on('ready', () => {
      this.redis.subscribe(channelOf(owner)).catch(() => undefined);
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
    return null;
  }
}
