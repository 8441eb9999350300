/** What a reader tells about the answers on its connection, in order. */
export interface AnswerEvents {
  /** A part of the body, without the framing of the transfer. */
  body?: (bytes: Buffer) => void;
  /** An answer is whole. `keepAlive` says whether another may follow. */
  end: (status: number, keepAlive: boolean) => void;
}

type State = 'head' | 'length' | 'until_close' | 'chunk_size' | 'chunk_data' | 'trailers';

const HEAD_LIMIT = 64 * 1024;
const NOTHING = Buffer.alloc(0);

/**
 * Reads HTTP/1.1 answers from the bytes of one connection, however they are cut. Small, so that the load generator is
 * never what is measured: it keeps no headers and copies no bodies.
 */
export class AnswerReader {
  private state: State = 'head';
  private pending: Buffer = NOTHING;
  private status = 0;
  private keepAlive = true;
  /** Bytes still to come of the body or the chunk, its line end included. */
  private left = 0;

  constructor(private readonly events: AnswerEvents) {}

  /** @throws Error when the bytes are no HTTP answer */
  push(bytes: Buffer): void {
    let rest = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    this.pending = NOTHING;
    while (rest.length > 0) {
      const next = this.step(rest);
      if (next === undefined) {
        if (rest.length > HEAD_LIMIT) throw new Error('a head or chunk size without end');
        this.pending = rest;
        return;
      }
      rest = next;
    }
  }

  /** The connection was closed: the end of an answer that has no other, else a cut. */
  close(): 'clean' | 'cut' {
    if (this.state === 'until_close') {
      this.finish(false);
      return 'clean';
    }
    return this.state === 'head' && this.pending.length === 0 ? 'clean' : 'cut';
  }

  private step(bytes: Buffer): Buffer | undefined {
    switch (this.state) {
      case 'head':
        return this.readHead(bytes);
      case 'length':
        return this.readLength(bytes);
      case 'until_close':
        this.events.body?.(bytes);
        return NOTHING;
      case 'chunk_size':
        return this.readChunkSize(bytes);
      case 'chunk_data':
        return this.readChunk(bytes);
      case 'trailers':
        return this.readTrailers(bytes);
    }
  }

  private readHead(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    const head = bytes.toString('latin1', 0, end).toLowerCase();
    this.status = Number(head.slice(9, 12));
    if (!head.startsWith('http/1.') || !(this.status >= 100)) throw new Error('not an HTTP answer');
    const rest = bytes.subarray(end + 4);
    if (this.status < 200) return rest;
    this.keepAlive = !head.includes('\r\nconnection: close');
    const length = valueOf(head, '\r\ncontent-length:');
    if (length !== undefined) {
      this.left = Number(length);
      this.state = 'length';
      if (this.left === 0) this.finish(this.keepAlive);
    } else if (valueOf(head, '\r\ntransfer-encoding:') === 'chunked') this.state = 'chunk_size';
    else if (this.status === 204 || this.status === 304) this.finish(this.keepAlive);
    else this.state = 'until_close';
    return rest;
  }

  private readLength(bytes: Buffer): Buffer {
    const part = bytes.subarray(0, this.left);
    this.left -= part.length;
    this.events.body?.(part);
    if (this.left === 0) this.finish(this.keepAlive);
    return bytes.subarray(part.length);
  }

  private readChunkSize(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf('\r\n');
    if (end === -1) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', 0, end), 16);
    if (Number.isNaN(size)) throw new Error('not a chunk size');
    this.left = size + 2;
    this.state = size === 0 ? 'trailers' : 'chunk_data';
    return bytes.subarray(end + 2);
  }

  private readChunk(bytes: Buffer): Buffer {
    const part = bytes.subarray(0, Math.max(0, this.left - 2));
    if (part.length > 0) this.events.body?.(part);
    const used = Math.min(this.left, bytes.length);
    this.left -= used;
    if (this.left === 0) this.state = 'chunk_size';
    return bytes.subarray(used);
  }

  private readTrailers(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf('\r\n');
    if (end === -1) return undefined;
    if (end === 0) this.finish(this.keepAlive);
    return bytes.subarray(end + 2);
  }

  private finish(keepAlive: boolean): void {
    this.state = 'head';
    this.events.end(this.status, keepAlive);
  }
}

function valueOf(head: string, name: string): string | undefined {
  const at = head.indexOf(name);
  if (at === -1) return undefined;
  const from = at + name.length;
  const end = head.indexOf('\r\n', from);
  return head.slice(from, end === -1 ? undefined : end).trim();
}
