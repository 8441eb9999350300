import type { CallId } from '@trunkline/contracts';
import type { ErrorDialect } from '@trunkline/errors';
import { Cancellation } from '../failover/cancellation.js';
import type { Timeouts } from '../failover/clocks.js';
import type { Principal } from './ports.js';

/** What the headers of a request say about how to handle it; the body's `trunkline` object wins over it. */
export interface HeaderWishes {
  readonly timeouts: Partial<Timeouts>;
  /** Null where no header says. */
  readonly rescue: boolean | null;
  readonly hedge: boolean | null;
  readonly keepAliveEarly: boolean | null;
}

/** A request from its first hook to its last byte. Passed as an argument, never looked up. */
export class RequestContext {
  /** Who calls; set by *authenticate*. */
  principal: Principal | null = null;
  /** Cancelled when the client goes away. */
  readonly cancellation = new Cancellation();
  /** Bytes of the body that this process holds for it. */
  heldBodyBytes = 0;
  /** `anthropic-beta`, which the door of Messages reads. */
  betas: string | null = null;

  hasEnded = false;
  private readonly endListeners: (() => unknown)[] = [];

  constructor(
    readonly id: CallId,
    /** Unix milliseconds; the time inside the id. */
    readonly beganMs: number,
    /** The same moment on the engine's clock. */
    readonly startedMs: number,
    readonly dialect: ErrorDialect,
    readonly clientRequestId: string | null,
    readonly userAgent: string | null,
    /** What OpenRouter's clients say of their application. */
    readonly app: { readonly referer: string | null; readonly title: string | null },
    readonly wishes: HeaderWishes,
  ) {}

  /**
   * The same call without its connection, so that it outlives its client. The bytes of its body are counted for it from
   * here on.
   */
  detached(): RequestContext {
    const { clientRequestId, userAgent, app, wishes } = this;
    const own = new RequestContext(
      this.id,
      this.beganMs,
      this.startedMs,
      this.dialect,
      clientRequestId,
      userAgent,
      app,
      wishes,
    );
    own.principal = this.principal;
    own.betas = this.betas;
    own.heldBodyBytes = this.heldBodyBytes;
    this.heldBodyBytes = 0;
    return own;
  }

  /** Calls back when the answer is out or its client is gone; at once when it is so already. */
  onEnd(listener: () => unknown): void {
    if (this.hasEnded) void listener();
    else this.endListeners.push(listener);
  }

  ended(): void {
    this.hasEnded = true;
    for (const listener of this.endListeners.splice(0)) void listener();
  }
}
