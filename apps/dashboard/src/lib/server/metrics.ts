import 'server-only';

import { collectDefaultMetrics, Registry } from 'prom-client';

const shared = globalThis as { trunklineMetrics?: Registry };

/** One registry for the process: bundles of several routes may each load this module. */
export function registry(): Registry {
  if (!shared.trunklineMetrics) {
    shared.trunklineMetrics = new Registry();
    collectDefaultMetrics({ register: shared.trunklineMetrics, prefix: 'trunkline_dashboard_' });
  }
  return shared.trunklineMetrics;
}
