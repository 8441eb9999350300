export { statusQuery } from './api/status-query';
export { StatusBoard } from './components/status-board';
