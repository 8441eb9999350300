export { resolveProvider } from './resolve-provider.js';
export { addCredentials, sealCredentials } from './seal-credentials.js';
export { requireUsableKeys } from './usable-keys.js';
