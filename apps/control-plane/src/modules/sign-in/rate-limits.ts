import type { PrismaClient } from '@trunkline/prisma';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { uuidv7 } from 'uuidv7';

interface Rule {
  /** Seconds. */
  window: number;
  max: number;
}

interface Decision {
  allowed: boolean;
  /** Seconds. */
  retryAfter: number | null;
}

export interface RateLimitStore {
  get: (key: string) => Promise<{ key: string; count: number; lastRequest: number } | null>;
  set: (key: string, value: { count: number; lastRequest: number }) => Promise<void>;
  consume: (key: string, rule: Rule) => Promise<Decision>;
}

/** Tries per minute and address; an address may be an office, so an account has a limit of its own. */
export const rateLimitRules = {
  '/sign-in/*': { window: 60, max: 30 },
  '/sign-up/*': { window: 60, max: 30 },
  '/request-password-reset': { window: 60, max: 10 },
  '/send-verification-email': { window: 60, max: 10 },
  '/two-factor/*': { window: 60, max: 20 },
  '/get-session': false as const,
};

/** Tries to log in to one account, whatever addresses they come from. */
const PER_ACCOUNT: Rule = { window: 300, max: 20 };

/** Counts in Postgres, for all processes together. `last_request` is the window's beginning. */
export function rateLimitStore(client: PrismaClient): RateLimitStore {
  return {
    // Asked only of stores that cannot count in one step.
    get: () => Promise.resolve(null),
    set: () => Promise.resolve(),
    async consume(key, { window, max }) {
      const now = Date.now();
      const windowMs = window * 1000;
      const [row] = await client.$queryRaw<{ count: number; last_request: bigint }[]>`
        INSERT INTO rate_limit AS r (id, key, count, last_request) VALUES (${uuidv7()}::uuid, ${key}, 1, ${now})
        ON CONFLICT (key) DO UPDATE SET
          count = CASE WHEN r.last_request + ${windowMs} <= ${now} THEN 1 ELSE r.count + 1 END,
          last_request = CASE WHEN r.last_request + ${windowMs} <= ${now} THEN ${now} ELSE r.last_request END
        RETURNING count, last_request`;
      if (!row || row.count <= max) return { allowed: true, retryAfter: null };
      return {
        allowed: false,
        retryAfter: Math.max(1, Math.ceil((Number(row.last_request) + windowMs - now) / 1000)),
      };
    },
  };
}

/** Counts tries to log in by account too: who changes address with every try gets no further. */
export function limitLogIns(store: RateLimitStore) {
  return createAuthMiddleware(async (context) => {
    if (context.path !== '/sign-in/email') return;
    const email = (context.body as { email?: unknown } | undefined)?.email;
    if (typeof email !== 'string') return;
    const { allowed, retryAfter } = await store.consume(
      `account:${email.toLowerCase().slice(0, 254)}`,
      PER_ACCOUNT,
    );
    if (allowed) return;
    throw new APIError(
      'TOO_MANY_REQUESTS',
      { message: 'Too many tries to log in to this account. Try again later.' },
      { 'x-retry-after': String(retryAfter) },
    );
  });
}
