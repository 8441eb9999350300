export { ingestUsageBatch, type IngestedBatch, type UsageStore } from './ingest-usage-batch.js';
export { MonthPartitions } from './month-partitions.js';
