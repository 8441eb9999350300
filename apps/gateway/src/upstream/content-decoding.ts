import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
  type Zlib,
} from 'node:zlib';
import type { Transform } from 'node:stream';

export interface BodyDecoder {
  /** @returns false when no more should come before the sink hears `drained` */
  write(chunk: Buffer): boolean;
  end(): void;
  /** Nothing more is decompressed until `resume`, but for what is under way. */
  pause(): void;
  resume(): void;
  destroy(): void;
}

export interface BodyDecoderSink {
  data(chunk: Buffer): void;
  drained(): void;
  end(): void;
  fail(error: Error): void;
}

/**
 * Undoes a response's content encoding piece by piece; null when there is none. Unknown encodings fail. A few bytes may
 * be a gigabyte: what goes in is held back while what comes out is not taken.
 */
export function contentDecoder(encoding: string | undefined, sink: BodyDecoderSink): BodyDecoder | null {
  const names = (encoding ?? '').toLowerCase().split(',');
  const applied = names.map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity');
  const [name] = applied;
  if (name === undefined) return null;
  if (applied.length > 1 || !KNOWN.has(name)) {
    const told = JSON.stringify(applied.join(', ').slice(0, 40));
    queueMicrotask(() => sink.fail(new Error(`unknown content encoding ${told}`)));
    return { write: () => true, end: ignore, pause: ignore, resume: ignore, destroy: ignore };
  }
  return new Decompressor(name, sink);
}

/** Opened with the first byte: whether "deflate" has zlib's header or, against the RFC, none is told by that. */
class Decompressor implements BodyDecoder {
  private stream: (Transform & Zlib) | null = null;
  private isPaused = false;

  constructor(
    private readonly name: string,
    private readonly sink: BodyDecoderSink,
  ) {}

  write(chunk: Buffer): boolean {
    if (chunk.length === 0) return true;
    this.stream ??= this.open(chunk);
    return this.stream.write(chunk);
  }

  end(): void {
    if (this.stream) this.stream.end();
    else this.sink.end();
  }

  pause(): void {
    this.isPaused = true;
    this.stream?.pause();
  }

  resume(): void {
    this.isPaused = false;
    this.stream?.resume();
  }

  destroy(): void {
    this.stream?.destroy();
  }

  private open(first: Buffer): Transform & Zlib {
    const stream = openDecompressor(this.name, first);
    stream.on('data', (chunk: Buffer) => this.sink.data(chunk));
    stream.on('drain', () => this.sink.drained());
    stream.on('end', () => this.sink.end());
    stream.on('error', (error) => this.sink.fail(error));
    if (this.isPaused) stream.pause();
    return stream;
  }
}

const KNOWN: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd']);

/** Flushes with every piece, so that a compressed stream keeps its pace. */
function openDecompressor(name: string, first: Buffer): Transform & Zlib {
  const flushed = { flush: constants.Z_SYNC_FLUSH };
  switch (name) {
    case 'br':
      return createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH });
    case 'zstd':
      return createZstdDecompress({ flush: constants.ZSTD_e_flush });
    case 'deflate':
      // https://www.rfc-editor.org/rfc/rfc1950#section-2.2: the low half of the first byte names the method, 8.
      return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate(flushed) : createInflateRaw(flushed);
    default:
      return createGunzip(flushed);
  }
}

function ignore(): void {}
