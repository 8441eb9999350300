import type { Settings } from './settings.js';

/** Where the parts are reached from this machine. */
export interface Addresses {
  gateway: string;
  controlPlane: string;
  dashboard: string;
  simulator: string;
}

/** A part that listens on every address is reached on loopback. */
export function addressesOf({ bind, ports }: Settings): Addresses {
  const host = ['0.0.0.0', '::', '[::]'].includes(bind)
    ? '127.0.0.1'
    : bind.includes(':')
      ? `[${bind}]`
      : bind;
  return {
    gateway: `http://${host}:${ports.gateway}`,
    controlPlane: `http://${host}:${ports.controlPlane}`,
    dashboard: `http://${host}:${ports.dashboard}`,
    // The simulator has switches and no users: it stays on loopback whatever BIND says.
    simulator: `http://127.0.0.1:${ports.simulator}`,
  };
}
