import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'undici';

/** Where an entry's requests go. */
export interface Origin {
  readonly pool: Pool;
  /** Path of the base URL, without a trailing slash. */
  readonly pathPrefix: string;
}

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;
/** A connection is not used for longer than this, so that a provider's new addresses are found. */
const CONNECTION_LIFE_MS = 300_000;
const MAX_HEADER_BYTES = 64 * 1024;

/** One pool of connections per provider origin. The only opener of upstream connections. */
@Injectable()
export class ConnectionPools implements OnApplicationShutdown {
  private readonly byBaseUrl = new Map<string, Origin>();
  private readonly byOrigin = new Map<string, Pool>();

  /** @throws TypeError when the base URL is not one */
  of(baseUrl: string): Origin {
    const known = this.byBaseUrl.get(baseUrl);
    if (known) return known;
    const url = new URL(baseUrl);
    const origin = { pool: this.poolOf(url.origin), pathPrefix: url.pathname.replace(/\/+$/, '') };
    this.byBaseUrl.set(baseUrl, origin);
    return origin;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.byOrigin.values()].map((pool) => pool.destroy()));
  }

  private poolOf(origin: string): Pool {
    let pool = this.byOrigin.get(origin);
    if (!pool) {
      pool = new Pool(origin, {
        connect: { timeout: CONNECT_TIMEOUT_MS },
        // The five clocks of an attempt decide, not the pool.
        headersTimeout: 0,
        bodyTimeout: 0,
        keepAliveTimeout: KEEP_ALIVE_MS,
        clientTtl: CONNECTION_LIFE_MS,
        maxHeaderSize: MAX_HEADER_BYTES,
      });
      this.byOrigin.set(origin, pool);
    }
    return pool;
  }
}
