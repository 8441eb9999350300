import { PROJECTION_CHANNEL } from '@trunkline/contracts';
import { RedisChannel } from '../channels/redis-channel.js';

/**
 * Hears the revisions that a worker publishes, so that a change arrives in milliseconds. Nothing depends on it: the
 * outbox is polled besides.
 */
export function hearRevisions(redisUrl: string, onRevision: (revision: bigint) => void): RedisChannel {
  return new RedisChannel(redisUrl, PROJECTION_CHANNEL, (message) => {
    const revision = readRevision(message);
    if (revision !== null) onRevision(revision);
  });
}

function readRevision(message: unknown): bigint | null {
  if (typeof message !== 'object' || message === null || !('revision' in message)) return null;
  try {
    return BigInt(String(message.revision));
  } catch {
    return null;
  }
}
