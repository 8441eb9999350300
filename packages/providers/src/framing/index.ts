export * from './sse-framer.js';
