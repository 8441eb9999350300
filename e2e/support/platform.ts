import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@trunkline/testing';

/** The checkout. */
export const ROOT = join(import.meta.dirname, '..', '..');
const START_LIMIT_MS = 300_000;
/** What had to be fetched, such as Redis: once for the checkout and not for each platform. */
const TOOLS = join(ROOT, '.trunkline', 'debian');
const STOP_LIMIT_MS = 60_000;
/** Where Redis is not to break: a machine that has too much to do is not taken for one without it. */
export const PATIENT_REDIS_WAIT_MS = '2000';
/** One for each part, and the last ones for the two gateway processes. */
const PORTS = 10;

/** What `.trunkline/dev.env` says. */
export type DevEnv = Record<string, string>;

/** A whole platform of its own: started by the launcher as `npm start` does it, on free ports and a state folder. */
export interface Platform {
  env: DevEnv;
  stateDir: string;
  /** Where health and metrics of the parts without a public port answer. */
  ports: { worker: number; controlPlaneMetrics: number; gatewayAdminBase: number };
  /** Process id of a part as its pid file says, such as `gateway-0` or `worker`. */
  pidOf(part: string): Promise<number>;
  parts(): Promise<string[]>;
  /** What the launcher has printed so far. */
  output(): string;
  stop(): Promise<void>;
}

function parseEnvFile(text: string): DevEnv {
  const entries = text
    .split('\n')
    .filter((line) => line.includes('=') && !line.startsWith('#'))
    .map((line): [string, string] => {
      const at = line.indexOf('=');
      const raw = line.slice(at + 1);
      const value = raw.startsWith("'") ? raw.slice(1, -1).replaceAll(`'\\''`, "'") : raw;
      return [line.slice(0, at).replace(/^export /, ''), value];
    });
  return Object.fromEntries(entries);
}

async function pathExists(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

/** @param environment beside ports and state folder, such as `GATEWAY_PROCESSES` */
export async function startPlatform(environment: Record<string, string> = {}): Promise<Platform> {
  const stateDir = await mkdtemp(join(tmpdir(), 'trunkline-e2e-'));
  await mkdir(TOOLS, { recursive: true });
  await symlink(TOOLS, join(stateDir, 'debian'));
  const firstPort = await freePorts(PORTS);
  const [gateway, controlPlane, dashboard, simulator, postgres, redis, worker = 0, metrics = 0, admin = 0] =
    Array.from({ length: PORTS }, (_, index) => firstPort + index);
  const launcher = spawn(process.execPath, [join(ROOT, 'packages/launcher/dist/main.js')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TRUNKLINE_STATE_DIR: stateDir,
      GATEWAY_PORT: String(gateway),
      CONTROL_PLANE_PORT: String(controlPlane),
      DASHBOARD_PORT: String(dashboard),
      SIMULATOR_PORT: String(simulator),
      POSTGRES_PORT: String(postgres),
      REDIS_PORT: String(redis),
      WORKER_PORT: String(worker),
      CONTROL_PLANE_METRICS_PORT: String(metrics),
      GATEWAY_ADMIN_PORT_BASE: String(admin),
      GATEWAY_PROCESSES: '2',
      GATEWAY_REDIS_WAIT_MS: PATIENT_REDIS_WAIT_MS,
      ...environment,
    },
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-200_000);
  };
  launcher.stdout.on('data', collect);
  launcher.stderr.on('data', collect);

  const stop = async (): Promise<void> => {
    await endProcess(launcher);
    await rm(stateDir, { recursive: true, force: true });
  };
  try {
    const env = await waitForEnv(launcher, join(stateDir, 'dev.env'), () => output);
    const runDir = join(stateDir, 'run');
    return {
      env,
      stateDir,
      ports: { worker, controlPlaneMetrics: metrics, gatewayAdminBase: admin },
      pidOf: async (part) => Number.parseInt(await readFile(join(runDir, `${part}.pid`), 'utf8'), 10),
      parts: async () =>
        (await readdir(runDir)).filter((name) => name.endsWith('.pid')).map((name) => name.slice(0, -4)),
      output: () => output,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function waitForEnv(launcher: ChildProcess, path: string, output: () => string): Promise<DevEnv> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    if (launcher.exitCode !== null) throw new Error(`the platform did not start:\n${output()}`);
    const text = await pathExists(path);
    if (text !== null) return parseEnvFile(text);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the platform was not ready after ${START_LIMIT_MS} ms:\n${output()}`);
}

/** Asks a process to end, and after a minute ends it. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(timer);
}
