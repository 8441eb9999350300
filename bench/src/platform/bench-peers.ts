import { fileURLToPath } from 'node:url';
import { freePorts } from '@trunkline/local-services';
import type { BenchProcess, BenchProcesses } from '../processes/bench-process.js';

/** A process of ours that listens. */
export interface Peer {
  readonly process: BenchProcess;
  readonly port: number;
}

export async function startGenerator(processes: BenchProcesses): Promise<BenchProcess> {
  return processes.start({ name: 'load-generator', args: [script('load-generator')] });
}

export async function startBareProxy(
  processes: BenchProcesses,
  upstreamPort: number,
  core: number | undefined,
): Promise<Peer> {
  const port = await freePorts(1);
  const process = await processes.start({
    name: 'bare-proxy',
    args: [script('bare-proxy')],
    env: {
      BARE_PROXY_PORT: String(port),
      BARE_PROXY_UPSTREAM: `http://127.0.0.1:${upstreamPort}`,
    },
    core,
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  return { process, port };
}

export async function startStampedSource(processes: BenchProcesses): Promise<Peer> {
  const port = await freePorts(1);
  const process = await processes.start({
    name: 'stamped-source',
    args: [script('stamped-source')],
    env: { STAMPED_SOURCE_PORT: String(port) },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  return { process, port };
}

function script(name: string): string {
  return fileURLToPath(new URL(`../${name}.js`, import.meta.url));
}
