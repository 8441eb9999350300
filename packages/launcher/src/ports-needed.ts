import { requireFreePort } from '@trunkline/local-services';
import type { Settings } from './settings.js';

/**
 * Makes sure, before anything is started, that every part will get its port. Postgres and Redis look for themselves.
 *
 * @throws ServiceProblem for the first that is taken
 */
export async function requirePartPorts(
  { bind, ports, gatewayProcesses }: Settings,
  simulated: boolean,
): Promise<void> {
  await requireFreePort('gateway', ports.gateway, 'GATEWAY_PORT', bind);
  await requireFreePort('control plane', ports.controlPlane, 'CONTROL_PLANE_PORT', bind);
  await requireFreePort('dashboard', ports.dashboard, 'DASHBOARD_PORT', bind);
  await requireFreePort('worker', ports.worker, 'WORKER_PORT');
  await requireFreePort('control plane’s metrics', ports.controlPlaneMetrics, 'CONTROL_PLANE_METRICS_PORT');
  if (simulated) await requireFreePort('simulator', ports.simulator, 'SIMULATOR_PORT');
  for (let slot = 0; slot < gatewayProcesses; slot += 1) {
    await requireFreePort(`gateway’s slot ${slot}`, ports.gatewayAdminBase + slot, 'GATEWAY_ADMIN_PORT_BASE');
  }
}
