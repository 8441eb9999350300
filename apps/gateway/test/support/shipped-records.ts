import { spoolRecord, type EndedRecord } from '@trunkline/contracts';
import { usageBatch } from '@trunkline/queues';
import { eventually } from '@trunkline/testing';
import { Redis } from 'ioredis';
import type pg from 'pg';

/**
 * What the gateway has shipped. It stands in the worker's place: takes the batches that wait in Redis and confirms them
 * in Postgres, since a spool sends no more than a few that nobody confirms.
 */
export class ShippedRecords {
  private readonly redis: Redis;
  private readonly seen = new Map<string, EndedRecord>();

  constructor(
    redisUrl: string,
    private readonly client: pg.Client,
  ) {
    this.redis = new Redis(redisUrl, { maxRetriesPerRequest: 1 });
  }

  /** The record of a call, as soon as it has been shipped; there must be exactly one. */
  of(callId: string | null): Promise<EndedRecord> {
    return this.only((record) => record.id === callId, String(callId));
  }

  /** The only record of the calls with this `x-client-request-id`. */
  ofClient(clientRequestId: string): Promise<EndedRecord> {
    return this.only((record) => record.clientRequestId === clientRequestId, clientRequestId);
  }

  /** All that have been taken so far. */
  all(): readonly EndedRecord[] {
    return [...this.seen.values()];
  }

  close(): void {
    this.redis.disconnect();
  }

  private only(matches: (record: EndedRecord) => boolean, name: string): Promise<EndedRecord> {
    return eventually(async () => {
      await this.take();
      const records = [...this.seen.values()].filter(matches);
      if (records.length !== 1 || !records[0])
        throw new Error(
          `${records.length} records of ${name} among ${[...this.seen.keys()].length}: ${JSON.stringify([...this.seen.values()].map((r) => [r.id, r.billingReason]))}`,
        );
      return records[0];
    });
  }

  /** Takes and confirms what is there. */
  async take(): Promise<void> {
    for (const key of await this.redis.keys('*usage-*')) {
      if ((await this.redis.type(key)) !== 'hash') continue;
      const data = await this.redis.hget(key, 'data');
      if (!data) continue;
      const batch = usageBatch.parse(JSON.parse(data));
      for (const [index, text] of batch.records.entries()) {
        const record = spoolRecord.parse(JSON.parse(text));
        if (record.kind === 'ended') this.seen.set(`${batch.spool}-${batch.from + index}`, record);
      }
      await this.client.query(
        `insert into spool (id, position) values ($1, $2)
         on conflict (id) do update set position = greatest(spool.position, excluded.position)`,
        [batch.spool, batch.to],
      );
      await this.redis.del(key);
    }
  }
}
