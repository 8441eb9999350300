import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** So much of a file stays in memory. */
export const MAX_FILE_BYTES_IN_MEMORY = 1024 * 1024;
const READ_BYTES = 64 * 1024;

/**
 * Bytes of one uploaded file: in memory, and from 1 MiB on in a temporary file whose name is taken away as soon as it is
 * open, so that nothing of it is left however the process ends. It can be read any number of times.
 */
export class StoredFile {
  bytes = 0;
  private chunks: Buffer[] = [];
  private file: FileHandle | null = null;
  private isDiscarded = false;

  get isInMemory(): boolean {
    return this.file === null;
  }

  async append(chunk: Buffer): Promise<void> {
    this.bytes += chunk.length;
    if (!this.file && this.bytes <= MAX_FILE_BYTES_IN_MEMORY) {
      this.chunks.push(chunk);
      return;
    }
    const file = (this.file ??= await openNameless());
    if (this.isDiscarded) return this.discard();
    const waiting = [...this.chunks, chunk];
    this.chunks = [];
    for (const each of waiting) await file.write(each);
  }

  /** The bytes from the beginning, each time anew. */
  async *read(): AsyncGenerator<Buffer> {
    yield* this.chunks;
    for (let at = 0; this.file && at < this.bytes;) {
      const { bytesRead, buffer } = await this.file.read({
        buffer: Buffer.allocUnsafe(READ_BYTES),
        position: at,
      });
      if (bytesRead === 0) throw new Error('an uploaded file ended early');
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  async discard(): Promise<void> {
    this.isDiscarded = true;
    this.chunks = [];
    const { file } = this;
    this.file = null;
    await file?.close();
  }
}

async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `trunkline-upload-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}
