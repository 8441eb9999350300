export { grantCredit } from './grant-credit.js';
export { LedgerAccounts } from './ledger-accounts.js';
export { UnknownWalletError } from './ledger.errors.js';
export { accountsOf, postCharges, type Charge, type PostedCharges } from './post-charges.js';
