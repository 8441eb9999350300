import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { platformEnv } from './environment.js';

/** Who looks: the demo organization full of data, a new one without any, and an operator. */
export type Viewer = 'demo' | 'fresh' | 'operator';

export interface PreparedLooks {
  sessions: Partial<Record<Viewer, Awaited<ReturnType<BrowserContext['storageState']>>>>;
  /** Paths of the two organizations, and ids of a call that was saved by failover and of a policy. */
  places: { demo: string; fresh: string; failedFirst: string; policy: string };
}

export function nothingPrepared(): PreparedLooks {
  return { sessions: {}, places: { demo: '', fresh: '', failedFirst: '', policy: '' } };
}

const file = (): string => join(platformEnv('TRUNKLINE_STATE_DIR'), 'looks.json');

export function keepPrepared(looks: PreparedLooks): void {
  writeFileSync(file(), JSON.stringify(looks), { mode: 0o600 });
}

/** What `looks.prepare.ts` has made; nothing before it has run, when tests are listed. */
export function prepared(): PreparedLooks {
  if (!process.env['TRUNKLINE_STATE_DIR'] || !existsSync(file())) return nothingPrepared();
  return JSON.parse(readFileSync(file(), 'utf8')) as PreparedLooks;
}
