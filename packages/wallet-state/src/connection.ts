import { Redis, type RedisOptions } from 'ioredis';

/** Longest wait of a request for Redis, if nobody says otherwise; past it the call is admitted on a local allowance. */
export const REQUEST_WAIT_MS = 50;

/**
 * Options of the request path's own connection: fails at once while Redis is away and soon while it is slow,
 * and repeats nothing by itself.
 */
export const requestRedisOptions = {
  connectTimeout: 2_000,
  // A backstop: who asks waits for REQUEST_WAIT_MS by a timer that does not blame Redis for a busy event loop.
  commandTimeout: 5 * REQUEST_WAIT_MS,
  // A frozen server closes nothing: silence while an answer is due ends the connection.
  socketTimeout: 2_000,
  // A connection that is closed here waits no longer for the other side: a process ends no later for it.
  disconnectTimeout: 100,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (times: number) => Math.min(times * 50, 500),
} satisfies RedisOptions;

/** The same for what waits longer and off the request path: settling, renewing, loading, sweeping. */
export const backgroundRedisOptions = {
  ...requestRedisOptions,
  commandTimeout: 2_000,
  socketTimeout: 5_000,
} satisfies RedisOptions;

/** Opens a connection that reports its errors to `onError` instead of ending the process. */
export function connectWalletRedis(
  url: string,
  options: Omit<RedisOptions, 'replyMapping'>,
  onError: (error: Error) => void,
): Redis {
  const redis = new Redis(url, options);
  redis.on('error', onError);
  return redis;
}
