export * from './chat/index.js';
export * from './ids.js';
export * from './money.js';
export * from './outcomes.js';
export * from './price-version.js';
export * from './projections.js';
export * from './records.js';
export * from './usage-buckets.js';
