import pg from 'pg';

/** A pool for raw SQL, made by {@link createPool}. */
export type SqlPool = pg.Pool;
/** One connection of it, as a transaction holds it. */
export type SqlConnection = pg.ClientBase;

/** Where Postgres is, and how long its answers are waited for. */
export interface PoolOptions {
  databaseUrl: string;
  /** Connections at most. */
  poolSize: number;
  /** Shown in `pg_stat_activity`. */
  applicationName: string;
  /** For a free connection, a new connection or an answer; default and maximum 5,000. */
  timeoutMs?: number;
  /** How long a transaction may be left waiting for its owner; twice `timeoutMs` by default. */
  idleInTransactionMs?: number;
  /** Hears of idle connections that broke; the pool replaces them by itself. */
  onError?: (error: Error) => void;
}

/** Longest wait for a connection or an answer, so that a frozen Postgres holds nobody for longer. */
export const MAX_DATABASE_WAIT_MS = 5_000;

/**
 * A connection that is closed when an answer did not come in time. Kept, it would go back to the pool with a statement
 * under way or a transaction open, and the next borrower's work would end up in it.
 */
class ClosingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (...args: unknown[]) => unknown;
    const watched = (...args: unknown[]): unknown => {
      const result = query(...args);
      if (result instanceof Promise) result.catch((error: unknown) => this.closeAfter(error));
      return result;
    };
    Object.defineProperty(this, 'query', { value: watched });
  }

  private closeAfter(error: unknown): void {
    // The client-side time-out (`query_timeout`) has no class or code of its own.
    if (error instanceof Error && error.message === 'Query read timeout')
      void this.end().catch(() => undefined);
  }
}

/**
 * A pool of plain connections for raw SQL. Every wait in it ends: for a connection, for an answer (also of a Postgres
 * that is frozen and closes nothing), for a lock, and of a transaction that its owner left open.
 */
export function createPool(options: PoolOptions): SqlPool {
  const timeoutMs = Math.min(options.timeoutMs ?? MAX_DATABASE_WAIT_MS, MAX_DATABASE_WAIT_MS);
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.poolSize,
    application_name: options.applicationName,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    // The server gives up first where it can, so that its statement does not run on for nobody.
    statement_timeout: timeoutMs - 100,
    lock_timeout: timeoutMs - 200,
    idle_in_transaction_session_timeout: options.idleInTransactionMs ?? 2 * timeoutMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    Client: ClosingClient,
  });
  // Without a listener a broken idle connection would end the process.
  pool.on('error', (error) => options.onError?.(error));
  return pool;
}
