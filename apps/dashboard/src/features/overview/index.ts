export { overviewQuery } from './api/overview-query';
export { usageBreakdownQuery } from './api/usage-breakdown-query';
export { usageSeriesQuery } from './api/usage-series-query';
export { Overview } from './components/overview';
export { loadOverviewParams } from './params';
