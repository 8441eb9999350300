import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { LAST_CHUNK, transferChunk } from './transfer-chunk.js';

/** A client that takes nothing of an answer's rest for this long is gone. */
const MAX_STALL_MS = 60_000;

/**
 * The one file that touches the raw reply: answers are written to it directly, with the back-pressure of its socket.
 */
export class StreamReply {
  private readonly raw: ServerResponse;
  /** The body goes out in chunks of HTTP's chunked transfer, which are written here. */
  private isChunked = false;

  constructor(private readonly reply: FastifyReply) {
    this.raw = reply.raw;
  }

  get hasBegun(): boolean {
    return this.raw.headersSent;
  }

  /** Sends status and headers, once. From here errors are frames. */
  begin(statusCode: number, headers: Record<string, string>): void {
    if (this.hasBegun) return;
    this.reply.hijack();
    this.raw.writeHead(statusCode, headers);
    // Node writes each chunk in four pieces, which the system has to gather again, event by event.
    this.isChunked = this.raw.chunkedEncoding;
    this.raw.chunkedEncoding = false;
  }

  /**
   * Sends a whole answer. Directly and in one write, since Fastify's own way through its hooks and header tables costs
   * more than the answer.
   */
  sendWhole(statusCode: number, headers: Record<string, string>, body: string): void {
    this.begin(statusCode, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
    this.end(body);
  }

  /** @returns false when the client reads more slowly than we write: wait for `onDrain` */
  write(bytes: Buffer | string): boolean {
    if (bytes.length === 0) return true;
    return this.raw.write(this.isChunked ? transferChunk(bytes) : bytes);
  }

  end(last?: Buffer | string): void {
    if (!this.isChunked) this.raw.end(last);
    else this.raw.end(last ? Buffer.concat([transferChunk(last), LAST_CHUNK]) : LAST_CHUNK);
    // Most answers are with the system by now. What is not would be held as long as the connection stays open.
    if (this.raw.writableLength > 0) this.raw.setTimeout(MAX_STALL_MS, () => this.raw.destroy());
  }

  /** Closes the connection in the middle of the answer. */
  destroy(): void {
    this.raw.destroy();
  }

  onDrain(listener: () => void): void {
    this.raw.on('drain', listener);
  }
}

/** Calls back once when the connection has no more to do with the answer: it is out whole, or its client is gone. */
export function onReplyClosed(
  reply: FastifyReply,
  listener: (end: { isWhole: boolean; status: number }) => void,
): void {
  const { raw } = reply;
  raw.once('close', () => listener({ isWhole: raw.writableFinished, status: raw.statusCode }));
}

/** Closes the connection of an answer that has begun and cannot be ended well. */
export function breakOff(reply: FastifyReply): void {
  reply.raw.destroy();
}

/** Status or headers are out: no other answer is possible. */
export function hasBegun(reply: FastifyReply): boolean {
  return reply.sent || reply.raw.headersSent;
}

/** Anthropic's name for the request's id: its clients show it with every answer and error. */
export function nameRequest(reply: FastifyReply, requestId: string): void {
  reply.raw.setHeader('request-id', requestId);
}

/** The connection is to be closed behind this answer, whichever way it goes out. */
export function closeAfterwards(reply: FastifyReply): void {
  reply.raw.setHeader('connection', 'close');
}
