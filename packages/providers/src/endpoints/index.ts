export { endpointFor } from './endpoint-for.js';
export * from './types.js';
export { bytesOfVector, numbersOfVector } from './vectors.js';
