export { callQuery } from './api/call-query';
export { callsQuery } from './api/calls-query';
export { RequestLog } from './components/request-log';
export { loadFilters, loadLogParams } from './filters/filters';
