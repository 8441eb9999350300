import { readdirSync, readlinkSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { MAX_FILE_BYTES_IN_MEMORY, StoredFile } from './stored-file.js';

async function readAll(file: StoredFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of file.read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What this process has open and stored; the folder itself may hold what others store. */
function namesOfOpenUploads(): string[] {
  const open = readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return [];
    }
  });
  return open.filter((name) => name.includes('trunkline-upload-'));
}

describe('StoredFile', () => {
  it.each([0, 1, MAX_FILE_BYTES_IN_MEMORY, MAX_FILE_BYTES_IN_MEMORY + 1, 3_000_001])(
    'gives %d bytes back, again and again and at the same time',
    async (size) => {
      const bytes = Buffer.from(Uint8Array.from({ length: size }, (_, at) => (at * 7 + (at >> 9)) & 0xff));
      const file = new StoredFile();
      for (let at = 0; at < size; at += 99_991) await file.append(bytes.subarray(at, at + 99_991));
      expect(file.isInMemory).toBe(size <= MAX_FILE_BYTES_IN_MEMORY);
      for (const read of await Promise.all([readAll(file), readAll(file)]))
        expect(read.equals(bytes)).toBe(true);
      expect((await readAll(file)).equals(bytes)).toBe(true);
      await file.discard();
    },
  );

  it('has no name in the file system, even while it is open', async () => {
    const file = new StoredFile();
    await file.append(Buffer.alloc(MAX_FILE_BYTES_IN_MEMORY + 1));
    expect(namesOfOpenUploads()).toEqual([expect.stringMatching(/ \(deleted\)$/)]);
    await file.discard();
    await file.discard();
    expect(await readAll(file)).toEqual(Buffer.alloc(0));
  });
});
