import { EntryOutage } from './entry-outage.js';
import { SlowStarts } from './slow-starts.js';
import { scopesOf, type TargetScopes } from './target-scopes.js';

const MAX_RECORDS = 5_000;
const IDLE_MS = 300_000;

/** What is known of one target besides its breakers. */
export interface TargetRecord {
  readonly scopes: TargetScopes;
  readonly slow: SlowStarts;
  limitsInRow: number;
  usedMs: number;
}

/** Records of the targets in use, and of outages of their entries. */
export class TargetRecords {
  private readonly targets = new Map<string, TargetRecord>();
  private readonly outages = new Map<string, EntryOutage>();

  of(key: string, nowMs: number): TargetRecord {
    const known = this.targets.get(key);
    if (known) {
      known.usedMs = nowMs;
      return known;
    }
    if (this.targets.size >= MAX_RECORDS) this.targets.clear();
    const record = { scopes: scopesOf(key), slow: new SlowStarts(), limitsInRow: 0, usedMs: nowMs };
    this.targets.set(key, record);
    return record;
  }

  outageOf(entry: string): EntryOutage {
    const known = this.outages.get(entry);
    if (known) return known;
    if (this.outages.size >= MAX_RECORDS) this.outages.clear();
    const outage = new EntryOutage();
    this.outages.set(entry, outage);
    return outage;
  }

  entryIsAlive(entry: string): void {
    this.outages.get(entry)?.alive();
  }

  clear(): void {
    this.targets.clear();
    this.outages.clear();
  }

  sweep(nowMs: number): void {
    for (const [key, { usedMs }] of this.targets) if (nowMs - usedMs > IDLE_MS) this.targets.delete(key);
  }
}
