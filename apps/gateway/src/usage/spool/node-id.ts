import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The node's own name, made on its first start and kept for ever: spools are named after it. All processes of a node
 * read the same one, whoever of them came first.
 */
export function readNodeId(stateDir: string): string {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const path = join(stateDir, 'node-id');
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, `${randomBytes(8).toString('hex')}\n`, { mode: 0o600 });
  try {
    // Fails when there is one, so that it never replaces it, and never shows half of one.
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  return readFileSync(path, 'utf8').trim();
}
