import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Origin } from './connection-pools.js';
import { contentDecoder, type BodyDecoder } from './content-decoding.js';

export interface ExchangeRequest {
  readonly method: 'POST' | 'GET';
  /** Behind the entry's base URL. */
  readonly path: string;
  readonly headers: Record<string, string>;
  /** A form is opened when it is sent; its length stands in the headers. */
  readonly body: string | (() => Readable) | null;
}

/** Who listens to an exchange. After `ended` or `failed` nothing more comes. */
export interface ExchangeListener {
  /** The request is being written to a connection. */
  connected(): void;
  head(statusCode: number, headers: IncomingHttpHeaders): void;
  data(chunk: Buffer): void;
  ended(): void;
  failed(error: Error): void;
}

/** The caller's own wish to stop; not a failure of the upstream. */
export class ExchangeAborted extends Error {
  override readonly name = 'ExchangeAborted';
}

/** How long a connection may take to end after its answer is known to be whole. */
const RELEASE_MS = 2_000;

/** One request and its answer. Bodies come decompressed, in pieces, and can be held back. */
export class UpstreamExchange implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | null = null;
  private decoder: BodyDecoder | null = null;
  private isOver = false;
  private isPaused = false;
  /** The decoder has more than it can take. */
  private isFull = false;
  private releaseTimer: NodeJS.Timeout | null = null;

  constructor(private readonly listener: ExchangeListener) {}

  /** Sends the request. Whatever goes wrong is told to the listener. */
  start(origin: Origin, request: ExchangeRequest): void {
    try {
      origin.pool.dispatch(
        {
          method: request.method,
          path: origin.pathPrefix + request.path,
          headers: request.headers,
          body: typeof request.body === 'function' ? request.body() : request.body,
        },
        this,
      );
    } catch (error) {
      this.onResponseError(null, error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Closes the connection; the listener hears nothing more. */
  abort(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.decoder?.destroy();
    // Before the request has a connection there is nothing to close: it is refused when it gets one.
    this.controller?.abort(new ExchangeAborted('aborted'));
  }

  /**
   * The answer is whole and nothing more is wanted: the connection is left to end by itself, so that it can be used
   * again, and closed when it does not.
   */
  release(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.releaseTimer = setTimeout(() => this.controller?.abort(new ExchangeAborted('released')), RELEASE_MS);
    this.releaseTimer.unref();
    this.decoder?.destroy();
    if (this.isPaused || this.isFull) this.controller?.resume();
  }

  pause(): void {
    this.isPaused = true;
    this.decoder?.pause();
    this.controller?.pause();
  }

  resume(): void {
    this.isPaused = false;
    this.decoder?.resume();
    if (!this.isFull) this.controller?.resume();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.isOver) controller.abort(new ExchangeAborted('aborted'));
    else this.listener.connected();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (this.isOver || statusCode < 200) return;
    this.decoder = contentDecoder(headers['content-encoding'], {
      data: (chunk) => this.deliver(chunk),
      drained: () => this.drained(),
      end: () => this.finish(),
      fail: (error) => {
        this.fail(error);
        controller.abort(error);
      },
    });
    this.listener.head(statusCode, headers);
    if (!this.isPaused) return;
    this.decoder?.pause();
    controller.pause();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.isOver) return;
    if (!this.decoder) return this.listener.data(chunk);
    if (this.decoder.write(chunk)) return;
    this.isFull = true;
    controller.pause();
  }

  onResponseEnd(): void {
    if (this.releaseTimer) clearTimeout(this.releaseTimer);
    if (this.isOver) return;
    if (this.decoder) this.decoder.end();
    else this.finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.releaseTimer) clearTimeout(this.releaseTimer);
    this.fail(error);
  }

  private drained(): void {
    this.isFull = false;
    if (!this.isPaused) this.controller?.resume();
  }

  private deliver(chunk: Buffer): void {
    if (!this.isOver) this.listener.data(chunk);
  }

  private finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.listener.ended();
  }

  private fail(error: Error): void {
    if (this.isOver) return;
    this.isOver = true;
    this.decoder?.destroy();
    this.listener.failed(error);
  }
}
