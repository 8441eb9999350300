import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/**
 * Owns a spool's folder until it is released or the process ends, however it ends. Node has no file locks; SQLite's
 * lock on an empty file is one that the kernel takes back by itself.
 */
export class SpoolLock {
  private constructor(private readonly file: DatabaseSync) {}

  /** Null while another process owns the folder. */
  static take(folder: string): SpoolLock | null {
    const file = new DatabaseSync(join(folder, 'lock'));
    try {
      file.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
      return new SpoolLock(file);
    } catch (error) {
      file.close();
      if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
      throw error;
    }
  }

  release(): void {
    this.file.close();
  }
}
