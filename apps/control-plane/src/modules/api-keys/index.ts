export { ApiKeysModule } from './api-keys.module.js';
export { workingKeys } from './key-state.js';
