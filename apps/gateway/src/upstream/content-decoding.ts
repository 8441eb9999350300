import { createBrotliDecompress, createGunzip, createInflate, constants, type Zlib } from 'node:zlib';
import type { Transform } from 'node:stream';

export interface BodyDecoder {
  write(chunk: Buffer): void;
  end(): void;
  destroy(): void;
}

export interface BodyDecoderSink {
  data(chunk: Buffer): void;
  end(): void;
  fail(error: Error): void;
}

/** Undoes a response's content encoding piece by piece; null when there is none. Unknown encodings fail. */
export function contentDecoder(encoding: string | undefined, sink: BodyDecoderSink): BodyDecoder | null {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return null;
  const stream = openDecompressor(name);
  if (!stream) {
    queueMicrotask(() =>
      sink.fail(new Error(`unknown content encoding ${JSON.stringify(name.slice(0, 40))}`)),
    );
    return { write: ignore, end: ignore, destroy: ignore };
  }
  stream.on('data', (chunk: Buffer) => sink.data(chunk));
  stream.on('end', () => sink.end());
  stream.on('error', (error) => sink.fail(error));
  return {
    write: (chunk) => void stream.write(chunk),
    end: () => void stream.end(),
    destroy: () => void stream.destroy(),
  };
}

/** Flushes with every piece, so that a compressed stream keeps its pace. */
function openDecompressor(name: string): (Transform & Zlib) | null {
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip({ flush: constants.Z_SYNC_FLUSH });
    case 'deflate':
      return createInflate({ flush: constants.Z_SYNC_FLUSH });
    case 'br':
      return createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH });
    default:
      return null;
  }
}

function ignore(): void {}
