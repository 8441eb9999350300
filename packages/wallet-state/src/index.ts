export type * from './commands.js';
export {
  backgroundRedisOptions,
  connectWalletRedis,
  REQUEST_WAIT_MS,
  requestRedisOptions,
} from './connection.js';
export { EpochReader } from './epoch.js';
export { sweepLeases } from './sweep-leases.js';
export { LEASE_MS, MAX_LOAD_AGE_MS, WalletState } from './wallet-state.js';
