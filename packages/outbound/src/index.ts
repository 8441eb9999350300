export { AddressGuard, BlockedAddressError } from './address-guard.js';
export { guardedConnector } from './guarded-connector.js';
export { guardedRequest, type GuardedAnswer } from './guarded-request.js';
