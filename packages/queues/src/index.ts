export {
  connectRedis,
  MAX_REDIS_WAIT_MS,
  producerRedisOptions,
  reconnectDelay,
  workerRedisOptions,
} from './connection.js';
export {
  BODIES_QUEUE,
  bodyContext,
  bodyJobId,
  bodyJobOptions,
  keptBody,
  type KeptBody,
  MAX_WAITING_BODIES,
} from './kept-bodies.js';
export {
  keptResponse,
  type KeptResponse,
  MAX_WAITING_RESPONSES,
  RESPONSE_JOB,
  responseContext,
} from './kept-responses.js';
export { QueueProducer, type QueueProducerOptions } from './producer.js';
export {
  USAGE_QUEUE_COUNT,
  USAGE_QUEUES,
  type UsageBatch,
  usageBatch,
  usageJobId,
  usageJobOptions,
  usageQueueOf,
} from './usage-batches.js';
