export { platformLedgerQuery } from './api/platform-ledger-query';
export { PlatformLedger } from './components/platform-ledger';
