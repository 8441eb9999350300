import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@trunkline/observability';
import { applyOutbox, type OutboxEffects, type OutboxRow } from './apply-outbox.js';
import type { GatewayDatabase } from './gateway-database.js';
import { loadAll, ProjectionState } from './state.js';

const POLL_MS = 500;
const PAGE_ROWS = 1_000;
/** After so long without a reading, rows of the outbox may have been cleaned away: everything is read anew. */
const RELOAD_AFTER_MS = 600_000;

export interface OutboxFollowerOptions {
  database: GatewayDatabase;
  logger: Logger;
  /** A new state that was read as a whole, in the place of the one before. */
  onState: (state: ProjectionState) => void;
  onEffects: (effects: OutboxEffects) => void;
  /** Something changed, or was confirmed to be unchanged. */
  onRead: (changed: boolean) => void;
}

/** Follows the outbox: every 500 ms, and at once when it is woken by a message. */
export class OutboxFollower {
  private state: ProjectionState | null = null;
  private lastReadMs = 0;
  private failures = 0;
  private stopped = false;
  private wakeUp: (() => void) | null = null;
  private woken = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: OutboxFollowerOptions) {}

  /** Resolves after the first reading, whether it worked or not. */
  async start(): Promise<void> {
    await this.readOnce();
    this.running = this.run();
  }

  /** Revisions up to this one are in the state. */
  wake(revision: bigint): void {
    if (this.state && revision <= this.state.revision) return;
    this.woken = true;
    this.wakeUp?.();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wakeUp?.();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      if (!this.woken) await this.pause();
      this.woken = false;
      if (!this.stopped) await this.readOnce();
    }
  }

  private async pause(): Promise<void> {
    const controller = new AbortController();
    this.wakeUp = () => controller.abort();
    await sleep(POLL_MS, undefined, { signal: controller.signal }).catch(() => undefined);
    this.wakeUp = null;
  }

  private async readOnce(): Promise<void> {
    try {
      const changed = await this.read();
      this.lastReadMs = Date.now();
      if (this.failures > 0) this.options.logger.info('Postgres answers again');
      this.failures = 0;
      this.options.onRead(changed);
    } catch (error) {
      // Once per outage: the poll goes on twice a second.
      if (this.failures++ === 0) this.options.logger.warn('projections cannot be read', { error });
      this.woken = false;
    }
  }

  private async read(): Promise<boolean> {
    const { state } = this;
    if (!state || Date.now() - this.lastReadMs > RELOAD_AFTER_MS) {
      this.state = new ProjectionState(await loadAll(this.options.database));
      this.options.onState(this.state);
      return true;
    }
    let changed = false;
    for (;;) {
      const page = await this.options.database.query<OutboxRow>(
        'SELECT revision, kind, entity_id FROM outbox WHERE revision > $1 ORDER BY revision LIMIT $2',
        [state.revision.toString(), PAGE_ROWS],
      );
      if (page.length === 0) return changed;
      this.options.onEffects(await applyOutbox(state, this.options.database, page));
      changed = true;
      if (page.length < PAGE_ROWS) return changed;
    }
  }
}
