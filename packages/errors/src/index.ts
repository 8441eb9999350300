export * from './app-error.js';
export * from './envelopes.js';
export * from './error-codes.js';
export * from './outcome-codes.js';
