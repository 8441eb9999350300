export { CreateKeyDialog } from './components/create-key-dialog';
export { KeyTable } from './components/key-table';
