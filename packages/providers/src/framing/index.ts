export * from './sse-framer.js';
export * from './framer.js';
