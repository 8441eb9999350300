export { OwnProvidersModule } from './own-providers.module.js';
