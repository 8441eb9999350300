import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from '@trunkline/testing';
import { eventually } from './eventually.js';
import { endProcess, PATIENT_REDIS_WAIT_MS, ROOT, type Platform } from './platform.js';

const READY_LIMIT_MS = 60_000;

/** A gateway node beside the platform's own: another folder and node id, the same Postgres and Redis. */
export interface GatewayNode {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/**
 * @param nodeArgs options of Node.js itself
 * @throws with what the node said, when it is not ready within a minute
 */
export async function startGatewayNode(
  platform: Platform,
  nodeArgs: readonly string[] = [],
): Promise<GatewayNode> {
  const stateDir = join(platform.stateDir, 'another-node');
  await mkdir(stateDir, { mode: 0o700 });
  const port = await freePorts(2);
  const adminPort = port + 1;
  const child = spawn(process.execPath, [...nodeArgs, join(ROOT, 'apps/gateway/dist/main.js')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      GATEWAY_PORT: String(port),
      GATEWAY_ADMIN_PORT_BASE: String(adminPort),
      GATEWAY_PROCESSES: '1',
      GATEWAY_REDIS_WAIT_MS: PATIENT_REDIS_WAIT_MS,
      GATEWAY_STATE_DIR: stateDir,
      GATEWAY_DRAIN_SECONDS: '25',
      TRUNKLINE_MASTER_KEY: (await readFile(join(platform.stateDir, 'master.key'), 'utf8')).trim(),
      CONTROL_PLANE_URL: platform.env['CONTROL_PLANE_URL'],
      DATABASE_URL: platform.env['DATABASE_URL'],
      REDIS_URL: platform.env['REDIS_URL'],
    },
  });
  const output = collectOutput(child);
  const ready = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`the node did not start:\n${output()}`);
    const answer = await fetch(`http://127.0.0.1:${adminPort}/readyz`).catch(() => null);
    return answer?.ok ?? false;
  };
  try {
    await eventually(ready, READY_LIMIT_MS);
  } catch (error) {
    await endProcess(child);
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => endProcess(child) };
}

function collectOutput(child: ChildProcess): () => string {
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return () => output;
}
