import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from '@trunkline/local-services';
import type { BenchProcess, BenchProcesses } from '../processes/bench-process.js';
import type { Peer } from './bench-peers.js';
import type { PlatformFacts } from './prepare-database.js';

/** Starts the gateway as one process on a core of its own, as it runs in production. */
export async function startGateway(
  root: string,
  processes: BenchProcesses,
  facts: PlatformFacts,
  options: { stateDir: string; core: number | undefined; nodeArgs?: readonly string[] },
): Promise<Peer> {
  const port = await freePorts(1);
  const adminPort = await freePorts(1);
  const stateDir = join(options.stateDir, 'gateway');
  await mkdir(stateDir, { recursive: true });
  const process = await processes.start({
    name: 'gateway',
    args: [...(options.nodeArgs ?? []), join(root, 'apps', 'gateway', 'dist', 'main.js')],
    env: {
      ...facts.env,
      GATEWAY_PORT: String(port),
      GATEWAY_ADMIN_PORT_BASE: String(adminPort),
      GATEWAY_SLOT: '0',
      GATEWAY_PROCESSES: '1',
      GATEWAY_STATE_DIR: stateDir,
      GATEWAY_DRAIN_SECONDS: '2',
    },
    core: options.core,
    readyUrl: `http://127.0.0.1:${adminPort}/readyz`,
  });
  return { process, port };
}

/** Starts the worker, which posts what the gateway shipped. */
export async function startWorker(
  root: string,
  processes: BenchProcesses,
  facts: PlatformFacts,
  core: number | undefined,
): Promise<BenchProcess> {
  const port = await freePorts(1);
  return processes.start({
    name: 'worker',
    args: [join(root, 'apps', 'control-plane', 'dist', 'worker.js')],
    env: { ...facts.env, WORKER_PORT: String(port) },
    core,
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
}
