export { findUnknownModel } from './find-unknown-model.js';
export { ModelsModule } from './models.module.js';
