import { Injectable } from '@nestjs/common';
import type { PlatformStatus } from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { platformStatus } from './platform-status.js';

/** Anybody may ask, so it is read once in this time, however many ask. */
export const STATUS_KEPT_MS = 10_000;

/** The public status, read at most once in ten seconds; while it cannot be read, those who ask are told so. */
@Injectable()
export class StatusReader {
  private kept: { atMs: number; status: Promise<PlatformStatus> } | null = null;

  constructor(private readonly database: Database) {}

  read(): Promise<PlatformStatus> {
    const nowMs = Date.now();
    if (this.kept && nowMs - this.kept.atMs < STATUS_KEPT_MS) return this.kept.status;
    const kept = { atMs: nowMs, status: platformStatus(this.database.client, new Date(nowMs)) };
    this.kept = kept;
    kept.status.catch(() => {
      if (this.kept === kept) this.kept = null;
    });
    return kept.status;
  }
}
