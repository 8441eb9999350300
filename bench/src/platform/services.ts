import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  removePostgresHome,
  type RunningService,
  startPostgres,
  startRedis,
} from '@trunkline/local-services';

/** A Postgres and a Redis of this run alone, and a folder that is gone afterwards. */
export interface BenchServices {
  readonly stateDir: string;
  readonly logDir: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly redisPid: number;
  stop(): Promise<void>;
}

/** @param toolsDir where a Redis that had to be fetched is kept for the next run */
export async function startServices(toolsDir: string): Promise<BenchServices> {
  const stateDir = await mkdtemp(join(tmpdir(), 'trunkline-bench-'));
  const logDir = join(stateDir, 'logs');
  await mkdir(logDir, { recursive: true });
  const password = randomBytes(16).toString('hex');
  const started: RunningService[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((service) => service.stop()));
    await removePostgresHome(stateDir);
    await rm(stateDir, { recursive: true, force: true });
  };
  try {
    // One after the other, so that what has started is known when the next one fails.
    const postgres = await startPostgres({ stateDir, port: 0, password });
    started.push(postgres);
    const redis = await startRedis({ stateDir, port: 0, password, toolsDir });
    started.push(redis);
    return {
      stateDir,
      logDir,
      databaseUrl: postgres.url,
      redisUrl: redis.url,
      redisPid: redis.pid,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
