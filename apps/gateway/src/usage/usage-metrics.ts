import { Counter, Gauge } from '@trunkline/observability';

/** What an operator watches of usage on its way from a gateway to the ledger. */
export const usageMetrics = {
  unconfirmedRecords: new Gauge({
    name: 'trunkline_spool_unconfirmed_records',
    help: 'Records in the spool that Postgres has not confirmed',
  }),
  unappliedRecords: new Gauge({
    name: 'trunkline_wallet_unapplied_records',
    help: 'Records that were not applied to their wallet in Redis yet',
  }),
  lostCalls: new Counter({
    name: 'trunkline_lost_calls_total',
    help: 'Calls of a gateway that was lost, closed by who took its spool over',
  }),
  walletLoads: new Counter({
    name: 'trunkline_wallet_loads_total',
    help: 'Wallets put into Redis from Postgres',
  }),
  droppedBodies: new Counter({
    name: 'trunkline_dropped_bodies_total',
    help: 'Kept bodies that were dropped under pressure',
  }),
};
