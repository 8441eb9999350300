import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { freePorts } from '@trunkline/local-services';
import type { BenchProcess, BenchProcesses } from '../processes/bench-process.js';

/** The simulator as a process, and its control. */
export interface Simulator {
  readonly process: BenchProcess;
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Calls its control API; see docs/simulator.md. */
  control(method: 'PUT' | 'DELETE' | 'POST', route: string, body?: unknown): Promise<void>;
  /** The calls that began after the one of this number. */
  callsSince(sequence: number): Promise<SimulatedCall[]>;
}

/** An entry of its call log; times are ISO 8601. */
export interface SimulatedCall {
  readonly sequence: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly status: number | null;
}

/** Starts it in canned mode: answers of 600 bytes, made beforehand. */
export async function startSimulator(processes: BenchProcesses, root: string): Promise<Simulator> {
  const port = await freePorts(1);
  const token = randomBytes(16).toString('hex');
  const url = `http://127.0.0.1:${port}`;
  const process = await processes.start({
    name: 'simulator',
    args: [join(root, 'packages', 'provider-simulator', 'dist', 'main.js')],
    env: {
      SIMULATOR_PORT: String(port),
      SIMULATOR_TOKEN: token,
      SIMULATOR_OFFERS_FILE: join(root, 'packages', 'catalog', 'data', 'simulator-offers.json'),
    },
    readyUrl: `${url}/readyz`,
  });
  const ask = async (method: string, route: string, body?: unknown): Promise<Response> => {
    const answer = await fetch(`${url}/__simulator/${route}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`the simulator refused ${method} ${route}: ${await answer.text()}`);
    return answer;
  };
  const control = async (method: string, route: string, body?: unknown): Promise<void> => {
    await (await ask(method, route, body)).arrayBuffer();
  };
  const callsSince = async (sequence: number): Promise<SimulatedCall[]> => {
    const answer = await ask('GET', `calls?since=${sequence}`);
    return ((await answer.json()) as { calls: SimulatedCall[] }).calls;
  };
  await control('PUT', 'mode', { canned: true, bytes: 600, pace: { firstTokenMs: 0, gapMs: 0, plainMs: 0 } });
  return { process, url, port, token, control, callsSince };
}
