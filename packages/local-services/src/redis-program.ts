import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unpackDebianPackage } from './debian-package.js';
import { ServiceProblem } from './service-problem.js';

const run = promisify(execFile);

/** A way to run Redis. `docker` has its files and port mapped by who starts it. */
export type RedisProgram =
  | { kind: 'program'; command: string; libraryPath?: string }
  | { kind: 'docker'; image: string };

// Lua with `redis.setresp`, `GETDEL` and the queue library's own scripts; what the tests run on.
const oldestMajor = 7;
const image = 'redis:7-bookworm';

/**
 * Finds a Redis: `redis-server` on the PATH, else Docker if an engine answers, else Debian's package, unpacked below
 * `toolsDir` and not installed. `progress` is told what takes time.
 *
 * @throws ServiceProblem that names the command to install one
 */
export async function findRedis(
  toolsDir: string,
  progress: (line: string) => void = () => undefined,
): Promise<RedisProgram> {
  if (await runs('redis-server')) return { kind: 'program', command: 'redis-server' };
  if (await dockerHasImage(progress)) return { kind: 'docker', image };
  try {
    if (!existsSync(join(toolsDir, 'redis-server')))
      progress('Redis is not installed: fetching Debian’s package');
    // The server itself is in the tools' package; the other holds a link to it.
    const unpacked = await unpackDebianPackage(['redis-server', 'redis-tools'], toolsDir);
    const command = join(unpacked.root, 'usr', 'bin', 'redis-server');
    if (await runs(command, unpacked.libraryPath))
      return { kind: 'program', command, libraryPath: unpacked.libraryPath };
  } catch (cause) {
    throw missing(cause);
  }
  throw missing();
}

function missing(cause?: unknown): ServiceProblem {
  const how =
    process.platform === 'darwin'
      ? '"brew install redis"'
      : '"sudo apt-get install redis-server" (or your system’s package)';
  return new ServiceProblem(
    `Redis ${oldestMajor} or later is missing, no Docker engine answers, and Debian’s package could not be fetched: install it with ${how}, or set REDIS_URL to a running one.`,
    { cause },
  );
}

async function runs(command: string, libraryPath?: string): Promise<boolean> {
  try {
    const env = libraryPath === undefined ? process.env : { ...process.env, LD_LIBRARY_PATH: libraryPath };
    const { stdout } = await run(command, ['--version'], { timeout: 30_000, env });
    return Number(/v=(\d+)\./.exec(stdout)?.[1] ?? 0) >= oldestMajor;
  } catch {
    return false;
  }
}

async function dockerHasImage(progress: (line: string) => void): Promise<boolean> {
  const docker = (args: string[], timeout: number) =>
    run('docker', args, { timeout }).then(
      () => true,
      () => false,
    );
  if (!(await docker(['version', '--format', '{{.Server.Version}}'], 5_000))) return false;
  if (await docker(['image', 'inspect', image], 10_000)) return true;
  progress(`Redis is not installed: pulling ${image} with Docker`);
  return docker(['pull', '--quiet', image], 180_000);
}
