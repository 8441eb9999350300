export { ledgerEntriesQuery } from './api/ledger-entries-query';
export { Balance } from './components/balance';
export { LedgerEntries } from './components/ledger-entries';
export { kindsOf, loadWalletParams } from './params';
