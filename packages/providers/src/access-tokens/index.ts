export * from './token-answer.js';
export * from './token-grant.js';
