export { type DeclaredCatalog, declaredCatalog } from './declared-catalog.js';
export { priceUnlisted } from './price-unlisted.js';
export { resolveProvider } from './resolve-provider.js';
export { addCredentials, sealCredentials } from './seal-credentials.js';
export { requireUsableKeys } from './usable-keys.js';
