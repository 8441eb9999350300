export { CallsModule } from './calls.module.js';
export { findByText } from './find-by-text.js';
