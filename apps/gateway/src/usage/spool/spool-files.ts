import {
  closeSync,
  fdatasync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** What a spool needs of a folder. Tests put a disk behind it that fills up. */
export interface SpoolFiles {
  /** Names of segment files, ascending by their first number. */
  segments(): string[];
  read(name: string): Buffer;
  /** Opens for appending at the end, making the file where there is none. */
  open(name: string): number;
  /** Writes some of it, at the end; answers how many bytes. @throws when nothing could be written */
  write(file: number, bytes: Buffer): number;
  truncate(file: number, bytes: number): void;
  /** Puts what was written onto the disk. */
  sync(file: number): Promise<void>;
  close(file: number): void;
  remove(name: string): void;
  /** Replaces a small file as a whole. */
  replace(name: string, bytes: Buffer): void;
}

const SEGMENT = /^\d{16}\.segment$/;

/** Name of the segment whose first record has this number: names sort as numbers do. */
export function segmentName(firstNumber: number): string {
  return `${String(firstNumber).padStart(16, '0')}.segment`;
}

/** First number of a segment. */
export function firstNumberOf(name: string): number {
  return Number.parseInt(name, 10);
}

/** A folder on the local disk (0700). */
export class DiskSpoolFiles implements SpoolFiles {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  segments(): string[] {
    return readdirSync(this.folder)
      .filter((name) => SEGMENT.test(name))
      .toSorted();
  }

  read(name: string): Buffer {
    return readFileSync(join(this.folder, name));
  }

  open(name: string): number {
    return openSync(join(this.folder, name), 'a', 0o600);
  }

  write(file: number, bytes: Buffer): number {
    return writeSync(file, bytes);
  }

  truncate(file: number, bytes: number): void {
    ftruncateSync(file, bytes);
  }

  sync(file: number): Promise<void> {
    return new Promise((resolve, reject) => fdatasync(file, (error) => (error ? reject(error) : resolve())));
  }

  close(file: number): void {
    closeSync(file);
  }

  remove(name: string): void {
    rmSync(join(this.folder, name), { force: true });
  }

  replace(name: string, bytes: Buffer): void {
    const temporary = join(this.folder, `${name}.new`);
    writeFileSync(temporary, bytes, { mode: 0o600 });
    renameSync(temporary, join(this.folder, name));
  }
}
