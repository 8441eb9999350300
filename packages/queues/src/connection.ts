import { Redis, type RedisOptions } from 'ioredis';

/** Longest wait for a connection or an answer, so that a frozen Redis holds nobody for longer. */
export const MAX_REDIS_WAIT_MS = 5_000;

/** How long a connection that is closed here waits for the other side: a process ends no later for it. */
const DISCONNECT_WAIT_MS = 100;

/**
 * Options that survive an absent or frozen Redis: reconnects for ever, waits for nothing longer than 5 s, and queues
 * nothing in memory.
 */
export const producerRedisOptions = {
  connectTimeout: MAX_REDIS_WAIT_MS,
  commandTimeout: MAX_REDIS_WAIT_MS,
  // A frozen server closes nothing: silence while an answer is due ends the connection.
  socketTimeout: MAX_REDIS_WAIT_MS,
  disconnectTimeout: DISCONNECT_WAIT_MS,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: reconnectDelay,
} satisfies RedisOptions;

/**
 * For BullMQ workers, which block in Redis and may wait while it is away: commands are queued until it is back.
 * `socketTimeout` is longer than the longest block (BullMQ blocks for up to 10 s).
 */
export const workerRedisOptions = {
  connectTimeout: MAX_REDIS_WAIT_MS,
  socketTimeout: 15_000,
  disconnectTimeout: DISCONNECT_WAIT_MS,
  maxRetriesPerRequest: null,
  retryStrategy: reconnectDelay,
} satisfies RedisOptions;

/** Milliseconds before the next try to connect: 50, 100, … 1,000. */
export function reconnectDelay(times: number): number {
  return Math.min(times * 50, 1_000);
}

/**
 * Opens a connection that reports its errors to `onError` instead of ending the process.
 * BullMQ takes connections ready-made: in ESM it cannot load the driver by itself.
 */
export function connectRedis(
  url: string,
  options: Omit<RedisOptions, 'replyMapping'>,
  onError: (error: Error) => void,
): Redis {
  const redis = new Redis(url, options);
  redis.on('error', onError);
  return redis;
}
