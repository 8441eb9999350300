import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

/** One per Redis node: gone after a flush. */
const EPOCH_KEY = 'trunkline:epoch';

/**
 * Reads what tells one life of a Redis from the next: the server's run id (new after each restart, which may have
 * forgotten its last second) and the epoch key (new after each flush).
 */
export class EpochReader {
  /** A restarted server cannot be met without connecting again, so that the id is read once per connection. */
  private runId: string | null = null;

  constructor(private readonly redis: Redis) {
    redis.on('close', () => (this.runId = null));
  }

  /** @throws what the connection throws */
  async read(): Promise<string> {
    this.runId ??= /^run_id:(\w+)/m.exec(await this.redis.info('server'))?.[1] ?? '';
    let key = await this.redis.get(EPOCH_KEY);
    if (key === null) {
      await this.redis.set(EPOCH_KEY, randomUUID(), 'NX');
      key = await this.redis.get(EPOCH_KEY);
    }
    return `${this.runId}/${key ?? ''}`;
  }
}
