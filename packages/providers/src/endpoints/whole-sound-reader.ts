import type { UpstreamFailure, Usage } from '@trunkline/contracts';
import { empty, malformed } from '../failure/index.js';
import type { AnswerPiece, AnswerReader } from './types.js';

export type ReadSound =
  | { readonly kind: 'sound'; readonly bytes: Uint8Array; readonly usage: Usage | null }
  | { readonly kind: 'failed'; readonly failure: UpstreamFailure };

/** More than an hour of speech, as text in JSON. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads sound that stands inside a JSON answer: nothing of it is there before all of it is. */
export class WholeSoundReader implements AnswerReader {
  readonly refuses = /html|xml/i;
  failure: UpstreamFailure | null = null;
  usage: Usage | null = null;
  isWhole = false;
  private readonly chunks: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly read: (body: string) => ReadSound) {}

  push(bytes: Buffer): AnswerPiece[] {
    this.bytes += bytes.length;
    if (this.bytes > MAX_BYTES) this.failure ??= malformed('The answer is too large.');
    else this.chunks.push(bytes);
    return [];
  }

  end(): { pieces: AnswerPiece[]; failure: UpstreamFailure | null } {
    if (this.failure) return { pieces: [], failure: this.failure };
    const read = this.read(Buffer.concat(this.chunks).toString('utf8'));
    if (read.kind === 'failed') return { pieces: [], failure: read.failure };
    if (read.bytes.length === 0) return { pieces: [], failure: empty() };
    this.usage = read.usage;
    this.isWhole = true;
    return { pieces: [{ kind: 'bytes', bytes: read.bytes }], failure: null };
  }
}
