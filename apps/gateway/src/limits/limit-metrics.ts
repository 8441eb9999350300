import { Counter, Gauge } from '@trunkline/observability';

/** What an operator watches of admission. */
export const limitMetrics = {
  outages: new Counter({
    name: 'trunkline_wallet_redis_outages_total',
    help: 'Times that Redis was away or slow and calls were admitted on local allowances',
  }),
  allowanceCalls: new Counter({
    name: 'trunkline_allowance_calls_total',
    help: 'Calls admitted on a local allowance',
  }),
  refusals: new Counter({
    name: 'trunkline_admission_refusals_total',
    help: 'Calls that admission refused',
    labelNames: ['reason'],
  }),
  openLeases: new Gauge({ name: 'trunkline_open_leases', help: 'Calls of this process that hold a lease' }),
};
