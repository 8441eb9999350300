import type { CallId } from '@trunkline/contracts';
import { z } from 'zod';
import { RedisChannel } from '../channels/redis-channel.js';
import { type BackgroundWishWord, channelOf } from './background-store.js';

const message = z.object({ callId: z.uuid(), word: z.enum(['cancel', 'delete']) });

/** Hears what clients of other processes wish, at once. What is not heard here stands in Redis besides. */
export function hearWishes(
  redisUrl: string,
  owner: string,
  onWish: (callId: CallId, word: BackgroundWishWord) => void,
): RedisChannel {
  return new RedisChannel(redisUrl, channelOf(owner), (said) => {
    const wish = message.safeParse(said);
    if (wish.success) onWish(wish.data.callId as CallId, wish.data.word);
  });
}
