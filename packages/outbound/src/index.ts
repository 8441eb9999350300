export { AddressGuard, BlockedAddressError } from './address-guard.js';
export { guardedConnector } from './guarded-connector.js';
