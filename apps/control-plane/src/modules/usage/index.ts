export { ingestUsageBatch, type IngestedBatch } from './ingest-usage-batch.js';
export { keepBody } from './keep-body.js';
export { UsageStore } from './usage-store.js';
