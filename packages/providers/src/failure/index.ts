export * from './classify.js';
export * from './failures.js';
export * from './read-error.js';
export { scrubMessage } from './scrub-message.js';
