import { join } from 'node:path';
import type { StopStep } from '@trunkline/local-services';
import { addressesOf } from './addresses.js';
import { commonEnvironment, type PlatformFacts } from './part-environment.js';

/** A process of the platform. */
export interface PartCommand {
  /** Its name on the screen and of its pid file; of several equal ones `<part>-<slot>`. */
  name: string;
  args: readonly string[];
  cwd: string;
  env: Record<string, string>;
  /** Addresses that answer 2xx when it may get traffic. */
  readyUrls: readonly string[];
}

// Who waits for Ctrl-C does not wait for ten minutes, as a rolling update would.
const gatewayDrainSeconds = 25;

/** The processes that `npm start` keeps alive, in the order in which they are started. */
export function partCommands(facts: PlatformFacts): PartCommand[] {
  const { settings } = facts;
  const { ports } = settings;
  const address = addressesOf(settings);
  const env = commonEnvironment(facts);
  const inRoot = (name: string, script: string, readyUrls: string[]): PartCommand => ({
    name,
    args: ['--enable-source-maps', join(settings.root, script)],
    cwd: settings.root,
    env,
    readyUrls,
  });
  const gateway = (slot: number): PartCommand => ({
    ...inRoot(`gateway-${slot}`, 'apps/gateway/dist/main.js', [
      `http://127.0.0.1:${ports.gatewayAdminBase + slot}/readyz`,
      `${address.gateway}/readyz`,
    ]),
    env: { ...env, GATEWAY_SLOT: String(slot), GATEWAY_DRAIN_SECONDS: String(gatewayDrainSeconds) },
  });
  const simulator = inRoot('simulator', 'packages/provider-simulator/dist/main.js', [
    `${address.simulator}/readyz`,
  ]);
  const next = join(settings.root, 'apps', 'dashboard', 'node_modules', 'next', 'dist', 'bin', 'next');
  return [
    ...(facts.simulated ? [{ ...simulator, env: { ...env, BIND: '127.0.0.1' } }] : []),
    inRoot('control-plane', 'apps/control-plane/dist/main.js', [`${address.controlPlane}/readyz`]),
    inRoot('worker', 'apps/control-plane/dist/worker.js', [`http://127.0.0.1:${ports.worker}/readyz`]),
    ...Array.from({ length: settings.gatewayProcesses }, (_, slot) => gateway(slot)),
    {
      name: 'dashboard',
      args: [next, 'start', '-p', String(ports.dashboard), '-H', settings.bind],
      cwd: join(settings.root, 'apps', 'dashboard'),
      env,
      readyUrls: [`${address.dashboard}/readyz`],
    },
  ];
}

/**
 * When a part ends, 0 first: gateways finish their streams while all that they need is there; the worker takes what
 * they shipped; then whom nobody asks any more, and the servers last.
 */
export function stopStage(name: string): number {
  if (name.startsWith('gateway-')) return 0;
  if (name === 'worker') return 1;
  if (name === 'postgres' || name === 'redis') return 3;
  return 2;
}

/** A gateway may finish its streams; others need seconds. */
export function stopSteps(name: string): readonly StopStep[] {
  if (name === 'postgres')
    return [
      { signal: 'SIGINT', waitMs: 15_000 },
      { signal: 'SIGQUIT', waitMs: 5_000 },
      { signal: 'SIGKILL', waitMs: 5_000 },
    ];
  const politeMs = name.startsWith('gateway-') ? (gatewayDrainSeconds + 5) * 1_000 : 10_000;
  return [
    { signal: 'SIGTERM', waitMs: politeMs },
    { signal: 'SIGKILL', waitMs: 5_000 },
  ];
}
