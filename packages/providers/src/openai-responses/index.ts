export * from './define.js';
export { keptInResponses } from './kept-objects.js';
