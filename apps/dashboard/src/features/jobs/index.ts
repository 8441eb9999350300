export { jobsQuery } from './api/jobs';
export { Jobs } from './components/jobs';
