import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireDiskSpace } from './disk-space.js';
import { freePorts } from './free-ports.js';
import { endLeftoverContainer, endLeftoverRedis } from './leftover-redis.js';
import { requireFreePort } from './ports.js';
import { redisCommand } from './redis-command.js';
import { pingRedis } from './redis-ping.js';
import { findRedis, type RedisProgram } from './redis-program.js';
import type { RunningService } from './running-service.js';
import { explainDiskErrors, ServiceProblem } from './service-problem.js';
import { logTail, spawnService } from './service-process.js';

/** What a Redis is to be like. */
export interface RedisOptions {
  /** Folder that the state belongs to; data go to `<stateDir>/redis`. */
  stateDir: string;
  /** Port on 127.0.0.1; 0 takes a free one. */
  port: number;
  password: string;
  /** Where a fetched Redis is kept; default `<stateDir>/debian`. */
  toolsDir?: string;
  /** How to run it, if the caller has looked before; default what `findRedis` finds. */
  program?: RedisProgram;
  /** Default `<stateDir>/logs/redis.log`. */
  logFile?: string;
  /** Configuration lines beside ours, e.g. `{ appendonly: 'no' }`. */
  settings?: Record<string, string>;
  /** How long loading its data may take; default 2 minutes. */
  startTimeoutMs?: number;
  progress?: (line: string) => void;
}

const newDataMiB = 64;

/**
 * Starts a Redis and resolves when it has loaded its data and answers. Ends what an earlier killed run left on the same data.
 *
 * @throws ServiceProblem with what the reader can do: Redis missing, port taken, disk full
 */
export async function startRedis(options: RedisOptions): Promise<RunningService> {
  const dir = join(options.stateDir, 'redis');
  const logFile = options.logFile ?? join(options.stateDir, 'logs', 'redis.log');
  const program =
    options.program ??
    (await findRedis(options.toolsDir ?? join(options.stateDir, 'debian'), options.progress));
  await endLeftoverRedis(dir);
  const port = options.port === 0 ? await freePorts(1) : options.port;
  if (program.kind === 'docker') await endLeftoverContainer(port);
  await requireFreePort('Redis', port, 'REDIS_PORT');
  const command = await redisCommand({
    dir,
    port,
    program,
    password: options.password,
    logFile,
    settings: options.settings,
  });
  await requireDiskSpace(dir, newDataMiB);
  const server = await spawnService(command);
  try {
    await answers(port, options.password, server.exited, options.startTimeoutMs ?? 120_000);
  } catch (error) {
    await server.stop();
    const tail = logTail(logFile);
    const explained = explainDiskErrors(new Error(tail), dir);
    if (explained instanceof ServiceProblem) throw explained;
    throw new ServiceProblem(`Redis did not start: its log ${logFile} ends with:\n${tail}`, { cause: error });
  }
  return { ...server, url: `redis://:${encodeURIComponent(options.password)}@127.0.0.1:${port}`, port };
}

async function answers(
  port: number,
  password: string,
  exited: Promise<unknown>,
  timeoutMs: number,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let gone = false;
  void exited.then(() => (gone = true));
  for (;;) {
    if (await pingRedis(port, password, 2_000)) return;
    if (gone) throw new Error('the server ended while starting');
    if (performance.now() > deadline) throw new Error(`no answer within ${timeoutMs} ms`);
    await sleep(50);
  }
}
