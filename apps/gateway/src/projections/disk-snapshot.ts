import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectionRows } from './state.js';

/** A snapshot that was last known to be right longer ago is not served from. */
export const MAX_SNAPSHOT_AGE_MS = 24 * 3_600_000;

interface Header {
  savedAtMs: number;
  revision: string;
}

const HEADER_BYTES = 128;
/** Snapshots that this process has made. */
let made = 0;

/**
 * The projections on the node's disk (0600), so that a gateway starts and serves while Postgres is away. It holds key
 * hashes, and credentials as ciphertext. One file for all processes of the node: a line with time and revision, then
 * the rows as JSON.
 */
export class DiskSnapshot {
  private readonly path: string;
  private readonly temporary: string;

  constructor(stateDir: string, slot: number) {
    this.path = join(stateDir, 'projections.json');
    // Two in one process, as in tests, would write into each other's file.
    this.temporary = `${this.path}.${slot}.${process.pid}.${(made += 1)}`;
  }

  /**
   * Writes a file of its own and renames it, unless a neighbour wrote this revision within the last minute.
   * @returns whether it did. A neighbour that was slower may have put an older one in its place: look again.
   */
  async save(rows: ProjectionRows, nowMs: number): Promise<boolean> {
    if (await this.isSaved(rows, nowMs)) return false;
    const header = JSON.stringify({ savedAtMs: nowMs, revision: rows.revision.toString() });
    const body = JSON.stringify(rows, (_, value: unknown) =>
      typeof value === 'bigint' ? { nanoUsd: value.toString() } : value,
    );
    try {
      await writeFile(this.temporary, `${header.padEnd(HEADER_BYTES - 1)}\n${body}\n`, { mode: 0o600 });
      // Writing takes a while, in which a neighbour may have been ahead of us.
      const isOvertaken = await this.isSaved(rows, nowMs);
      await (isOvertaken ? rm(this.temporary, { force: true }) : rename(this.temporary, this.path));
      return !isOvertaken;
    } catch (error) {
      await rm(this.temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** Null when there is none, it is older than a day, or it cannot be read. */
  async load(nowMs: number): Promise<ProjectionRows | null> {
    const header = await this.readHeader();
    if (!header || nowMs - header.savedAtMs > MAX_SNAPSHOT_AGE_MS) return null;
    try {
      const text = await readFile(this.path, 'utf8');
      return JSON.parse(text.slice(text.indexOf('\n') + 1), reviveBigint) as ProjectionRows;
    } catch {
      return null;
    }
  }

  private async isSaved(rows: ProjectionRows, nowMs: number): Promise<boolean> {
    const saved = await this.readHeader();
    return saved !== null && BigInt(saved.revision) >= rows.revision && nowMs - saved.savedAtMs < 60_000;
  }

  private async readHeader(): Promise<Header | null> {
    try {
      const file = await open(this.path, 'r');
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
        return JSON.parse(buffer.toString('utf8', 0, bytesRead)) as Header;
      } finally {
        await file.close();
      }
    } catch {
      return null;
    }
  }
}

function reviveBigint(_: string, value: unknown): unknown {
  if (
    typeof value === 'object' &&
    value !== null &&
    'nanoUsd' in value &&
    typeof value.nanoUsd === 'string'
  ) {
    return BigInt(value.nanoUsd);
  }
  return value;
}
