/** Why a call is ended: nobody waits for its answer, or the process that runs it has to stop. */
export type CancelReason = 'client_left' | 'gateway_lost';

/** Says once that nobody waits for an answer any more. Lighter than an AbortController, of which each call needs one. */
export class Cancellation {
  private listeners: Set<() => void> | null = null;
  /** Null as long as it is not cancelled. */
  reason: CancelReason | null = null;

  get isCancelled(): boolean {
    return this.reason !== null;
  }

  cancel(reason: CancelReason = 'client_left'): void {
    if (this.isCancelled) return;
    this.reason = reason;
    const listeners = this.listeners;
    this.listeners = null;
    if (listeners) for (const listener of listeners) listener();
  }

  /** Calls back when it is cancelled, at once when it already is; the answer takes the listener away. */
  onCancel(listener: () => void): () => void {
    if (this.isCancelled) {
      listener();
      return () => {};
    }
    this.listeners ??= new Set();
    this.listeners.add(listener);
    return () => this.listeners?.delete(listener);
  }
}
