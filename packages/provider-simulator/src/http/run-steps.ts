import type { ServerResponse } from 'node:http';
import type { Step } from './steps.js';

/** What has gone out so far; kept up to date while the steps run. */
export interface Delivery {
  status: number;
  /** Output tokens in the frames or the body handed to the socket. */
  deliveredTokens: number;
}

// What was written just before a reset would otherwise be lost with it.
const BEFORE_BREAK_MS = 10;
// A stream that fell behind (a busy machine, a slow reader) catches up at once by this much and no more.
const MOST_BEHIND_MS = 50;

/** Runs the steps of one answer; ends early when the client goes. Never rejects. */
export async function runSteps(
  steps: Iterable<Step>,
  response: ServerResponse,
  delivery: Delivery,
): Promise<'ended' | 'client_gone'> {
  const client = new Client(response);
  let due = performance.now();
  for (const step of steps) {
    if (client.gone) return 'client_gone';
    switch (step.do) {
      case 'wait':
        due = Math.max(due, performance.now() - MOST_BEHIND_MS) + step.ms;
        await client.pause(due - performance.now());
        break;
      case 'head':
        delivery.status = step.status;
        response.writeHead(step.status, step.headers);
        response.flushHeaders();
        break;
      case 'write':
        if (!response.write(step.data)) await client.drained();
        if (!client.gone) delivery.deliveredTokens += step.tokens;
        break;
      case 'hang':
        await client.left();
        break;
      case 'end':
        return client.finish();
      case 'close':
      case 'reset':
        if (response.headersSent) await client.pause(BEFORE_BREAK_MS);
        if (client.gone) return 'client_gone';
        if (step.do === 'reset') response.socket?.resetAndDestroy();
        else response.socket?.destroy();
        return 'ended';
    }
  }
  return client.gone ? 'client_gone' : 'ended';
}

/** The other side of a response: whether it is still there, and waiting that ends when it goes. */
class Client {
  gone = false;
  #wake: (() => void) | undefined;

  constructor(private readonly response: ServerResponse) {
    this.gone = response.destroyed || response.socket === null;
    response.once('close', () => {
      this.gone = !response.writableFinished;
      this.#wake?.();
    });
    // A write to a socket that has just been closed: `close` follows and says all there is to say.
    response.on('error', () => undefined);
  }

  async pause(ms: number): Promise<void> {
    if (ms <= 0 || this.gone) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.#wake?.(), ms);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }

  async drained(): Promise<void> {
    if (this.gone) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.response.off('drain', wake);
        this.#wake = undefined;
        resolve();
      };
      this.#wake = wake;
      this.response.once('drain', wake);
    });
  }

  async left(): Promise<void> {
    if (this.gone) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Ends the answer; it has ended when its last byte is with the operating system. */
  async finish(): Promise<'ended' | 'client_gone'> {
    if (this.gone) return 'client_gone';
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.response.end(resolve);
    });
    return this.response.writableFinished ? 'ended' : 'client_gone';
  }
}
