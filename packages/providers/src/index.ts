export * from './framing/index.js';
export * from './types.js';
