import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RedisProgram } from './redis-program.js';
import type { ServiceCommand } from './service-process.js';

/** What the command is made from. */
export interface RedisCommandOptions {
  dir: string;
  port: number;
  password: string;
  program: RedisProgram;
  logFile: string;
  settings?: Record<string, string> | undefined;
}

/** The file whose path in a process's title tells that it is ours. */
export const redisConfigFile = (dir: string) => join(dir, 'redis.conf');

/**
 * Writes the configuration (0600: it holds the password, which a command line would show to everyone) and answers
 * the command. Queues and leases need `noeviction`; the append-only file loses one second at most.
 */
export async function redisCommand(options: RedisCommandOptions): Promise<ServiceCommand> {
  const { dir, port, program } = options;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const inDocker = program.kind === 'docker';
  const settings: Record<string, string> = {
    bind: inDocker ? '0.0.0.0' : '127.0.0.1',
    port: String(inDocker ? 6379 : port),
    dir: quoted(inDocker ? '/data' : dir),
    requirepass: options.password,
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
    save: '""',
    daemonize: 'no',
    logfile: '""',
    'proc-title-template': '"{title} {listen-addr} {config-file}"',
    pidfile: quoted(inDocker ? '/data/redis.pid' : join(dir, 'redis.pid')),
    ...options.settings,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  await writeFile(redisConfigFile(dir), lines.join(''), { mode: 0o600 });
  return {
    ...(inDocker
      ? dockerArgs(dir, port, program.image)
      : { command: program.command, args: [redisConfigFile(dir)] }),
    cwd: dir,
    env: {
      ...process.env,
      LC_ALL: 'C',
      ...(program.kind === 'program' &&
        program.libraryPath !== undefined && { LD_LIBRARY_PATH: program.libraryPath }),
    },
    logFile: options.logFile,
  };
}

/** A container of this name outlives its `docker run`, if that is killed. */
export const containerName = (port: number) => `trunkline-redis-${port}`;

function dockerArgs(dir: string, port: number, image: string): { command: string; args: string[] } {
  const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  const args = [
    'run',
    '--rm',
    '--name',
    containerName(port),
    '--user',
    user,
    '-p',
    `127.0.0.1:${port}:6379`,
    '-v',
    `${dir}:/data`,
  ];
  return { command: 'docker', args: [...args, image, 'redis-server', '/data/redis.conf'] };
}

const quoted = (path: string) => `"${path.replaceAll(/(["\\])/g, '\\$1')}"`;
