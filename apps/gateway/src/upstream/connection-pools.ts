import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AddressGuard, guardedConnector } from '@trunkline/outbound';
import { buildConnector } from 'undici';
import { OriginPool } from './origin-pool.js';

/** Where an entry's requests go. */
export interface Origin {
  readonly pool: OriginPool;
  /** Path of the base URL, without a trailing slash. */
  readonly pathPrefix: string;
}

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;
/** A connection is not used for longer than this, so that a provider's new addresses are found. */
const CONNECTION_LIFE_MS = 300_000;
const MAX_HEADER_BYTES = 64 * 1024;

/** On whose word a connection is made: a tenant's leads to public addresses alone. */
export type Trust = 'operator' | 'tenant';

/** One pool of connections per provider origin. The only opener of upstream connections. */
@Injectable()
export class ConnectionPools implements OnApplicationShutdown {
  private readonly byBaseUrl = { operator: new Map<string, Origin>(), tenant: new Map<string, Origin>() };
  private readonly byOrigin = {
    operator: new Map<string, OriginPool>(),
    tenant: new Map<string, OriginPool>(),
  };

  constructor(private readonly guard: AddressGuard) {}

  /** @throws TypeError when the base URL is not one */
  of(baseUrl: string, trust: Trust): Origin {
    const known = this.byBaseUrl[trust].get(baseUrl);
    if (known) return known;
    const url = new URL(baseUrl);
    const origin = { pool: this.poolOf(url.origin, trust), pathPrefix: url.pathname.replace(/\/+$/, '') };
    this.byBaseUrl[trust].set(baseUrl, origin);
    return origin;
  }

  async onApplicationShutdown(): Promise<void> {
    const pools = [...this.byOrigin.operator.values(), ...this.byOrigin.tenant.values()];
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  private poolOf(origin: string, trust: Trust): OriginPool {
    let pool = this.byOrigin[trust].get(origin);
    if (!pool) {
      pool = new OriginPool(origin, {
        connect:
          trust === 'tenant'
            ? guardedConnector({ guard: this.guard, timeoutMs: CONNECT_TIMEOUT_MS })
            : buildConnector({ timeout: CONNECT_TIMEOUT_MS }),
        // The five clocks of an attempt decide, not the pool.
        headersTimeout: 0,
        bodyTimeout: 0,
        keepAliveTimeout: KEEP_ALIVE_MS,
        connectionLifeMs: CONNECTION_LIFE_MS,
        maxHeaderSize: MAX_HEADER_BYTES,
      });
      this.byOrigin[trust].set(origin, pool);
    }
    return pool;
  }
}
