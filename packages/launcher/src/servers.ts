import { connect } from 'node:net';
import { ServiceProblem, startPostgres, startRedis, type RunningService } from '@trunkline/local-services';
import type { PidFiles } from './pid-files.js';
import type { Screen } from './screen.js';
import type { Secrets } from './secrets.js';
import { statePaths, type Settings } from './settings.js';
import { supervise, type Supervision } from './supervise.js';

/** Postgres and Redis, as far as they are ours. */
export interface Servers {
  databaseUrl: string;
  redisUrl: string;
  supervised: Supervision[];
  /** Names of those that were started here. */
  embedded: string[];
}

/** The addresses of running servers that the environment names; `undefined` for one that is to be started. */
export function externalServers(settings: Settings, devEnv: Readonly<Record<string, string>>) {
  const embedded = (devEnv['TRUNKLINE_EMBEDDED'] ?? '').split(' ');
  // A shell that has read dev.env names our own servers, which need not run now.
  const external = (name: string, server: string) => {
    const url = settings.env[name];
    return !url || (url === devEnv[name] && embedded.includes(server)) ? undefined : url;
  };
  return { databaseUrl: external('DATABASE_URL', 'postgres'), redisUrl: external('REDIS_URL', 'redis') };
}

/**
 * Starts the servers that the environment does not name, and supervises them; of the others it makes sure that someone
 * listens.
 */
export async function startServers(
  settings: Settings,
  secrets: Secrets,
  external: ReturnType<typeof externalServers>,
  files: PidFiles,
  screen: Screen,
): Promise<Servers> {
  const started: Supervision[] = [];
  const own = async (name: string, start: () => Promise<RunningService>): Promise<string> => {
    let url = '';
    const supervision = await supervise({ name, start: async () => keepUrl(await start()) }, files, screen);
    started.push(supervision);
    return url;

    function keepUrl(service: RunningService): RunningService {
      url = service.url;
      return service;
    }
  };
  const { stateDir, ports } = settings;
  const settled = await Promise.allSettled([
    external.databaseUrl === undefined
      ? own('postgres', () =>
          startPostgres({ stateDir, port: ports.postgres, password: secrets.postgresPassword }),
        )
      : reachable('DATABASE_URL', external.databaseUrl, 5432),
    external.redisUrl === undefined
      ? own('redis', () =>
          startRedis({
            stateDir,
            port: ports.redis,
            password: secrets.redisPassword,
            toolsDir: statePaths(stateDir).tools,
            progress: (line) => screen.step(line),
          }),
        )
      : reachable('REDIS_URL', external.redisUrl, 6379),
  ]);
  const [database, redis] = settled;
  if (database.status === 'fulfilled' && redis.status === 'fulfilled') {
    return {
      databaseUrl: database.value,
      redisUrl: redis.value,
      supervised: started,
      embedded: started.map(({ name }) => name),
    };
  }
  await Promise.all(started.map((supervision) => supervision.stop()));
  throw database.status === 'rejected'
    ? database.reason
    : redis.status === 'rejected'
      ? redis.reason
      : undefined;
}

async function reachable(variable: string, text: string, defaultPort: number): Promise<string> {
  if (!URL.canParse(text))
    throw new ServiceProblem(`${variable} is not a URL: correct it, or unset it to have a server started.`);
  const url = new URL(text);
  const port = Number(url.port || defaultPort);
  const answered = await new Promise<boolean>((resolve) => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port, timeout: 5_000 });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('timeout', () => done(false));
    socket.once('error', () => done(false));
  });
  if (answered) return text;
  throw new ServiceProblem(
    `${variable} names ${url.hostname}:${port}, where nobody answers: start that server, or unset ${variable} to have one started here.`,
  );
}
