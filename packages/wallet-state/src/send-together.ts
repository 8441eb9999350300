import type { Redis } from 'ioredis';

const held = new WeakSet<object>();

/**
 * What is sent from here to the end of this turn of the event loop leaves in one write. Instead of ioredis' automatic
 * pipelines, which make each command twice and hold back those that come while others are under way.
 */
export function sendTogether(redis: Redis): void {
  // Before the first connection there is none, whatever its type says.
  const stream = redis.stream as Redis['stream'] | undefined;
  if (!stream || held.has(stream)) return;
  held.add(stream);
  stream.cork();
  setImmediate(() => {
    held.delete(stream);
    stream.uncork();
  });
}
