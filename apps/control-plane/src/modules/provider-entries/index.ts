export { resolveProvider } from './resolve-provider.js';
export { addCredentials, sealCredentials } from './seal-credentials.js';
