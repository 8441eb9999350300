import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/** Writes a file of mode 0600 so that a reader sees the old one or the new one whole, also after a power cut. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const half = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    const file = await open(half, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}
