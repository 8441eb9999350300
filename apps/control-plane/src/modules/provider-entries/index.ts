export { resolveProvider, type ProviderWish } from './resolve-provider.js';
export { addCredentials } from './seal-credentials.js';
