import type { DevEnv } from './platform.js';

/** One entry of the simulator's call log. */
export interface SimulatorCall {
  sequence: number;
  provider: string;
  model: string | null;
  /** The attempt's id, as the gateway sent it upstream. */
  clientRequestId: string | null;
  status: number | null;
  fault: string | null;
  outcome: string;
  usage: { promptTokens: number; completionTokens: number } | null;
}

async function control(env: DevEnv, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${env['SIMULATOR_URL']}/__sim${path}`, {
    method,
    headers: {
      authorization: `Bearer ${env['SIMULATOR_TOKEN']}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok)
    throw new Error(`simulator: ${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.status === 204 ? null : answer.json();
}

export async function setFault(
  env: DevEnv,
  provider: string,
  fault: string,
  options: object = {},
): Promise<void> {
  await control(env, 'PUT', `/faults/${provider}`, { fault, options });
}

/** Puts a list in the place of all faults. */
export async function setFaults(
  env: DevEnv,
  faults: readonly { provider: string; fault: string; options?: object }[],
): Promise<void> {
  await control(env, 'PUT', '/faults', faults);
}

export async function clearFaults(env: DevEnv): Promise<void> {
  await control(env, 'DELETE', '/faults');
}

/** How long all providers take for their answers. */
export async function setPace(
  env: DevEnv,
  pace: { firstTokenMs: number; gapMs: number; plainMs: number },
): Promise<void> {
  await control(env, 'PUT', '/mode', { pace });
}

export async function clearCalls(env: DevEnv): Promise<void> {
  await control(env, 'DELETE', '/calls');
}

const PAGE = 5_000;

/** Every call that the simulator got since its log was cleared. */
export async function simulatorCalls(env: DevEnv): Promise<SimulatorCall[]> {
  const all: SimulatorCall[] = [];
  let since = 0;
  for (;;) {
    const page = (await control(env, 'GET', `/calls?since=${since}&limit=${PAGE}`)) as {
      calls: SimulatorCall[];
    };
    all.push(...page.calls);
    const last = page.calls.at(-1);
    if (!last || page.calls.length < PAGE) return all;
    since = last.sequence;
  }
}
