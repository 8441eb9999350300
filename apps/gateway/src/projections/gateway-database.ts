import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { createPool } from '@trunkline/prisma';
import { GatewayConfig } from '../config/environment.js';

/** What the loaders need of Postgres. */
export interface Reader {
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The gateway's only way to Postgres: reads alone, none of them on the path of a known key. */
@Injectable()
export class GatewayDatabase implements Reader, OnModuleDestroy {
  private readonly pool;

  constructor(config: GatewayConfig, logger: Logger) {
    this.pool = createPool({
      databaseUrl: config.databaseUrl,
      poolSize: 3,
      applicationName: `trunkline-gateway-${config.node.slot}`,
      onError: (error) => logger.warn('a connection to Postgres broke', { error }),
    });
  }

  /** @throws after 5 s at most when Postgres is away, slow or frozen */
  async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.pool.query(text, [...values]);
    return result.rows as Row[];
  }

  /** Runs reads that all see one snapshot of the database. */
  async inOneSnapshot<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let failed = false;
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const result = await work({
        query: async <Row>(text: string, values: readonly unknown[] = []) =>
          (await client.query(text, [...values])).rows as Row[],
      });
      await client.query('COMMIT');
      return result;
    } catch (error) {
      failed = true;
      throw error;
    } finally {
      // A connection with an open transaction or a late answer is not given to the next one.
      client.release(failed);
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.end();
  }
}
