export { ModelDetail } from './components/model-detail';
export { ModelTable } from './components/model-table';
