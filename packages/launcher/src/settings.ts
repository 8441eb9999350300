import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { ServiceProblem } from '@trunkline/local-services';

/** Every port that a part listens on. */
export interface Ports {
  gateway: number;
  gatewayAdminBase: number;
  controlPlane: number;
  controlPlaneMetrics: number;
  dashboard: number;
  simulator: number;
  worker: number;
  postgres: number;
  redis: number;
}

/** What `npm start` was asked for. */
export interface Settings {
  /** The checkout. */
  root: string;
  /** `.trunkline`, or what `TRUNKLINE_STATE_DIR` says. */
  stateDir: string;
  bind: string;
  ports: Ports;
  gatewayProcesses: number;
  /** The configuration file; undefined when there is none. */
  configFile: string | undefined;
  /** The environment to build the parts' own from. */
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads the environment, and what stands behind the command.
 *
 * @throws ServiceProblem naming the variable or the word that makes no sense
 */
export function readSettings(root: string, env: Settings['env'], words: readonly string[] = []): Settings {
  const port = (name: string, fallback: number) => wholeNumber(env, name, fallback, 1, 65_535);
  const gatewayProcesses = wholeNumber(env, 'GATEWAY_PROCESSES', availableParallelism(), 1, 64);
  return {
    root,
    stateDir: resolve(root, env['TRUNKLINE_STATE_DIR'] || '.trunkline'),
    bind: env['BIND'] || '127.0.0.1',
    ports: {
      gateway: port('GATEWAY_PORT', 8080),
      gatewayAdminBase: port('GATEWAY_ADMIN_PORT_BASE', 8100),
      controlPlane: port('CONTROL_PLANE_PORT', 8081),
      controlPlaneMetrics: port('CONTROL_PLANE_METRICS_PORT', 8083),
      dashboard: port('DASHBOARD_PORT', 3000),
      simulator: port('SIMULATOR_PORT', 8090),
      worker: port('WORKER_PORT', 8082),
      postgres: port('POSTGRES_PORT', 54_320),
      redis: port('REDIS_PORT', 63_790),
    },
    gatewayProcesses,
    configFile: configFile(root, env, words),
    env,
  };
}

/** `--config`, else `TRUNKLINE_CONFIG`, both as seen from where the command was typed; else `trunkline.yaml`, if it is there. */
function configFile(root: string, env: Settings['env'], words: readonly string[]): string | undefined {
  const [word, ...rest] = words;
  const given = word?.startsWith('--config=')
    ? word.slice('--config='.length)
    : word === '--config'
      ? rest.shift()
      : '';
  const unknown = given === '' && word !== undefined ? word : rest[0];
  if (unknown !== undefined)
    throw new ServiceProblem(
      `"${unknown}" means nothing to npm start: it takes --config and the path of a file.`,
    );
  if (given === undefined) throw new ServiceProblem('--config needs the path of a file.');
  const path = given || env['TRUNKLINE_CONFIG'];
  if (path) return resolve(env['INIT_CWD'] || root, path);
  const usual = join(root, 'trunkline.yaml');
  return existsSync(usual) ? usual : undefined;
}

function wholeNumber(
  env: Settings['env'],
  name: string,
  fallback: number,
  least: number,
  most: number,
): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ServiceProblem(
    `${name} is "${text}": set it to a whole number from ${least} to ${most}, or leave it out.`,
  );
}

/** Where things lie in the state folder. */
export function statePaths(stateDir: string) {
  return {
    run: join(stateDir, 'run'),
    logs: join(stateDir, 'logs'),
    devEnv: join(stateDir, 'dev.env'),
    masterKey: join(stateDir, 'master.key'),
    mailbox: join(stateDir, 'mailbox'),
    gateway: join(stateDir, 'gateway'),
    tools: join(stateDir, 'debian'),
  };
}
